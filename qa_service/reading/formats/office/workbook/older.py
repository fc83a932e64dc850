"""The details of older workbooks (.xls): looks by xlrd, and what it passes over by records."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import pairwise
from typing import Any

import olefile
import xlrd

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.office.looks.cell_texts import Piece
from qa_service.reading.formats.office.looks.cells import SPECK, CellLook, Grounds
from qa_service.reading.formats.office.looks.colours import BLACK, WHITE, Colour
from qa_service.reading.formats.office.number_formats.numbers import hides, shown_value
from qa_service.reading.formats.office.number_formats.times import is_of_days
from qa_service.reading.formats.office.workbook.details import (
    Looks,
    SheetDetails,
    look_again,
    reference,
    take_look,
)
from qa_service.reading.formats.office.workbook.older_records import take_records

Book = Any
"""A workbook of xlrd, which has no types of its own; so are sheets and fonts."""
_TWIPS = 20
"""Of a point: heights of fonts are in them."""
_CLEAR, _SOLID = 0, 1
_LATER_CALENDAR = 1462
"""Days from the first of the usual calendar to that of the Macintosh, 1904."""


def older_sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not data.startswith(olefile.MAGIC):  # isOleFile takes few bytes for a path
        return {}
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
    found = details_of(book)
    with olefile.OleFileIO(BytesIO(data)) as file:
        stream = file.openstream("Workbook").read() if file.exists("Workbook") else b""
    take_records(stream, found)
    return found


def details_of(book: Book) -> dict[str, SheetDetails]:
    """What of each sheet of a workbook xlrd tells."""
    looks = _looks(book)
    return {sheet.name: _details(sheet, looks) for sheet in book.sheets()}


def _looks(book: Book) -> Looks:
    fonts = [book.font_list[style.font_index] for style in book.xf_list]
    return Looks(
        codes=[book.format_map[style.format_key].format_str for style in book.xf_list],
        strikes=[bool(font.struck_out) for font in fonts],
        cells=[_look(style, font, book) for style, font in zip(book.xf_list, fonts, strict=True)],
    )


def _look(style: Any, font: Any, book: Book) -> CellLook:
    fill = style.background
    solid = _colour(fill.pattern_colour_index, book, WHITE) if fill.fill_pattern == _SOLID else None
    clear = fill.fill_pattern == _CLEAR
    ink = _colour(font.colour_index, book, BLACK)
    return CellLook(ink, WHITE if clear else solid, not clear, _is_speck(font))


def _colour(index: int, book: Book, usual: Colour) -> Colour:
    """A colour of the workbook's palette; `usual` for those that the system chooses."""
    return book.colour_map.get(index) or usual


def _is_speck(font: Any) -> bool:
    return 0 < int(font.height) <= SPECK * _TWIPS


def _details(sheet: Any, looks: Looks) -> SheetDetails:
    details, grounds = SheetDetails(), Grounds([])
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                _take_cell(sheet, (row, column), details, looks, grounds)
    details.hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    details.hidden_columns = {at for at, info in sheet.colinfo_map.items() if info.hidden}
    details.merged = [((a, c), (b - 1, d - 1)) for a, b, c, d in sheet.merged_cells]
    details.has_comments = bool(sheet.cell_note_map)
    look_again(details, grounds)
    return details


def _take_cell(
    sheet: Any, place: tuple[int, int], details: SheetDetails, looks: Looks, grounds: Grounds
) -> None:
    cell = sheet.cell(*place)
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        _take_number(cell.value, place, looks.codes[cell.xf_index], sheet.book, details)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        shown = xlrd.error_text_from_code.get(cell.value, "")
        details.errors.append(f"{reference(place)} {shown}".strip())
    else:
        parts = list(_pieces(sheet, place, sheet.book))
        take_look(place, cell.xf_index, parts, details, looks, grounds)


def _take_number(
    value: float, place: tuple[int, int], code: str, book: Book, details: SheetDetails
) -> None:
    """Notes how a sheet shows a number; calamine takes some of them for days."""
    later = _LATER_CALENDAR if book.datemode and is_of_days(code) else 0
    is_hidden = hides(value, code)
    if is_hidden:
        details.unseen[place] = reference(place)
    details.shown[place] = "" if is_hidden else shown_value(repr(value + later), code)


def _pieces(sheet: Any, place: tuple[int, int], book: Book) -> Iterator[Piece]:
    """The runs of a cell's text; none of one that is not divided."""
    runs = sheet.rich_text_runlist_map.get(place)
    if not runs:
        return
    text, style = sheet.cell_value(*place), sheet.cell(*place).xf_index
    starts = [(0, book.xf_list[style].font_index), *runs, (len(text), 0)]
    for (start, font), (end, _) in pairwise(starts):
        look = book.font_list[font]
        part = text[start:end]
        yield Piece(
            raised(part) if look.escapement == 1 else part,
            struck=bool(look.struck_out),
            speck=_is_speck(look),
            ink=_colour(look.colour_index, book, BLACK),
        )
