"""The portion of a long document that its page shows: a page of 100,000 would be 100 MB."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from qa_service.nouns.documents import Document, Page

PAGES_SHOWN = 200
CHARACTERS_SHOWN = 400_000
"""Of a document without pages."""
LONGEST_LINE = 5_000
"""A portion ends with a line, unless that is longer than this."""


@dataclass(frozen=True, slots=True)
class Portion:
    """The portion `number` of `count`, from 1: its stretch of the text and its pages."""

    number: int
    count: int
    start: int
    end: int
    pages: tuple[Page, ...]


def portion_of(document: Document, wanted: str | None, offset: int) -> Portion:
    """The portion an address asks for; where it names none that is there, that of an offset."""
    count = portion_count(document)
    named = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() else 0
    number = named if 1 <= named <= count else portion_at(document, offset)
    if not document.pages:
        edges = _edge(document.text, number - 1), _edge(document.text, number)
        return Portion(number, count, *edges, ())
    first, last = (number - 1) * PAGES_SHOWN, number * PAGES_SHOWN
    start = document.pages[first].start if first else 0
    end = document.pages[last].start if last < len(document.pages) else len(document.text)
    return Portion(number, count, start, end, document.pages[first:last])


def portion_count(document: Document) -> int:
    """How many portions there are, at least one."""
    if document.pages:
        return -(-len(document.pages) // PAGES_SHOWN)
    return max(1, -(-len(document.text) // CHARACTERS_SHOWN))


def portion_at(document: Document, offset: int) -> int:
    """The number of the portion in which the text at an offset stands."""
    if document.pages:
        page = max(0, bisect_right(document.pages, offset, key=lambda page: page.start) - 1)
        return page // PAGES_SHOWN + 1
    number = min(offset // CHARACTERS_SHOWN, portion_count(document) - 1)
    return number if number and offset < _edge(document.text, number) else number + 1


def _edge(text: str, number: int) -> int:
    """Where so many portions of a text without pages end."""
    at = number * CHARACTERS_SHOWN
    if not 0 < at < len(text):
        return max(0, min(at, len(text)))
    line_end = text.find("\n", at, at + LONGEST_LINE)
    return line_end + 1 if line_end >= 0 else at
