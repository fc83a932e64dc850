"""What a binary workbook (.xlsb) hides: rows and columns, by the records of its parts
([MS-XLSB] 2.1.4, 2.4)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO

from qa_service.reading.formats.office.sheet_details import (
    SheetDetails,
    add_related,
    relations_of,
)

_WORKBOOK = "xl/workbook.bin"
_ROW, _COLUMNS, _SHEET = 0, 60, 156
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x10, 0x01
_MORE = 0x80
_LAST_COLUMN = 16_383
_NO_TEXT = 0xFFFFFFFF


def binary_sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        known = set(package.namelist())
        if _WORKBOOK not in known:
            return {}
        relations = relations_of(package, _WORKBOOK)
        sheets = [_sheet(body) for kind, body in records(package.read(_WORKBOOK)) if kind == _SHEET]
        places = {name: relations.get(relation, ("", ""))[1] for relation, name in sheets}
        return {name: _details(package, it) for name, it in places.items() if it in known}


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record; what is cut off ends them."""
    place = 0
    while place < len(part):
        kind, place = _number(part, place, 2)
        length, place = _number(part, place, 4)
        yield kind, part[place : place + length]
        place += length


def hidden_in(part: bytes) -> SheetDetails:
    """The hidden rows and columns of one sheet."""
    details = SheetDetails()
    for kind, body in records(part):
        if kind == _ROW and len(body) >= 12 and body[11] & _ROW_IS_HIDDEN:
            details.hidden_rows.add(int.from_bytes(body[:4], "little"))
        elif kind == _COLUMNS and len(body) >= 18 and body[16] & _COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<II", body)
            details.hidden_columns |= set(range(first, min(last, _LAST_COLUMN) + 1))
    return details


def _details(package: zipfile.ZipFile, place: str) -> SheetDetails:
    details = hidden_in(package.read(place))
    add_related(package, place, details)
    return details


def _number(part: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the low ones first, and where it ends."""
    value = 0
    for at, byte in enumerate(part[place : place + most]):
        value |= (byte & ~_MORE) << 7 * at
        if not byte & _MORE:
            return value, place + at + 1
    return value, place + most


def _sheet(body: bytes) -> tuple[str, str]:
    """The id of the relation of a sheet, and its name."""
    relation, place = _text(body, 8)
    return relation, _text(body, place)[0]


def _text(body: bytes, place: int) -> tuple[str, int]:
    length = int.from_bytes(body[place : place + 4], "little")
    end = place + 4 + (0 if length == _NO_TEXT else 2 * length)
    return body[place + 4 : end].decode("utf-16-le", "replace"), end
