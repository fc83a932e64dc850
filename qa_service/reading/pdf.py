"""PDF, read with pdfium."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pypdfium2 as pdfium

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Content, FoundDate
from qa_service.reading.dates import parse_date
from qa_service.reading.pdf_blocks import (
    Group,
    Looks,
    headings_of_first_page,
    looks_of,
    to_blocks,
)
from qa_service.reading.pdf_lines import (
    Line,
    page_lines,
    with_hyphens_resolved,
    without_running_lines,
)
from qa_service.reading.titles import is_meaningful_title, words_shown

# pdfium keeps state of its own that two threads would spoil for one another.
_PDFIUM = threading.Lock()
LARGE = 1.3
LONGEST_SECOND_LINE = 140


def read_pdf(data: bytes) -> Content:
    """A PDF as content. Raises UnreadableDocument for encrypted and for broken files."""
    with _PDFIUM:
        properties, page_count, raw_lines = _extract(data)
    lines = with_hyphens_resolved(without_running_lines(raw_lines, page_count))
    looks = looks_of(lines)
    return Content(
        "pdf",
        tuple(to_blocks(lines, looks)),
        title=_title(lines, looks, properties.get("Title", "")),
        property_date=_creation(properties.get("CreationDate", "")),
        page_count=page_count,
        metadata=_metadata(properties, page_count, lines),
    )


def _extract(data: bytes) -> tuple[dict[str, str], int, list[Line]]:
    """The document properties, the number of pages and all lines of a PDF."""
    document = _open(data)
    try:
        lines: list[Line] = []
        for index in range(len(document)):
            page = document[index]
            try:
                lines += page_lines(page, index + 1)
            finally:
                page.close()
        return document.get_metadata_dict(), len(document), lines
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            reason = "the PDF is encrypted; save a copy without a password"
        else:
            reason = "not a PDF, or a broken one; open it and save it anew"
        raise UnreadableDocument(reason) from error


def _title(lines: Sequence[Line], looks: Looks, declared: str) -> str | None:
    """Large print on page 1, else a declared title, else the first heading, else None."""
    headings = list(headings_of_first_page(lines, looks))
    large = [group for group in headings if group[0].size >= looks.body_size * LARGE]
    shown = " ".join(line.text for line in lines if line.page == 1)
    meaningful = is_meaningful_title(declared)
    if meaningful and words_shown(declared, shown):
        return declared
    if large:
        return _printed_title(max(large, key=lambda group: group[0].size), headings)
    if headings:
        return _text(headings[0])
    return declared if meaningful else None


def _printed_title(title: Group, headings: Sequence[Group]) -> str:
    """The largest heading, with the one below it where that says what the first is about."""
    below = headings[headings.index(title) + 1 :][:1]
    text = _text(title)
    if below and len(text.split()) <= 7 and below[0][0].size < title[0].size:
        second = _text(below[0])
        if title[-1].bottom - below[0][0].top < 5 * title[0].size:
            return f"{text}: {second}"
    return text


def _text(group: Group) -> str:
    return " ".join(line.text for line in group)


def _creation(value: str) -> FoundDate | None:
    date = parse_date(value)
    return FoundDate(date, "document properties") if date else None


def _metadata(properties: dict[str, str], page_count: int, lines: Sequence[Line]) -> dict[str, str]:
    without_text = page_count - len({line.page for line in lines})
    return {
        "author": properties.get("Author", ""),
        "keywords": properties.get("Keywords", ""),
        "description": properties.get("Subject", ""),
        "pages_without_text": str(without_text or ""),
    }
