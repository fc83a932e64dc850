"""What a PDF holds besides its text: bookmarks, page numbers, form fields, notes typed on pages."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.blocks.canonical import canonical_text, one_line
from qa_service.reading.blocks.heading_names import plain_title
from qa_service.reading.formats.pdf.geometry import Frame, Rectangle
from qa_service.reading.formats.pdf.looks import Bookmarks

DEEPEST = 6
MOST_BOOKMARKS = 5000
_COMMENTS = (
    *(pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_HIGHLIGHT, pdfium_c.FPDF_ANNOT_UNDERLINE),
    *(pdfium_c.FPDF_ANNOT_SQUIGGLY, pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_CARET),
    *(pdfium_c.FPDF_ANNOT_SQUARE, pdfium_c.FPDF_ANNOT_CIRCLE, pdfium_c.FPDF_ANNOT_LINE),
    *(pdfium_c.FPDF_ANNOT_POLYGON, pdfium_c.FPDF_ANNOT_POLYLINE, pdfium_c.FPDF_ANNOT_INK),
    pdfium_c.FPDF_ANNOT_STAMP,
)
_NOT_SHOWN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW


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


def typed_notes(page: pdfium.PdfPage) -> Iterator[tuple[str, Rectangle]]:
    """The words typed onto a page (free text annotations) and where, those shown alone."""
    frame = Frame.of(page)
    for text, note in _contents(page, (pdfium_c.FPDF_ANNOT_FREETEXT,)):
        yield text, _place(note, frame)


def _place(note: object, frame: Frame) -> Rectangle:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(note, rect)
    x1, y1 = frame.shown(rect.left, rect.bottom)
    x2, y2 = frame.shown(rect.right, rect.top)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def comments_on(page: pdfium.PdfPage) -> Iterator[str]:
    """What readers of a page have written beside it, behind a sign or a marked stretch."""
    return (text for text, _ in _contents(page, _COMMENTS))


def _contents(page: pdfium.PdfPage, kinds: Container[int]) -> Iterator[tuple[str, object]]:
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, index)
        try:
            of_kind = pdfium_c.FPDFAnnot_GetSubtype(note) in kinds
            shown = of_kind and not pdfium_c.FPDFAnnot_GetFlags(note) & _NOT_SHOWN
            if shown and (text := _note_text(note)):
                yield text, note
        finally:
            pdfium_c.FPDFPage_CloseAnnot(note)


def _note_text(note: object) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFAnnot_GetStringValue(note, b"Contents", wide, length)
    return canonical_text(buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace"))


def form_lines(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    """ "Name: value" of every form field on a page that is filled in."""
    if document.formenv is None:
        return
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, index)
        try:
            if pdfium_c.FPDFAnnot_GetSubtype(note) == pdfium_c.FPDF_ANNOT_WIDGET:
                yield from _field(document.formenv, note)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(note)


def _field(form: pdfium.PdfFormEnv, note: object) -> Iterator[str]:
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, note)
    name = _text(pdfium_c.FPDFAnnot_GetFormFieldAlternateName, form, note) or _text(
        pdfium_c.FPDFAnnot_GetFormFieldName, form, note
    )
    if kind in (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON):
        value = "yes" if pdfium_c.FPDFAnnot_IsChecked(form, note) else ""
    else:
        value = _text(pdfium_c.FPDFAnnot_GetFormFieldValue, form, note)
    if value:
        yield f"{name or 'Field'}: {value}"


def _text(ask: object, form: pdfium.PdfFormEnv, note: object) -> str:
    """A text that pdfium writes as UTF-16 into a buffer of the length it names."""
    length = ask(form, note, None, 0)  # type: ignore[operator]
    buffer = ctypes.create_string_buffer(max(2, length))
    ask(form, note, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)  # type: ignore[operator]
    return one_line(buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace"))
