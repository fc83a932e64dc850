"""What of an OpenDocument sheet (.ods) its cells' values do not tell: numbers as it shows
them, cells over several rows, what is hidden, comments."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.formats.office.open_document.styles import OFFICE, TABLE, TEXT
from qa_service.reading.formats.office.sheet_details import Place, SheetDetails

Element = Any
_NUMBERS = ("float", "percentage", "currency")
_IMAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image"
_SAID = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc"
_HIDDEN = ("collapse", "filter")
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
MOST_REPEATED = 20_000


def open_sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    details: dict[str, SheetDetails] = {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        if "content.xml" not in package.namelist():
            return {}
        with package.open("content.xml") as part:
            tags = (f"{TABLE}table", f"{TABLE}table-row", f"{TABLE}table-column")
            events = ("start", "end")
            _read(etree.iterparse(part, events, tag=tags, resolve_entities=False), details)
    return details


def _read(events: Any, details: dict[str, SheetDetails]) -> None:
    sheet, row, column = SheetDetails(), 0, 0
    for event, element in events:
        if element.tag == f"{TABLE}table":
            if event == "start":
                sheet, row, column = SheetDetails(), 0, 0
                details[str(element.get(f"{TABLE}name"))] = sheet
        elif event == "end" and element.tag == f"{TABLE}table-column":
            column = _take_column(element, column, sheet)
        elif event == "end":
            row = _take_row(element, row, sheet)
            element.clear()


def _take_column(element: Element, column: int, sheet: SheetDetails) -> int:
    times = _times(element, "columns")
    if element.get(f"{TABLE}visibility") in _HIDDEN and times < MOST_REPEATED:
        sheet.hidden_columns |= set(range(column, column + times))
    return column + times


def _take_row(element: Element, row: int, sheet: SheetDetails) -> int:
    times = _times(element, "rows")
    hidden = element.get(f"{TABLE}visibility") in _HIDDEN
    if hidden and any(element.itertext()):
        sheet.hidden_rows |= set(range(row, row + min(times, MOST_REPEATED)))
    column = 0
    for cell in element.iter(*_CELLS):
        repeated = _times(cell, "columns")
        for place in range(column, column + min(repeated, MOST_REPEATED) if len(cell) else column):
            _take_cell(cell, (row, place), sheet)
        column += repeated
    return row + times


def _take_cell(cell: Element, place: Place, sheet: SheetDetails) -> None:
    text = "\n".join("".join(part.itertext()) for part in cell.iterchildren(f"{TEXT}p"))
    if cell.get(f"{OFFICE}value-type") in _NUMBERS and text.strip():
        sheet.shown[place] = text
    rows = int(cell.get(f"{TABLE}number-rows-spanned") or 1)
    if rows > 1:
        sheet.merged.append((place, (place[0] + rows - 1, place[1])))
    if cell.find(f"{OFFICE}annotation") is not None:
        sheet.has_comments = True
    sheet.pictures += [_described(image) for image in cell.iter(_IMAGE)]


def _described(image: Element) -> str:
    """What is said of a picture in the frame around it."""
    frame = image.getparent()
    return str(next((part.text or "" for part in frame.iterchildren(_SAID)), ""))


def _times(element: Element, what: str) -> int:
    return int(element.get(f"{TABLE}number-{what}-repeated") or 1)
