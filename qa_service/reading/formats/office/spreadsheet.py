"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods), read with calamine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.office.package import package_properties
from qa_service.reading.formats.office.sheets import sheet_blocks

Cell = int | float | str | bool | time | date | datetime | timedelta
_LARGEST_EXACT = 1e15


def read_spreadsheet(data: bytes) -> Content:
    """A workbook as content: a heading for each visible sheet that holds something."""
    blocks, hidden = _read(data)
    warnings = (f"hidden sheets were not read: {', '.join(hidden)}",) if hidden else ()
    properties = package_properties(data)
    return Content(
        "spreadsheet",
        blocks,
        title=properties.title,
        property_date=properties.created,
        metadata=properties.metadata,
        warnings=warnings,
    )


def _read(data: bytes) -> tuple[tuple[Block, ...], list[str]]:
    """The blocks of a workbook, and the names of its hidden sheets."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            sheets = workbook.sheets_metadata
            hidden = [item.name for item in sheets if item.visible != SheetVisibleEnum.Visible]
            return tuple(_blocks(workbook)), hidden
    except PasswordError as error:
        raise UnreadableDocument("the file is encrypted; save a copy without a password") from error
    except BaseException as error:
        # A panic in the library's Rust code is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableDocument("not a sound spreadsheet; open it and save it anew") from error


def _blocks(workbook: CalamineWorkbook) -> Iterator[Block]:
    for sheet in workbook.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible or sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=True)
        blocks = tuple(sheet_blocks([[_shown(cell) for cell in row] for row in rows]))
        if blocks:
            yield Block("heading", sheet.name, level=1)
            yield from blocks


def _shown(cell: Cell) -> str:
    """A cell in words: whole numbers without a point, dates in ISO 8601."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < _LARGEST_EXACT:
            return str(int(cell))
        case float():
            return f"{cell:.15g}"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)
