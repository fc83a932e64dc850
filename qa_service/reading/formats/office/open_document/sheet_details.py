"""What of an OpenDocument sheet (.ods) its cells' values do not tell: numbers as it shows
them, cells over several rows, what is hidden, comments."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.formats.office.looks.cells import Place
from qa_service.reading.formats.office.open_document.markup import emptied, struck
from qa_service.reading.formats.office.open_document.styles import (
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    Styles,
    take_style,
)
from qa_service.reading.formats.office.sheet_details import SheetDetails, reference

Element = Any
_NUMBERS = ("float", "percentage", "currency")
_IMAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image"
_SAID = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc"
_HIDDEN = ("collapse", "filter")
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_TAGS = (*(f"{TABLE}{name}" for name in ("table", "table-row", "table-column")), f"{STYLE}style")
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
            events = ("start", "end")
            _read(etree.iterparse(part, events, tag=_TAGS, resolve_entities=False), details)
    return details


def _read(events: Any, details: dict[str, SheetDetails]) -> None:
    sheet, row, column, styles = SheetDetails(), 0, 0, Styles()
    for event, element in events:
        if element.tag == f"{TABLE}table":
            if event == "start":
                sheet, row, column = SheetDetails(), 0, 0
                details[str(element.get(f"{TABLE}name"))] = sheet
        elif event == "end" and element.tag == f"{STYLE}style":
            take_style(element, styles)
        elif event == "end" and element.tag == f"{TABLE}table-column":
            column = _take_column(element, column, sheet)
        elif event == "end":
            row = _take_row(element, row, sheet, styles)
            element.clear()


def _take_column(element: Element, column: int, sheet: SheetDetails) -> int:
    times = _times(element, "columns")
    if element.get(f"{TABLE}visibility") in _HIDDEN and times < MOST_REPEATED:
        sheet.hidden_columns |= set(range(column, column + times))
    return column + times


def _take_row(element: Element, row: int, sheet: SheetDetails, styles: Styles) -> int:
    times = _times(element, "rows")
    hidden = element.get(f"{TABLE}visibility") in _HIDDEN
    if hidden and any(element.itertext()):
        sheet.hidden_rows |= set(range(row, row + min(times, MOST_REPEATED)))
    column = 0
    for cell in element.iter(*_CELLS):
        is_cut = bool(sum(map(emptied, _struck_parts(cell, styles))))
        repeated = _times(cell, "columns")
        for place in range(column, column + min(repeated, MOST_REPEATED) if len(cell) else column):
            _take_cell(cell, (row, place), sheet, is_cut)
        column += repeated
    return row + times


def _struck_parts(cell: Element, styles: Styles) -> list[Element]:
    whole = styles.strikes(str(cell.get(f"{TABLE}style-name") or ""))
    return list(cell.iterchildren(f"{TEXT}p") if whole else struck(cell, styles))


def _take_cell(cell: Element, place: Place, sheet: SheetDetails, is_cut: bool) -> None:
    text = "\n".join("".join(part.itertext()) for part in cell.iterchildren(f"{TEXT}p"))
    if is_cut:
        sheet.struck[place] = reference(place)
    if is_cut or (cell.get(f"{OFFICE}value-type") in _NUMBERS and text.strip()):
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
