"""A stretch that answers -> the whole thought: what it leans on before it, and what it opens.

What begins with "They" or "Since then" takes the sentence before it; what ends with a colon takes
what follows; a list that is asked for is quoted whole, with what introduces it, and a statement
with the sentence that says who speaks. All by offsets in the document's text, and never from a
number or a bullet on. What a question asks for by its heading alone ("Service charge") is quoted
with that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from qa_service.answering.evidence.candidates import holds_most
from qa_service.indexing.passages.sentences import sentence_spans
from qa_service.nouns.documents import Block, Span
from qa_service.stems import terms

LONGEST = 2_400
"""Characters of a thought; a list that would be longer is quoted as far as that."""
SHORT_LIST = 350
"""Characters: a list so short is quoted whole whatever item answers."""
MOST_ANTECEDENTS = 2
"""Sentences taken one before the other, where each leans on the next above."""
_ASKING = frozenset(terms("mean meaning define defined definition"))
"""Stems that ask for what a word means, and are no part of the word."""
_LEANING_WORDS = "they this these those it he she such his her its their"
_LEANING = frozenset(_LEANING_WORDS.split())
_LEANING_PHRASES = (
    *("since then", "as a result", "however", "instead", "therefore", "for this", "otherwise"),
    *("in addition", "for example", "thus", "both of", "the former", "the latter"),
)
_CLOSE_NUMBER = re.compile(r"\d{1,3}\.(?=[“‘]?[A-Z])")
"""Takes the "25." of "25.Children are safe."; not "2.5 miles"."""
_QUOTATION = re.compile(r"“[^”]*”|(?<!\w)‘(?:[^’]|’(?=\w))*’|\"[^\"\n]*\"")
"""Takes “We were told. They came.”; not the apostrophes of “the children’s plans”."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A document's text and its blocks, in order."""

    text: str
    blocks: Sequence[Block]

    def place(self, offset: int) -> int:
        """The number of the block that holds an offset, or ends last before it; -1 before all."""
        return bisect_right(self.blocks, offset, key=lambda block: block.start) - 1

    def said(self, block: Block) -> Span:
        """A block without its marker."""
        start = block.marker[1] if block.marker else block.start
        while start < block.end and self.text[start].isspace():
            start += 1
        return start, block.end

    def sentences(self, block: Block) -> list[Span]:
        """The sentences of a block, its marker left out."""
        return sentence_spans(self.text, *self.said(block))


def whole_thought(laid: Laid, span: Span, question: str) -> Span:
    """The stretch with what it needs; itself where the document's blocks are not known."""
    at = laid.place(span[0])
    if at < 0:
        return span
    block = laid.blocks[at]
    if block.kind == "heading":
        return _with_what_stands_below(laid, at, span, question)
    if block.kind == "list_item" and block.group is not None:
        return _in_list(laid, at, span, question)
    start, end = _with_speaker(laid, at, (_past_number(laid, block, span[0]), span[1]))
    start = _with_antecedent(laid, at, start)
    return _with_heading(laid, at, _with_what_follows(laid, start, end), question)


def _with_heading(laid: Laid, at: int, span: Span, question: str) -> Span:
    """A short stretch with the heading right above that says all of what is asked, most of it
    where the stretch says nothing of it, or a number asked for: a meaning with its term, "Hours
    of opening" with "From nine to five.", "Visits in 2022" with how many they were."""
    above = laid.blocks[at - 1] if at else None
    asked = set(terms(question)) - _ASKING
    if above is None or above.kind != "heading" or not asked:
        return span
    heading, said = laid.text[above.start : above.end], laid.text[slice(*span)]
    whole = above.start, span[1]
    held, told = set(terms(heading)), set(terms(said))
    lacks = (asked <= held and not asked <= told) or (
        2 * len(asked & held) > len(asked) and not asked & told
    )
    numbers = {stem for stem in asked if stem.isdigit()} & (held - told)
    return whole if (lacks or numbers) and _is_short(whole) else span


def _with_what_stands_below(laid: Laid, at: int, span: Span, question: str) -> Span:
    """A heading that opens something, or that is asked for, with the list or the sentence below."""
    said = laid.text[slice(*span)]
    if not (said.endswith(":") or holds_most(terms(question), said)):
        return span
    blocks = laid.blocks[at + 1 :]
    below = next((place for place, it in enumerate(blocks, at + 1) if it.kind != "heading"), None)
    if below is None:
        return span
    return _with_block(laid, below, span)


def _past_number(laid: Laid, block: Block, start: int) -> int:
    """The start, after the number of a paragraph that stands close to its first word."""
    found = _CLOSE_NUMBER.match(laid.text, start) if start == block.start else None
    return found.end() if found else start


def _in_list(laid: Laid, at: int, span: Span, question: str) -> Span:
    """The whole list where it is asked for or short, else the items of the stretch."""
    first, last = _group(laid, at)
    above = _above(laid, first)
    whole = (
        above[0] if above else laid.said(laid.blocks[first])[0],
        laid.blocks[last].end,
    )
    bounded = _bounded(laid, whole)
    holds = bounded[0] <= span[0] and span[1] <= bounded[1]
    if first < last and holds and (_is_short(whole) or _asks_for(laid, above, first, question)):
        return bounded
    if above and laid.place(span[0]) == first and laid.blocks[first - 1].kind != "heading":
        return above[0], span[1]
    start, end = _with_antecedent(laid, at, span[0]), span[1]
    last = laid.place(end - 1)
    return _with_next_block(laid, last, start, end) if laid.text[end - 1] == ":" else (start, end)


