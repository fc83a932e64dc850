"""Pictures of text (.png, .jpg, .tiff), read by text recognition alone."""

from __future__ import annotations

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Content
from qa_service.reading.formats.pdf.document import content_of_lines
from qa_service.reading.formats.scans.ocr import NOT_INSTALLED, ocr_program, recognised_image


def read_image(data: bytes) -> Content:
    """A picture as content. Raises UnreadableDocument where Tesseract is not installed."""
    program = ocr_program()
    if program is None:
        raise UnreadableDocument(NOT_INSTALLED)
    lines, page_count = recognised_image(program, data)
    pages = tuple(sorted({line.page for line in lines}))
    return content_of_lines("image", lines, page_count, by_ocr=pages)
