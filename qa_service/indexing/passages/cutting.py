"""Document -> passages: stretches of whole sentences, of the size a model reads best.

Passages respect headings, then paragraphs and list items, then sentence ends, and hold
every character of the text but the white space between them.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa_service.indexing.passages.sentences import said_from, sentence_spans
from qa_service.nouns.dates import date_in_words
from qa_service.nouns.documents import (
    Block,
    Document,
    DocumentSummary,
    Heading,
    Passage,
    Span,
    page_at,
)

CountTokens = Callable[[Sequence[str]], list[int]]

MINIMUM_WORDS = 40
TARGET_WORDS = 140
MAXIMUM_WORDS = 160
CONTEXT_TOKENS = 48
"""Room left in the model's reading length for title and headings."""

CHARACTERS_PER_TOKEN = 20

_CUT_SENTENCE, _CUT_LINE, _CUT_PARAGRAPH = 0.35, 0.12, 0.0


_SAYS = re.compile(r"^(?!.*\?$)(?:\S+ ){2,}(?:is|are|was|were) \w|\S \S+: [a-z][\w ]+$")
"""A heading that is an answer: "The mill is open", "The care of the ovens: good"; no question."""
_RULING = frozenset(["must", "may", "can", "cannot", "should", "shall", "will", "has", "have"])
"""Verbs of a heading that is a sentence: "Dogs must stay on a lead" …"""
_NAMING = frozenset(
    ["what", "which", "who", "whom", "whose", "when", "where", "why", "how", "if", "that"]
)
"""… where no such word stands before the verb: "What you must do" is none …"""
_PRONOUNS = frozenset(["i", "you", "we", "they", "he", "she", "it"])
"""… nor is what has one of these in its middle: "Things you must bring"."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that alone is longer than the model reads.

    `said_from` is where its words begin, behind the marker of a block that begins with it.
    """

    start: int
    said_from: int
    end: int
    words: int
    tokens: int
    cut_before: float
    heading: int
    """Index of the heading it stands under, -1 above the first."""


def split_document(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Passages of `document` in order, rows from 0.

    `count_tokens` gives the model's tokens of each text, `max_tokens` how many it reads.
    """
    room = max(16, max_tokens - CONTEXT_TOKENS)
    units = _units(document, count_tokens, room)
    passages: list[Passage] = []
    for section in _sections(units):
        for group in _pack(section, room):
            passages.append(_passage(document, group, row=len(passages)))
    return passages


def search_text(document: Document | DocumentSummary, passage: Passage) -> str:
    """What is searched for a passage: its context, then its text."""
    return search_context(document, passage.heading_path) + passage.text


def search_context(document: Document | DocumentSummary, heading_path: tuple[str, ...]) -> str:
    """Title with date and the two nearest headings, one a line, each at most 12 words."""
    title = " ".join(document.title.split()[:12])
    dated = ", ".join([*filter(None, [title]), *map(date_in_words, filter(None, [document.date]))])
    headings = [" ".join(part.split()[:12]) for part in heading_path[-2:]]
    return "".join(f"{line}\n" for line in [dated, *headings] if line)


def _units(document: Document, count_tokens: CountTokens, room: int) -> list[_Unit]:
    text = document.text
    spans = sentence_spans(text)
    counts = _counts(text, spans, count_tokens)
    pieces: list[tuple[Span, int]] = []
    for span, tokens in zip(spans, counts, strict=True):
        parts = [span] if tokens <= room else _cut_long(text, span, count_tokens, room)
        lengths = [tokens] if tokens <= room else _counts(text, parts, count_tokens)
        pieces.extend(zip(parts, lengths, strict=True))
    starts = [heading.start for heading in document.headings]
    markers = dict(block.marker for block in document.blocks if block.marker)
    return [
        _Unit(
            start=start,
            said_from=said_from(text, (start, end), markers),
            end=end,
            words=len(text[start:end].split()),
            tokens=tokens,
            cut_before=_cut_cost(text[previous_end:start]),
            heading=bisect_right(starts, start) - 1,
        )
        for previous_end, ((start, end), tokens) in zip(
            [0, *(end for (_, end), _ in pieces)], pieces, strict=False
        )
    ]


def _counts(text: str, spans: Sequence[Span], count_tokens: CountTokens) -> list[int]:
    """Tokens of each span, at least one for every so many characters.

    A tokenizer may take a run of letters of any length for one unknown word.
    """
    counted = count_tokens([text[start:end] for start, end in spans])
    lengths = [(end - start) // CHARACTERS_PER_TOKEN for start, end in spans]
    return [max(pair) for pair in zip(counted, lengths, strict=True)]


def _cut_long(text: str, span: Span, count_tokens: CountTokens, room: int) -> list[Span]:
    """Halves a sentence at the blank nearest its middle until each part can be read."""
    start, end = span
    middle = (start + end) // 2
    blanks = [at for at in (text.rfind(" ", start, middle), text.find(" ", middle, end)) if at > 0]
    cut = min(blanks, key=lambda at: abs(at - middle)) if blanks else middle
    halves = [(start, cut), (cut + 1 if blanks else cut, end)]
    parts: list[Span] = []
    for half in halves:
        if half[1] - half[0] > 1 and _counts(text, [half], count_tokens)[0] > room:
            parts.extend(_cut_long(text, half, count_tokens, room))
        else:
            parts.append(half)
    return parts


def _cut_cost(gap: str) -> float:
    if "\n\n" in gap:
        return _CUT_PARAGRAPH
    return _CUT_LINE if "\n" in gap else _CUT_SENTENCE


def _sections(units: list[_Unit]) -> list[list[_Unit]]:
    """Units under one heading; a section too short to stand alone takes the next one in."""
    sections: list[list[_Unit]] = []
    for unit in units:
        new = not sections or unit.heading != sections[-1][-1].heading
        if new and (not sections or sum(u.words for u in sections[-1]) >= MINIMUM_WORDS):
            sections.append([])
        sections[-1].append(unit)
    return sections


def _pack(units: list[_Unit], room: int) -> list[list[_Unit]]:
    """The cheapest cut of a section into passages, by dynamic programming over its units.

    A passage costs the square of its distance from the target size, in targets; a cut
    costs more inside a line than between paragraphs.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(units) + 1):
        options: list[tuple[float, int]] = []
        words = tokens = 0
        for first in range(last - 1, -1, -1):
            words += units[first].words
            tokens += units[first].tokens
            if first < last - 1 and (words > MAXIMUM_WORDS or tokens > room):
                break
            cost = ((words - TARGET_WORDS) / TARGET_WORDS) ** 2
            cut = units[first].cut_before if first else 0.0
            options.append((best[first][0] + cost + cut, first))
        best.append(min(options))
    groups: list[list[_Unit]] = []
    last = len(units)
    while last:
        first = best[last][1]
        groups.append(units[first:last])
        last = first
    return groups[::-1]


