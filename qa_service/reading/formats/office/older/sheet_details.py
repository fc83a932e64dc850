"""What an older workbook (.xls) hides: rows and columns, by the records of its sheets."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from qa_service.reading.formats.office.sheet_details import SheetDetails

_SHEET, _END, _ROW, _COLUMNS = 0x85, 0x0A, 0x208, 0x7D
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 0x01
_WIDE = 0x01
LAST_COLUMN = 255


def older_sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The hidden rows and columns of each sheet of a workbook; empty for other formats."""
    if not data.startswith(olefile.MAGIC):  # isOleFile takes few bytes for a path
        return {}
    with olefile.OleFileIO(BytesIO(data)) as file:
        stream = file.openstream("Workbook").read() if file.exists("Workbook") else b""
    return hidden_in(stream)


def hidden_in(stream: bytes) -> dict[str, SheetDetails]:
    """The same, of the records of a workbook."""
    sheets: dict[str, SheetDetails] = {}
    for kind, body in _records(stream, 0):
        if kind == _SHEET and len(body) > 8:
            (start,) = struct.unpack_from("<I", body)
            name = body[8:].decode("utf-16-le" if body[7] & _WIDE else "latin-1", "replace")
            sheets[name] = _details(stream, start)
    return sheets


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record of a part, up to its end."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _END:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _details(stream: bytes, start: int) -> SheetDetails:
    details = SheetDetails()
    for kind, body in _records(stream, start):
        if kind == _ROW and len(body) >= 14 and body[12] & _ROW_IS_HIDDEN:
            details.hidden_rows.add(int.from_bytes(body[:2], "little"))
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & _COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<HH", body)
            details.hidden_columns |= set(range(first, min(last, LAST_COLUMN) + 1))
    return details
