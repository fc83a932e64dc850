"""What a PDF holds besides its text: bookmarks and page numbers."""

from __future__ import annotations

import pypdfium2 as pdfium

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.blocks.heading_names import plain_title
from qa_service.reading.formats.pdf.looks import Bookmarks

DEEPEST = 6
MOST_BOOKMARKS = 5000


def bookmarks(document: pdfium.PdfDocument) -> Bookmarks:
    """Page number and plain title of each bookmark -> its level, from 1."""
    found: dict[tuple[int, str], int] = {}
    for place, mark in enumerate(document.get_toc(max_depth=DEEPEST)):
        target = mark.get_dest()
        index = target.get_index() if target else None
        if place >= MOST_BOOKMARKS or index is None:
            break
        found.setdefault((index + 1, plain_title(mark.get_title())), mark.level + 1)
    return found


def page_labels(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """The number printed on each page, where the file states them; else none."""
    labels = tuple(one_line(document.get_page_label(index)) for index in range(len(document)))
    plain = tuple(str(number) for number in range(1, len(document) + 1))
    return labels if any(labels) and labels != plain else ()
