"""PDF, read with pdfium."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pypdfium2 as pdfium

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Content, FoundDate
from qa_service.reading.dates import parse_date
from qa_service.reading.formats.pdf_blocks import to_blocks
from qa_service.reading.formats.pdf_hyphens import with_hyphens_resolved
from qa_service.reading.formats.pdf_lines import (
    Line,
    in_reading_order,
    page_lines,
    without_running_lines,
)
from qa_service.reading.formats.pdf_looks import looks_of
from qa_service.reading.formats.pdf_title import pdf_title

SCANNED = "a scan? Run text recognition (OCR) over the file first"
# pdfium keeps state of its own that two threads would spoil for one another.
_PDFIUM = threading.Lock()


def read_pdf(data: bytes) -> Content:
    """A PDF as content. Raises UnreadableDocument for encrypted and for broken files."""
    with _PDFIUM:
        properties, page_count, stored = _extract(data)
    lines = in_reading_order(without_running_lines(stored, page_count))
    lines = with_hyphens_resolved(lines)
    looks = looks_of(lines)
    return Content(
        "pdf",
        tuple(to_blocks(lines, looks)),
        title=pdf_title(lines, looks, properties.get("Title", "")) if lines else None,
        property_date=_created(properties.get("CreationDate", "")),
        page_count=page_count,
        metadata=_metadata(properties),
        pages_without_text=_without_text(page_count, lines),
        unread_pages=SCANNED,
    )


def _extract(data: bytes) -> tuple[dict[str, str], int, list[Line]]:
    """The document properties, the number of pages and all lines of a PDF."""
    document = _open(data)
    try:
        lines: list[Line] = []
        for index in range(len(document)):
            lines += _lines_of_page(document, index)
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


def _lines_of_page(document: pdfium.PdfDocument, index: int) -> list[Line]:
    page = document[index]
    try:
        return list(page_lines(page, index + 1))
    finally:
        page.close()


def _created(value: str) -> FoundDate | None:
    date = parse_date(value)
    return FoundDate(date, "document properties") if date else None


def _without_text(page_count: int, lines: Sequence[Line]) -> tuple[int, ...]:
    with_text = {line.page for line in lines}
    return tuple(page for page in range(1, page_count + 1) if page not in with_text)


def _metadata(properties: dict[str, str]) -> dict[str, str]:
    return {
        "author": properties.get("Author", ""),
        "keywords": properties.get("Keywords", ""),
        "description": properties.get("Subject", ""),
    }
