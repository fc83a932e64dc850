"""Document -> passages: stretches of whole sentences, of the size a model reads best.

Passages respect headings, then paragraphs and list items, then sentence ends, and hold
every character of the text but the white space between them.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa_service.indexing.passages.headings import parents_of, path_of, says_something
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
CountSpans = Callable[[Sequence[Span]], list[int]]
"""The model's tokens of each stretch of one text."""

MINIMUM_WORDS = 40
TARGET_WORDS = 140
MAXIMUM_WORDS = 160
CONTEXT_TOKENS = 48
"""Room left in the model's reading length for title and headings."""

CHARACTERS_PER_TOKEN = 20
LONGEST_ROW = 400
"""Characters of a row of a table that is one sentence; in a longer one its cells tell stories."""

_CUT_SENTENCE, _CUT_LINE, _CUT_PARAGRAPH = 0.35, 0.12, 0.0


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


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a passage begins and ends, the headings above it, and the sentences in it."""

    start: int
    end: int
    heading_path: tuple[str, ...]
    sentences: tuple[Span, ...]


def split_document(document: Document, count_tokens: CountTokens, max_tokens: int) -> list[Passage]:
    """Passages of `document` in order, rows from 0.

    `count_tokens` gives the model's tokens of each text, `max_tokens` how many it reads.
    """
    return passages_of(document, cuts_of(document, counting(document, count_tokens), max_tokens))


def counting(document: Document, count_tokens: CountTokens) -> CountSpans:
    """Counts the tokens of stretches of a document's text."""
    return lambda spans: count_tokens([document.text[start:end] for start, end in spans])


def cuts_of(document: Document, count_spans: CountSpans, max_tokens: int) -> list[Cut]:
    """Where the passages of `document` begin and end, in order."""
    room = max(16, max_tokens - CONTEXT_TOKENS)
    parents = parents_of(document.headings)
    return [
        _cut(document, parents, group)
        for section in _sections(_units(document, count_spans, room))
        for group in _pack(section, room)
    ]


def passages_of(document: Document, cuts: Sequence[Cut]) -> list[Passage]:
    """The passages between the cuts, rows from 0."""
    return [_passage(document, cut, row) for row, cut in enumerate(cuts)]


def search_text(document: Document | DocumentSummary, passage: Passage) -> str:
    """What is searched for a passage: its context, then its text."""
    return search_context(document, passage.heading_path) + passage.text


def search_context(document: Document | DocumentSummary, heading_path: tuple[str, ...]) -> str:
    """Title with date and the two nearest headings, one a line, each at most 12 words."""
    title = " ".join(document.title.split()[:12])
    dated = ", ".join([*filter(None, [title]), *map(date_in_words, filter(None, [document.date]))])
    headings = [" ".join(part.split()[:12]) for part in heading_path[-2:]]
    return "".join(f"{line}\n" for line in [dated, *headings] if line)


def _units(document: Document, count_spans: CountSpans, room: int) -> list[_Unit]:
    text = document.text
    spans = _with_whole_rows(sentence_spans(text), document.blocks)
    counts = _counts(spans, count_spans, room)
    pieces: list[tuple[Span, int]] = []
    for span, tokens in zip(spans, counts, strict=True):
        parts = [span] if tokens <= room else _cut_long(text, span, count_spans, room)
        lengths = [tokens] if tokens <= room else _counts(parts, count_spans, room)
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


def _with_whole_rows(spans: Sequence[Span], blocks: Sequence[Block]) -> list[Span]:
    """The sentences, those of one short row of a table as one: its cells say nothing apart."""
    rows = [
        (block.start, block.end)
        for block in blocks
        if block.kind == "table_row" and block.end - block.start <= LONGEST_ROW
    ]
    starts = [start for start, _ in rows]
    whole: list[Span] = []
    for start, end in spans:
        at = bisect_right(starts, start) - 1
        if at >= 0 and whole and rows[at][0] <= whole[-1][0] and end <= rows[at][1]:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _counts(spans: Sequence[Span], count_spans: CountSpans, room: int) -> list[int]:
    """Tokens of each span, at least one for every so many characters.

    A tokenizer may take a run of letters of any length for one unknown word. What is too long
    by its characters alone is not given to it.
    """
    lengths = [(end - start) // CHARACTERS_PER_TOKEN for start, end in spans]
    short = [span for span, length in zip(spans, lengths, strict=True) if length <= room]
    counted = iter(count_spans(short) if short else ())
    return [length if length > room else max(length, next(counted)) for length in lengths]


def _cut_long(text: str, span: Span, count_spans: CountSpans, room: int) -> list[Span]:
    """Halves a sentence at the blank nearest its middle until each part can be read."""
    start, end = span
    middle = (start + end) // 2
    blanks = [at for at in (text.rfind(" ", start, middle), text.find(" ", middle, end)) if at > 0]
    cut = min(blanks, key=lambda at: abs(at - middle)) if blanks else middle
    halves = [(start, cut), (cut + 1 if blanks else cut, end)]
    parts: list[Span] = []
    for half in halves:
        if half[1] - half[0] > 1 and _counts([half], count_spans, room)[0] > room:
            parts.extend(_cut_long(text, half, count_spans, room))
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


def _cut(document: Document, parents: Sequence[int], units: list[_Unit]) -> Cut:
    return Cut(
        start=units[0].start,
        end=units[-1].end,
        heading_path=_heading_path(document, parents, units),
        sentences=_sentences(document.headings, units),
    )


def _passage(document: Document, cut: Cut, row: int) -> Passage:
    start, end = cut.start, cut.end
    return Passage(
        id=hashlib.sha256(
            f"{document.id}\n{start}\n{document.text[start:end]}".encode()
        ).hexdigest()[:16],
        row=row,
        document_id=document.id,
        heading_path=cut.heading_path,
        text=document.text[start:end],
        start=start,
        end=end,
        page=page_at(document, start),
        sentences=cut.sentences,
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


def _heading_path(
    document: Document, parents: Sequence[int], units: list[_Unit]
) -> tuple[str, ...]:
    """Headings above all that the passage says, outermost first, but not the title again."""
    headings = document.headings
    said = [unit for unit in units if not _is_heading(headings, unit)] or units[-1:]
    under = dict.fromkeys(unit.heading for unit in said)
    paths = [path_of(headings, parents, index) for index in under]
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
