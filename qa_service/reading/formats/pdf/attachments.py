"""Files that a PDF carries: attachments, and the files of a portfolio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

import pypdfium2 as pdfium

from qa_service.reading.content import Member

MOST_ATTACHMENTS = 10_000


def attachment_names(document: pdfium.PdfDocument) -> tuple[str, ...]:
    """The names of the files that an open PDF carries, in its order."""
    count = min(document.count_attachments(), MOST_ATTACHMENTS)
    names = (document.get_attachment(place).get_name() for place in range(count))
    return tuple(name or f"attachment-{place}" for place, name in enumerate(names, start=1))


def attached(data: bytes, names: Sequence[str], lock: Lock) -> tuple[Member, ...]:
    """A member for each name; its bytes are taken, under `lock`, when they are read."""
    return tuple(Member(name, _reader(data, place, lock)) for place, name in enumerate(names))


def _reader(data: bytes, place: int, lock: Lock) -> Callable[[], bytes]:
    def read() -> bytes:
        with lock:
            document = pdfium.PdfDocument(data)
            try:
                return bytes(document.get_attachment(place).get_data())
            finally:
                document.close()

    return read
