"""The words of a note on a PDF page that are kept as its drawing alone."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.blocks.canonical import canonical_text


def drawn_words(document: pdfium.PdfDocument, number: int, index: int) -> str:
    """What the drawing of a note says: that note alone, made the content of a page of its own."""
    copy = pdfium.PdfDocument.new()
    try:
        copy.import_pages(document, [number - 1])
        _leave_only(copy[0], index)
        opened = copy[0].get_textpage()
        return canonical_text(opened.get_text_range())
    finally:
        copy.close()


def _leave_only(page: pdfium.PdfPage, index: int) -> None:
    """Takes all off a page but one note, and puts the drawing of that into the page."""
    for place in reversed(range(pdfium_c.FPDFPage_GetAnnotCount(page))):
        if place != index:
            pdfium_c.FPDFPage_RemoveAnnot(page, place)
    for _ in range(pdfium_c.FPDFPage_CountObjects(page)):
        found = pdfium_c.FPDFPage_GetObject(page, 0)
        pdfium_c.FPDFPage_RemoveObject(page, found)
        pdfium_c.FPDFPageObj_Destroy(found)
    pdfium_c.FPDFPage_GenerateContent(page)
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
