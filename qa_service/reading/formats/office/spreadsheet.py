"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods), read with calamine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from qa_service.errors import UnreadableDocument
from qa_service.reading.blocks.losses import pictures_told
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.office.looks.cells import Place
from qa_service.reading.formats.office.number_formats import hides, shown_number, shown_time
from qa_service.reading.formats.office.older.binary_sheet_details import binary_sheet_details
from qa_service.reading.formats.office.older.sheet_details import older_sheet_details
from qa_service.reading.formats.office.open_document.sheet_details import open_sheet_details
from qa_service.reading.formats.office.package import package_properties
from qa_service.reading.formats.office.sheet_details import (
    SheetDetails,
    reference,
    sheet_details,
)
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.office.strict import transitional
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

Cell = int | float | str | bool | time | date | datetime | timedelta
NO_DETAILS = N_(
    "hidden rows and columns were read too, and numbers as they are stored: of a file of this "
    "kind neither is known; save it as .xlsx"
)
NO_FORMATS = N_(
    "numbers were read as they are stored: of a file of this kind their formats are not known; "
    "save it as .xlsx"
)
MOST_NAMED = 10
"""So many cells or rows that are not read are named; of more, their number is told."""


def read_spreadsheet(data: bytes) -> Content:
    """A workbook as content: a heading for each visible sheet that holds something."""
    data = transitional(data)
    lost: list[str] = []
    blocks = _read(data, lost)
    properties = package_properties(data)
    return Content(
        "spreadsheet",
        blocks,
        title=properties.title,
        property_date=properties.created,
        metadata=properties.metadata,
        warnings=tuple(lost),
    )


def _read(data: bytes, lost: list[str]) -> tuple[Block, ...]:
    """The blocks of a workbook; what is not read of it is added to `lost`."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            return tuple(_blocks(workbook, _details(data, lost), lost))
    except PasswordError as error:
        raise UnreadableDocument(
            said("the file is encrypted; save a copy without a password")
        ) from error
    except BaseException as error:
        # A panic in the library's Rust code is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableDocument(
            said("not a sound spreadsheet; open it and save it anew")
        ) from error


def _details(data: bytes, lost: list[str]) -> dict[str, SheetDetails]:
    try:
        details = binary_sheet_details(data) or older_sheet_details(data)
        if not details and (known := sheet_details(data) or open_sheet_details(data)):
            return known
        lost.append(NO_FORMATS if details else NO_DETAILS)
        return details
    except Exception as error:
        lost.append(
            said("the formats of numbers could not be read (%(error)s)", error=type(error).__name__)
        )
        return {}


def _blocks(
    workbook: CalamineWorkbook, details: dict[str, SheetDetails], lost: list[str]
) -> Iterator[Block]:
    sheets = workbook.sheets_metadata
    hidden = [item.name for item in sheets if item.visible != SheetVisibleEnum.Visible]
    if hidden:
        lost.append(said("hidden sheets were not read: %(names)s", names=", ".join(hidden)))
    for sheet in sheets:
        if sheet.name in hidden:
            continue
        known = details.get(sheet.name, SheetDetails())
        if sheet.typ == SheetTypeEnum.WorkSheet:
            rows = _rows(workbook.get_sheet_by_name(sheet.name), known)
        else:
            rows = []
            lost += (
                []
                if known.drawn
                else [said("sheet %(sheet)s was not read: it holds no cells", sheet=sheet.name)]
            )
        lost += _lost(sheet.name, known)
        if blocks := (*sheet_blocks(rows), *known.drawn):
            yield Block("heading", sheet.name, level=1)
            yield from blocks


def _lost(name: str, details: SheetDetails) -> Iterator[str]:
    """A sentence for each thing of a sheet that was not read."""
    yield from _hidden(name, details)
    yield from _without_text(name, details)
    yield from pictures_told(details.pictures, said(" on sheet %(name)s", name=name))


def _hidden(name: str, details: SheetDetails) -> Iterator[str]:
    if details.hidden_rows:
        rows = [str(row + 1) for row in sorted(details.hidden_rows)]
        yield said(
            "hidden rows of sheet %(name)s were not read: %(places)s",
            name=name,
            places=_named(rows),
        )
    if details.hidden_columns:
        yield said(
            "hidden columns of sheet %(name)s were not read: %(number)s",
            name=name,
            number=len(details.hidden_columns),
        )


def _without_text(name: str, details: SheetDetails) -> Iterator[str]:
    """Of cells whose text is struck out, which hold no value, or have comments."""
    if details.struck:
        yield said(
            "struck-out text of sheet %(name)s was not read: %(places)s",
            name=name,
            places=_named(list(details.struck.values())),
        )
    if details.unseen:
        yield said(
            "what is not to be seen on sheet %(name)s was not read: %(places)s",
            name=name,
            places=_named([details.unseen[place] for place in sorted(details.unseen)]),
        )
    if details.without_value:
        yield said(
            "formulas of sheet %(name)s hold no value: %(places)s; open and save the file "
            "in a spreadsheet program",
            name=name,
            places=_named(details.without_value),
        )
    if details.has_comments:
        yield said("comments on cells of sheet %(name)s were not read", name=name)


def _named(items: Sequence[str]) -> str:
    named, more = ", ".join(items[:MOST_NAMED]), len(items) - MOST_NAMED
    return said("%(places)s and %(number)s more", places=named, number=more) if more > 0 else named


def _rows(sheet: CalamineSheet, details: SheetDetails) -> list[list[str]]:
    """The cells of a sheet as it shows them, hidden ones left out."""
    top, left = sheet.start or (0, 0)
    rows = [
        [_text_at((top + r, left + c), cell, details) for c, cell in enumerate(row)]
        for r, row in enumerate(sheet.to_python(skip_empty_area=True))
    ]
    _carry_down(sheet.merged_cell_ranges or details.merged, rows, top, left)
    return [
        [cell for c, cell in enumerate(row) if left + c not in details.hidden_columns]
        for r, row in enumerate(rows)
        if top + r not in details.hidden_rows
    ]


def _text_at(place: Place, cell: Cell, details: SheetDetails) -> str:
    shown, code = details.shown.get(place), details.formats.get(place, "")
    if code and cell != "" and hides(cell, code) and not details.is_hidden(place):
        details.unseen[place] = reference(place)
        return ""
    return shown if shown is not None else _shown(cell, code)


def _carry_down(
    merged: Sequence[tuple[Place, Place]], rows: list[list[str]], top: int, left: int
) -> None:
    """Writes what a merged cell says into every row that it covers; names of columns stay."""
    for (first, column), (last, _) in merged:
        place = column - left
        if first <= top or not 0 <= first - top < len(rows) or not 0 <= place < len(rows[0]):
            continue
        for row in rows[first - top + 1 : last - top + 1]:
            row[place] = row[place] or rows[first - top][place]


def _shown(cell: Cell, code: str) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case int() | float():
            return shown_number(cell, code)
        case date() | time() | timedelta():
            return shown_time(cell, code)
        case _:
            return str(cell)
