"""The details of binary workbooks (.xlsb), by the records of their parts ([MS-XLSB] 2.1.4, 2.4)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from qa_service.reading.formats.office.looks.cell_texts import Piece
from qa_service.reading.formats.office.looks.cells import Grounds
from qa_service.reading.formats.office.looks.colours import theme_scheme
from qa_service.reading.formats.office.packages.parts import parsed_xml, part_of, relations_of
from qa_service.reading.formats.office.workbook.beside_cells import add_related
from qa_service.reading.formats.office.workbook.binary_styles import (
    Styles,
    styles_of,
    text_at,
    text_pieces,
)
from qa_service.reading.formats.office.workbook.details import (
    SheetDetails,
    look_again,
    reference,
    take_look,
)

_WORKBOOK = "xl/workbook.bin"
_STYLES, _TEXTS, _THEME = "xl/styles.bin", "xl/sharedStrings.bin", "xl/theme/theme1.xml"
_ROW, _COLUMNS, _SHEET, _MERGED, _SHARED_TEXT = 0, 60, 156, 176, 19
_BLANK, _ERROR, _SHARED, _FORMULA_ERROR, _RICH = 1, 3, 7, 11, 62
_CELLS = (*range(_BLANK + 1, _FORMULA_ERROR + 1), _RICH)
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x10, 0x01
_OF_STYLE = 0xFFFFFF
_MORE = 0x80
_LAST_COLUMN = 16_383
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}
_NOT_THERE = "#N/A"


@dataclass(frozen=True, slots=True)
class Book:
    """The styles of a workbook, and its shared texts in several runs by their number."""

    styles: Styles
    texts: list[list[Piece]]


def binary_sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        known = set(package.namelist())
        if _WORKBOOK not in known:
            return {}
        book = _book(package)
        relations = relations_of(package, _WORKBOOK)
        sheets = [_sheet(body) for kind, body in records(package.read(_WORKBOOK)) if kind == _SHEET]
        places = {name: relations.get(relation, ("", ""))[1] for relation, name in sheets}
        return {name: _details(package, it, book) for name, it in places.items() if it in known}


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record; what is cut off ends them."""
    place = 0
    while place < len(part):
        kind, place = _number(part, place, 2)
        length, place = _number(part, place, 4)
        yield kind, part[place : place + length]
        place += length


def details_of(part: bytes, book: Book) -> SheetDetails:
    """The details of one sheet, from the records of its part."""
    details, grounds, row = SheetDetails(), Grounds([]), 0
    for kind, body in records(part):
        if kind == _ROW and len(body) >= 12:
            row = int.from_bytes(body[:4], "little")
            if body[11] & _ROW_IS_HIDDEN:
                details.hidden_rows.add(row)
        elif kind == _COLUMNS and len(body) >= 18 and body[16] & _COLUMN_IS_HIDDEN:
            first, last = struct.unpack_from("<II", body)
            details.hidden_columns |= set(range(first, min(last, _LAST_COLUMN) + 1))
        elif kind == _MERGED and len(body) >= 16:
            top, foot, left, right = struct.unpack_from("<4I", body)
            details.merged.append(((top, left), (foot, right)))
        elif kind in _CELLS and len(body) >= 8:
            _take_cell(kind, body, row, details, book, grounds)
    look_again(details, grounds)
    return details


def _take_cell(
    kind: int, body: bytes, row: int, details: SheetDetails, book: Book, grounds: Grounds
) -> None:
    column, style = struct.unpack_from("<II", body)
    place, style = (row, column), style & _OF_STYLE
    looks = book.styles.looks
    if code := looks.codes[style] if style < len(looks.codes) else "":
        details.formats[place] = code
    if kind in (_ERROR, _FORMULA_ERROR):
        shown = _ERRORS.get(body[8] if len(body) > 8 else -1, _NOT_THERE)
        details.errors.append(f"{reference(place)} {shown}")
        return
    parts: list[Piece] = []
    if kind == _SHARED:
        number = int.from_bytes(body[8:12], "little")
        parts = book.texts[number] if number < len(book.texts) else []
    elif kind == _RICH:
        parts = text_pieces(body[8:], book.styles.fonts)
    take_look(place, style, parts, details, looks, grounds)


def _book(package: zipfile.ZipFile) -> Book:
    theme = part_of(package, _THEME)
    scheme = theme_scheme(parsed_xml(theme)) if theme else {}
    styles = styles_of(records(part_of(package, _STYLES)), scheme)
    texts = records(part_of(package, _TEXTS))
    shared = [text_pieces(body, styles.fonts) for kind, body in texts if kind == _SHARED_TEXT]
    return Book(styles, shared)


def _details(package: zipfile.ZipFile, place: str, book: Book) -> SheetDetails:
    details = details_of(package.read(place), book)
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
    relation, place = text_at(body, 8)
    return relation, text_at(body, place)[0]
