"""Notes on PDF pages: words typed onto a page are its text, comments beside it are told."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.blocks.canonical import canonical_text, one_line
from qa_service.reading.formats.pdf.geometry import Frame, Rectangle
from qa_service.reading.formats.pdf.notes.drawn import drawn_words
from qa_service.reading.formats.pdf.notes.layers import hidden_places, rounded

_TYPED = (pdfium_c.FPDF_ANNOT_FREETEXT,)
_COMMENTS = (
    *(pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_HIGHLIGHT, pdfium_c.FPDF_ANNOT_UNDERLINE),
    *(pdfium_c.FPDF_ANNOT_SQUIGGLY, pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_CARET),
    *(pdfium_c.FPDF_ANNOT_SQUARE, pdfium_c.FPDF_ANNOT_CIRCLE, pdfium_c.FPDF_ANNOT_LINE),
    *(pdfium_c.FPDF_ANNOT_POLYGON, pdfium_c.FPDF_ANNOT_POLYLINE, pdfium_c.FPDF_ANNOT_INK),
    pdfium_c.FPDF_ANNOT_STAMP,
)
_DRAWN_ALONE = (pdfium_c.FPDF_ANNOT_STAMP, *_TYPED)
"""What such notes say may stand in their drawing alone."""
MOST_DRAWN = 20
"""Of more such notes on a page the words are not looked for."""
_NOT_SHOWN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(slots=True)
class Notes:
    """What is written onto one page: words typed on it with their places, the numbers of notes
    whose words are drawn alone with theirs, comments ("" for one without words), the fields of
    forms that are filled in, and whether some are not shown."""

    typed: list[tuple[str, Rectangle]] = field(default_factory=list)
    drawn: list[tuple[int, Rectangle]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    unseen: bool = False


class Layers:
    """The layers of a file, looked up when a note that stands in one is met."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def hidden(self) -> frozenset[Rectangle]:
        """The places of notes in layers that are off."""
        return hidden_places(self._data)


def notes_on(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, layers: Layers
) -> Notes:
    """What is written onto a page."""
    notes, frame = Notes(), Frame.of(page)
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, index)
        try:
            _put(notes, document, note, index, frame, layers)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(note)
    for count, (index, place) in enumerate(notes.drawn, start=1):
        text = drawn_words(document, number, index) if count <= MOST_DRAWN else ""
        if text:
            notes.typed.append((text, place))
        else:
            notes.comments.append("")
    return notes


def _put(
    notes: Notes,
    document: pdfium.PdfDocument,
    note: Any,
    index: int,
    frame: Frame,
    layers: Layers,
) -> None:
    kind = pdfium_c.FPDFAnnot_GetSubtype(note)
    if kind == pdfium_c.FPDF_ANNOT_WIDGET:
        said = list(_field(document.formenv, note)) if document.formenv else []
        into: Callable[[str], None] = notes.filled.append
    elif kind in _TYPED or kind in _COMMENTS:
        said = _words(note, kind)
        into = notes.comments.append
    else:
        return
    if said and not _is_shown(note, frame, layers):
        notes.unseen = notes.unseen or (kind not in _COMMENTS and any(said))
        return
    for text in said:
        if text and kind in _TYPED:
            notes.typed.append((text, _place(note, frame)))
        elif kind in _TYPED:
            notes.drawn.append((index, _place(note, frame)))
        else:
            into(text)


def _is_shown(note: Any, frame: Frame, layers: Layers) -> bool:
    """Whether a note stands on its page, in no layer that is off, and is not hidden itself."""
    left, bottom, right, top = _place(note, frame)
    if right <= 0 or top <= 0 or left >= frame.width or bottom >= frame.height:
        return False
    if pdfium_c.FPDFAnnot_GetFlags(note) & _NOT_SHOWN:
        return False
    in_layer = pdfium_c.FPDFAnnot_HasKey(note, b"OC")
    return not in_layer or rounded(_stored_place(note)) not in layers.hidden


def _stored_place(note: Any) -> Rectangle:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(note, rect)
    low, high = sorted((rect.bottom, rect.top))
    return rect.left, low, rect.right, high


def _place(note: Any, frame: Frame) -> Rectangle:
    return frame.rectangle(_stored_place(note))


def _words(note: Any, kind: int) -> list[str]:
    """What a note says, in plain or in rich letters; "" for one whose words are drawn alone."""
    text = _string(note, b"Contents") or _plain(_string(note, b"RC"))
    drawn = kind in _DRAWN_ALONE and pdfium_c.FPDFAnnot_HasKey(note, b"AP")
    return [text] if text or drawn else []


def _string(note: Any, key: bytes) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium_c.FPDFAnnot_GetStringValue(note, key, wide, length)
    return canonical_text(buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace"))


def _plain(rich: str) -> str:
    """The paragraphs of a note that is kept as XHTML alone."""
    if not rich:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(rich.encode(), parser)
        parts = list(root.iter("{*}p")) if root is not None else []
        texts = [one_line("".join(part.itertext())) for part in parts or [root]]
        return "\n".join(filter(None, texts))
    return ""


def _field(form: Any, note: Any) -> Iterator[str]:
    """ "Name: value" of a form field that is filled in."""
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


def _text(ask: Callable[..., int], form: Any, note: Any) -> str:
    """A text that pdfium writes as UTF-16 into a buffer of the length it names."""
    length = ask(form, note, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    ask(form, note, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return one_line(buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace"))