def _passage(document: Document, units: list[_Unit], row: int) -> Passage:
    start, end = units[0].start, units[-1].end
    return Passage(
        id=hashlib.sha256(
            f"{document.id}\n{start}\n{document.text[start:end]}".encode()
        ).hexdigest()[:16],
        row=row,
        document_id=document.id,
        heading_path=_heading_path(document, units),
        text=document.text[start:end],
        start=start,
        end=end,
        page=page_at(document, start),
        sentences=_sentences(document.headings, units),
        blocks=_blocks_within(document.blocks, start, end),
    )


def _blocks_within(blocks: Sequence[Block], start: int, end: int) -> tuple[Block, ...]:
    first = bisect_right(blocks, start, key=lambda block: block.end)
    last = bisect_left(blocks, end, key=lambda block: block.start)
    return tuple(blocks[first:last])


def _sentences(headings: tuple[Heading, ...], units: list[_Unit]) -> tuple[Span, ...]:
    """What can be quoted: headings only where they say something, or the passage nothing else."""
    said = [unit for unit in units if not _only_names(headings, unit)] or units
    return tuple((unit.said_from, unit.end) for unit in said)


def _heading_path(document: Document, units: list[_Unit]) -> tuple[str, ...]:
    """Headings above all that the passage says, outermost first, but not the title again."""
    headings = document.headings
    said = [unit for unit in units if not _is_heading(headings, unit)] or units[-1:]
    paths = [_path_of(headings, index) for index in dict.fromkeys(u.heading for u in said)]
    shared: list[str] = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared[1:] if shared[:1] == [document.title] else shared)


def _is_heading(headings: tuple[Heading, ...], unit: _Unit) -> bool:
    return unit.heading >= 0 and unit.start < headings[unit.heading].end


def _only_names(headings: tuple[Heading, ...], unit: _Unit) -> bool:
    """Whether a unit is a heading that names its subject, and does not say anything of it."""
    return _is_heading(headings, unit) and not says_something(headings[unit.heading].text)


def says_something(heading: str) -> bool:
    """Whether a heading is a sentence, and so may itself be an answer."""
    return bool(_SAYS.search(heading)) or _rules(heading.split())


def _rules(words: Sequence[str]) -> bool:
    """Whether words have a subject, a verb that rules and more; "4 May 2020" has no verb."""
    at = next((at for at, word in enumerate(words) if at and word in _RULING), None)
    if at is None or at + 1 >= len(words) or words[-1].endswith("?"):
        return False
    before = [word.lower() for word in words[:at]]
    return not _NAMING & set(before) and not (at > 1 and before[-1] in _PRONOUNS)


def _path_of(headings: tuple[Heading, ...], index: int) -> tuple[str, ...]:
    path: list[str] = []
    level = 7
    while index >= 0:
        if headings[index].level < level:
            level = headings[index].level
            path.append(headings[index].text)
        index -= 1
    return tuple(reversed(path))