def _is_short(span: Span) -> bool:
    return span[1] - span[0] <= SHORT_LIST


def _group(laid: Laid, at: int) -> tuple[int, int]:
    """Numbers of the first and the last block of the list that a block is an item of, lists
    within it included."""
    first = last = at
    inner = _opened_within(laid, at)
    while first > 0 and _is_of_list(laid.blocks[first - 1], laid.blocks[at], inner):
        first -= 1
    while last + 1 < len(laid.blocks) and _is_of_list(
        laid.blocks[last + 1], laid.blocks[at], inner
    ):
        last += 1
    return first, last


def _opened_within(laid: Laid, at: int) -> set[int | None]:
    """The lists that items of a block's own list open, and those that items of these open."""
    begins = at
    while begins > 0 and laid.blocks[begins - 1].kind == "list_item":
        begins -= 1
    within = {laid.blocks[at].group}
    starts = {block.start for block in laid.blocks[begins:at] if block.group in within}
    for block in islice(laid.blocks, at, None):
        if block.kind != "list_item":
            break
        if block.group in within or (block.lead and block.lead[0] in starts):
            within.add(block.group)
            starts.add(block.start)
    return within


def _is_of_list(block: Block, item: Block, within: set[int | None]) -> bool:
    return block.kind == item.kind and block.group in within


def _above(laid: Laid, first: int) -> Span | None:
    """What introduces a list: the sentence before it that ends with no full stop, with what
    that leans on; or the heading right above."""
    if first == 0:
        return None
    above = laid.blocks[first - 1]
    if above.kind == "heading":
        return above.start, above.end
    sentences = laid.sentences(above)
    if laid.blocks[first].lead is None or not sentences:
        return None
    return _with_antecedent(laid, first - 1, sentences[-1][0]), above.end


def _asks_for(laid: Laid, above: Span | None, first: int, question: str) -> bool:
    """Whether a question holds most of what stands above a list: its heading or its lead."""
    asked = set(terms(question))
    headings = (block for block in reversed(laid.blocks[:first]) if block.kind == "heading")
    heading = next(headings, None)
    heads = [above, (heading.start, heading.end) if heading else None]
    return any(holds_most(asked, laid.text[slice(*span)]) for span in heads if span)


def _with_antecedent(laid: Laid, at: int, start: int) -> int:
    """The start, or that of a sentence before it in the block on which it leans."""
    sentences = laid.sentences(laid.blocks[at])
    starts = [first for first, _ in sentences]
    place = bisect_right(starts, start) - 1
    if place < 0 or starts[place] != start:
        return start
    least = max(0, place - MOST_ANTECEDENTS)
    while place > least and leans(laid.text[slice(*sentences[place])]):
        place -= 1
    return starts[place]


def leans(sentence: str) -> bool:
    """Whether a sentence begins with what the one before it says: "They", "Since then"."""
    opening = " ".join(sentence.lower().split(maxsplit=3)[:3])
    return _begins_with_pronoun(sentence) or opening.startswith(_LEANING_PHRASES)


def _begins_with_pronoun(sentence: str) -> bool:
    words = sentence.lower().split(maxsplit=1)
    return bool(words) and words[0].strip(",;") in _LEANING


def _with_speaker(laid: Laid, at: int, span: Span) -> Span:
    """A stretch that shares a quotation with others, with all its sentences; and with the one
    before, where that says who speaks."""
    block = laid.blocks[at]
    start, end = span
    sentences = laid.sentences(block)
    for found in _QUOTATION.finditer(laid.text, block.start, block.end):
        if found.start() < end and start < found.end():
            touched = [
                each for each in sentences if each[0] < found.end() and found.start() < each[1]
            ]
            start, end = min(start, touched[0][0]), max(end, touched[-1][1])
            before = [first for first, last in sentences if last <= start]
            if found.start() == start and found.end() >= end - 1 and before:
                start = before[-1]
    return start, end


def _with_what_follows(laid: Laid, start: int, end: int) -> Span:
    """A stretch with what its last sentence opens by a colon, or else with the sentence that
    leans on it."""
    at = laid.place(end - 1)
    opens = laid.text[end - 1] == ":"
    following = [span for span in laid.sentences(laid.blocks[at]) if span[0] >= end]
    if following:
        taken = opens or _begins_with_pronoun(laid.text[slice(*following[0])])
        return (start, following[0][1]) if taken else (start, end)
    return _with_next_block(laid, at, start, end) if opens else (start, end)


def _with_next_block(laid: Laid, at: int, start: int, end: int) -> Span:
    if at + 1 == len(laid.blocks) or laid.blocks[at + 1].kind == "heading":
        return start, end
    return _with_block(laid, at + 1, (start, end))


def _with_block(laid: Laid, at: int, span: Span) -> Span:
    """The stretch on to the end of the list, or of the first sentence, of a block after it."""
    if laid.blocks[at].kind == "list_item":
        return _bounded(laid, (span[0], laid.blocks[_group(laid, at)[1]].end))
    sentences = laid.sentences(laid.blocks[at])
    return span[0], sentences[0][1] if sentences else span[1]


def _bounded(laid: Laid, span: Span) -> Span:
    """The stretch, cut after the last block that ends within the longest a thought may be."""
    start, end = span
    if end - start <= LONGEST:
        return span
    ends = [block.end for block in laid.blocks if start < block.end <= start + LONGEST]
    return start, ends[-1] if ends else end
