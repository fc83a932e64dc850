"""What of the sheets of an older workbook (.xls) only their records tell ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from qa_service.reading.content import Block
from qa_service.reading.formats.office.looks.cells import Place
from qa_service.reading.formats.office.workbook.beside_cells import margin_words
from qa_service.reading.formats.office.workbook.details import SheetDetails, reference
from qa_service.translation.catalogue import N_

_END, _SHEET, _BEGIN = 0x0A, 0x85, 0x809
_FORMULA, _HEADER, _FOOTER = 0x06, 0x14, 0x15
_OBJECT, _TEXT, _MORE = 0x5D, 0x1B6, 0x3C
_COMPUTED_ON_LOAD = 0x02
_WIDE = 0x01
_CHART, _BOX_OF_COMMENT, _PICTURE = 0x05, 0x19, 0x08
_ZERO, _NO_TEXT = b"\0" * 8, b"\3\0\0\0\0\0\xff\xff"
"""A formula's value where it is zero, and where it is an empty text."""
CHART_LEFT_OUT = N_("a chart was not read")


def take_records(stream: bytes, sheets: Mapping[str, SheetDetails]) -> None:
    """Adds to the sheets of a workbook what its records say of formulas, boxes and margins."""
    places = {name: start for name, start in _starts(stream) if name in sheets}
    formulas = {name: list(_formulas(stream, start)) for name, start in places.items()}
    values = {value for found in formulas.values() for _, value, _ in found}
    for name, start in places.items():
        _take_sheet(stream, start, sheets[name])
        for place, value, waits in formulas[name]:
            if value in (_ZERO, _NO_TEXT) and (waits or values == {_NO_TEXT}):
                sheets[name].without_value.append(reference(place))
                sheets[name].shown[place] = ""


def _starts(stream: bytes) -> Iterator[tuple[str, int]]:
    """Name and first record of each sheet."""
    for kind, body in records(stream, 0):
        if kind == _SHEET and len(body) > 8:
            (start,) = struct.unpack_from("<I", body)
            yield body[8:].decode("utf-16-le" if body[7] & _WIDE else "latin-1", "replace"), start


def records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record of a part, up to its end; parts within it are left out."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BEGIN) - (kind == _END)
        if kind == _END and depth <= 0:
            return
        if depth <= 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _take_sheet(stream: bytes, start: int, details: SheetDetails) -> None:
    drawn: list[Block] = []
    shape, length = 0, 0
    for kind, body in records(stream, start):
        if kind in (_HEADER, _FOOTER) and len(body) > 3:
            details.margins += filter(None, [margin_words(_text(body[2:], len(body)))])
        elif kind == _OBJECT and len(body) >= 6:
            shape = body[4]
            if shape == _PICTURE:
                details.pictures.append("")
            elif shape == _CHART:
                details.lost.append(CHART_LEFT_OUT)
        elif kind == _TEXT and len(body) >= 12:
            (length,) = struct.unpack_from("<H", body, 10)
        elif kind == _MORE and length and shape != _BOX_OF_COMMENT:
            drawn.append(Block("paragraph", _text(body, length)))
            length = 0
    details.drawn = tuple(drawn)


def _formulas(stream: bytes, start: int) -> Iterator[tuple[Place, bytes, bool]]:
    """Place and stored value of each formula, and whether it waits to be computed."""
    for kind, body in records(stream, start):
        if kind == _FORMULA and len(body) >= 16:
            row, column = struct.unpack_from("<HH", body)
            yield (row, column), body[6:14], bool(body[14] & _COMPUTED_ON_LOAD)


def _text(body: bytes, length: int) -> str:
    """Letters behind a sign of their width."""
    if body[0] & _WIDE:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1", "replace")
