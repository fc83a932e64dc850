"""Files that a PDF carries: attachments, the files of a portfolio, and those pinned to a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.content import Member

MOST_ATTACHMENTS = 10_000


class Carried(NamedTuple):
    """A file by its place among those of the PDF, or among the notes of a page, from 0."""

    name: str
    place: int
    page: int | None = None


def attachments(document: pdfium.PdfDocument) -> Iterator[Carried]:
    """The files that an open PDF carries as a whole, in its order."""
    for place in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
        name = document.get_attachment(place).get_name()
        yield Carried(name or f"attachment-{place + 1}", place)


def pinned(document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int) -> Iterator[Carried]:
    """The files that notes on a page hold."""
    for place in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), MOST_ATTACHMENTS)):
        note = pdfium_c.FPDFPage_GetAnnot(page, place)
        try:
            if found := _of_note(document, note):
                name = found.get_name() or f"attachment-{number}-{place + 1}"
                yield Carried(name, place, number - 1)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(note)


def attached(data: bytes, carried: Sequence[Carried], lock: Lock) -> tuple[Member, ...]:
    """A member for each file; its bytes are taken, under `lock`, when they are read."""
    return tuple(Member(file.name, _reader(data, file, lock)) for file in carried)


def _reader(data: bytes, file: Carried, lock: Lock) -> Callable[[], bytes]:
    def read() -> bytes:
        with lock:
            document = pdfium.PdfDocument(data)
            try:
                return _bytes(document, file)
            finally:
                document.close()

    return read


def _bytes(document: pdfium.PdfDocument, file: Carried) -> bytes:
    if file.page is None:
        return bytes(document.get_attachment(file.place).get_data())
    note = pdfium_c.FPDFPage_GetAnnot(document[file.page], file.place)
    try:
        found = _of_note(document, note)
        return bytes(found.get_data()) if found else b""
    finally:
        pdfium_c.FPDFPage_CloseAnnot(note)


def _of_note(document: pdfium.PdfDocument, note: object) -> pdfium.PdfAttachment | None:
    """The file that a note holds, where it is one that holds a file."""
    if pdfium_c.FPDFAnnot_GetSubtype(note) != pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
        return None
    found = pdfium_c.FPDFAnnot_GetFileAttachment(note)
    return pdfium.PdfAttachment(found, document) if found else None
