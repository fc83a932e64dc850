"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods), read with calamine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Block, Content, Member
from qa_service.reading.formats.office.open_document.sheet_details import open_sheet_details
from qa_service.reading.formats.office.packages.properties import package_properties
from qa_service.reading.formats.office.packages.strict import transitional
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.office.workbook.binary import binary_sheet_details
from qa_service.reading.formats.office.workbook.cells import shown_rows
from qa_service.reading.formats.office.workbook.details import SheetDetails
from qa_service.reading.formats.office.workbook.older import older_sheet_details
from qa_service.reading.formats.office.workbook.open_xml import sheet_details
from qa_service.reading.formats.office.workbook.repairs import MOST_CELLS, repaired
from qa_service.reading.formats.office.workbook.told import lost_of
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

_DETAILS = (binary_sheet_details, older_sheet_details, sheet_details, open_sheet_details)
NO_DETAILS = N_(
    "hidden rows and columns were read too, and numbers as they are stored: how the sheets look "
    "could not be read (%(error)s)"
)


@dataclass(slots=True)
class _Reading:
    """What is met on the way through a workbook that is not read, and the files within it;
    `mended` where all that could be repaired is."""

    lost: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    mended: bool = False


def read_spreadsheet(data: bytes) -> Content:
    """A workbook as content: a heading for each visible sheet that holds something.

    Parts and cells that are not sound are left out, and told.
    """
    data = transitional(data)
    reading = _Reading()
    try:
        blocks = _read(data, reading)
    except (UnreadableDocument, MemoryError):
        raise
    except Exception:
        mended, told = repaired(data)
        if mended == data:
            raise
        data, reading = mended, _Reading(list(told), mended=True)
        blocks = _read(data, reading)
    properties = package_properties(data)
    return Content(
        "spreadsheet",
        blocks,
        title=properties.title,
        property_date=properties.created,
        metadata=properties.metadata,
        warnings=tuple(reading.lost),
        members=tuple(reading.members),
    )


def _read(data: bytes, reading: _Reading) -> tuple[Block, ...]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            return tuple(_blocks(workbook, _details(data, reading.lost), reading))
    except PasswordError as error:
        raise UnreadableDocument(
            said("the file is encrypted; save a copy without a password")
        ) from error
    except BaseException as error:
        # A panic in the library's Rust code is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError(said("not a sound spreadsheet; open it and save it anew")) from error


def _details(data: bytes, lost: list[str]) -> dict[str, SheetDetails]:
    try:
        return next(filter(None, (read(data) for read in _DETAILS)), {})
    except Exception as error:
        lost.append(said(NO_DETAILS, error=type(error).__name__))
        return {}


def _blocks(
    workbook: CalamineWorkbook, details: dict[str, SheetDetails], reading: _Reading
) -> Iterator[Block]:
    sheets = workbook.sheets_metadata
    hidden = [item.name for item in sheets if item.visible != SheetVisibleEnum.Visible]
    if hidden:
        reading.lost.append(said("hidden sheets were not read: %(names)s", names=", ".join(hidden)))
    for sheet in sheets:
        if sheet.name not in hidden:
            known = details.get(sheet.name, SheetDetails())
            found = (*sheet_blocks(_rows(workbook, sheet, known, reading)), *known.drawn)
            reading.lost += lost_of(sheet.name, known)
            reading.members += known.members
            if found:
                yield Block("heading", sheet.name, level=1)
                yield from found


def _rows(
    workbook: CalamineWorkbook, sheet: SheetMetadata, known: SheetDetails, reading: _Reading
) -> list[list[str]]:
    """The cells of a sheet; none of one that has none, or that cannot be read even when mended."""
    if sheet.typ != SheetTypeEnum.WorkSheet:
        if not known.drawn:
            reading.lost.append(
                said("sheet %(sheet)s was not read: it holds no cells", sheet=sheet.name)
            )
        return []
    try:
        if known.cells > MOST_CELLS:
            raise ValueError(f"{known.cells} cells")
        return shown_rows(workbook.get_sheet_by_name(sheet.name), known)
    except Exception as error:
        if not reading.mended:
            raise
        reading.lost.append(
            said(
                "sheet %(sheet)s could not be read (%(error)s)",
                sheet=sheet.name,
                error=type(error).__name__,
            )
        )
        return []
