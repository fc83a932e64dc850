"""A document's canonical text as the blocks of a page, with one place marked.

Every function is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from qa_service.deadline import in_time
from qa_service.nouns.documents import Document, Heading, Page, PageBox, page_at
from qa_service.web.documents.portions import Portion, portion_at

PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
MOST_OUTLINED = 2_000
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is wholly inside or wholly outside the mark."""

    text: str
    marked: bool


Kind = Literal["heading", "paragraph", "row", "page"]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A heading (of `level`), a paragraph, a row of a table, or the place where a page (`number`)
    begins.

    `start` is where it begins in the text.
    """

    kind: Kind
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    number: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its text and the boxes of the mark on it; without a page, the whole text."""

    page: Page | None
    blocks: tuple[ShownBlock, ...]
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the outline: its offset, and the page and the portion in which it stands."""

    level: int
    text: str
    start: int
    page: int | None
    portion: int


def marked_span(text: str, start: str | None, end: str | None) -> Span | None:
    """The span an address names; None where it is not a stretch of this text."""
    try:
        span = int(start or ""), int(end or "")
    except ValueError:
        return None
    inside = 0 <= span[0] < span[1] <= len(text)
    return span if inside and text[span[0] : span[1]].strip() else None


def opens_with_title(document: Document) -> bool:
    """Whether the text begins with the title as its highest heading: no need to show it twice."""
    first = document.headings[0] if document.headings else None
    if first is None or first.level != 1 or first.text != document.title:
        return False
    return not document.text[: first.start].strip()


def blocks(
    document: Document, mark: Span | None = None, portion: Span | None = None
) -> Iterator[ShownBlock]:
    """The document in order, or a portion of it. The marked pieces together are the mark, but for
    line breaks."""
    levels = {heading.start: heading.level for heading in document.headings}
    rows = {block.start for block in document.blocks if block.kind == "table_row"}
    page_numbers = {page.start: page.number for page in document.pages if page.start < page.end}
    for start, end in in_time(pairwise(_cuts(document, portion or (0, len(document.text))))):
        if start in page_numbers:
            yield ShownBlock("page", number=page_numbers[start], start=start)
        if pieces := _pieces(document.text, _without_line_breaks(document.text, start, end), mark):
            level = levels.get(start, 0)
            other: Kind = "row" if start in rows else "paragraph"
            yield ShownBlock("heading" if level else other, pieces, level, start=start)


def sheets(
    document: Document, portion: Portion, mark: Span | None = None, boxes: Sequence[PageBox] = ()
) -> Iterator[Sheet]:
    """A portion of the document in order, a sheet for every page, also for those without text."""
    texts: dict[int, list[ShownBlock]] = {0: []}
    boxed: dict[int, list[PageBox]] = {}
    for box in boxes:
        boxed.setdefault(box.page, []).append(box)
    number = 0
    for block in blocks(document, mark, (portion.start, portion.end)):
        if block.kind == "page":
            number = block.number
            texts[number] = []
        else:
            texts[number].append(block)
    if texts[0]:
        yield Sheet(None, tuple(texts[0]))
    for page in portion.pages:
        yield Sheet(page, tuple(texts.get(page.number, ())), tuple(boxed.get(page.number, ())))


def outline(document: Document, portion: Portion) -> tuple[OutlineEntry, ...]:
    """The headings in order, of a portion alone where there are very many; levels counted from
    the highest there is."""
    headings = document.headings
    highest = min((heading.level for heading in headings), default=1)
    if len(headings) > MOST_OUTLINED:
        headings = tuple(item for item in headings if portion.start <= item.start < portion.end)
    return tuple(_entry(document, item, highest) for item in headings[:MOST_OUTLINED])


def _entry(document: Document, heading: Heading, highest: int) -> OutlineEntry:
    return OutlineEntry(
        level=heading.level - highest + 1,
        text=heading.text,
        start=heading.start,
        page=page_at(document, heading.start),
        portion=portion_at(document, heading.start),
    )


def _cuts(document: Document, portion: Span) -> list[int]:
    """Every offset of a portion at which a block begins or ends, ascending, each once."""
    first, last = portion
    cuts = {first, last}
    for gap in PARAGRAPH_BREAK.finditer(document.text, first, last):
        cuts.update(gap.span())
    for heading in document.headings:
        cuts.update((heading.start, heading.end))
    for block in document.blocks:
        if block.kind == "table_row":
            cuts.update((block.start, block.end))
    cuts.update(page.start for page in document.pages)
    return sorted(cut for cut in cuts if first <= cut <= last)


def _without_line_breaks(text: str, start: int, end: int) -> Span:
    """The span less the line breaks around it; empty where nothing else is there."""
    stretch = text[start:end]
    if not stretch.strip():
        return start, start
    return start + len(stretch) - len(stretch.lstrip("\n")), start + len(stretch.rstrip("\n"))


def _pieces(text: str, span: Span, mark: Span | None) -> tuple[Piece, ...]:
    """The span cut where the mark begins and ends; no piece is empty."""
    start, end = span
    mark_start, mark_end = mark or (end, end)
    inner_start, inner_end = _clamped(mark_start, span), _clamped(mark_end, span)
    pieces = (
        Piece(text[start:inner_start], marked=False),
        Piece(text[inner_start:inner_end], marked=True),
        Piece(text[inner_end:end], marked=False),
    )
    return tuple(piece for piece in pieces if piece.text)


def _clamped(offset: int, span: Span) -> int:
    return min(max(offset, span[0]), span[1])
