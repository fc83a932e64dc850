"""The details of workbooks in Open XML (.xlsx), by the parts of their packages."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.formats.office.drawings.words import R
from qa_service.reading.formats.office.looks.cell_texts import (
    Piece,
    is_struck,
    pieces,
    shared_texts,
)
from qa_service.reading.formats.office.looks.cells import (
    MAIN,
    Grounds,
    Range,
    cell_looks,
    column_number,
    ranges_of,
)
from qa_service.reading.formats.office.looks.colours import Scheme, theme_scheme
from qa_service.reading.formats.office.number_formats.codes import BUILT_IN
from qa_service.reading.formats.office.packages.parts import (
    local_name,
    parsed_xml,
    part_of,
    relations_of,
)
from qa_service.reading.formats.office.workbook.beside_cells import add_related, margin_words
from qa_service.reading.formats.office.workbook.details import (
    Looks,
    SheetDetails,
    look_again,
    take_look,
)

Element = Any
_WORKBOOK = "xl/workbook.xml"
_STYLES, _TEXTS, _THEME = "xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TAGS = [
    f"{MAIN}{name}"
    for name in ("c", "row", "col", "conditionalFormatting", "picture", "headerFooter")
]
_TRUE = ("1", "true")
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class _Book:
    """Of a workbook: its looks, the colours of its theme, the shared texts in several runs by
    their number, and whether its formulas wait to be computed when it is opened."""

    looks: Looks
    scheme: Scheme
    texts: dict[str, list[Piece]]
    waits: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet on the way: its workbook, what is known of it, and what colours its cells."""

    book: _Book
    details: SheetDetails
    grounds: Grounds


def sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        known = set(package.namelist())
        if _WORKBOOK not in known:
            return {}
        root = parsed_xml(package.read(_WORKBOOK))
        book = _book(package, root)
        found = sheet_parts(package, root)
        return {name: _details(package, it, book) for name, it in found.items() if it in known}


def sheet_parts(package: zipfile.ZipFile, workbook: Element) -> dict[str, str]:
    """The place of the part of each sheet, by its name, from the root of the workbook's part."""
    relations = relations_of(package, _WORKBOOK)
    return {
        str(sheet.get("name")): relations.get(sheet.get(f"{R}id"), ("", ""))[1]
        for sheet in workbook.iter(f"{MAIN}sheet")
    }


def _book(package: zipfile.ZipFile, workbook: Element) -> _Book:
    theme, styles = part_of(package, _THEME), part_of(package, _STYLES)
    scheme = theme_scheme(parsed_xml(theme)) if theme else {}
    computing = workbook.find(f"{MAIN}calcPr")
    return _Book(
        _looks(parsed_xml(styles), scheme) if styles else Looks([], [], []),
        scheme,
        shared_texts(part_of(package, _TEXTS), scheme),
        waits=computing is not None and computing.get("fullCalcOnLoad") in _TRUE,
    )


def _looks(styles: Element, scheme: Scheme) -> Looks:
    codes = _codes(styles)
    fonts = enumerate(styles.iterfind(f"{MAIN}fonts/{MAIN}font"))
    struck = {number for number, font in fonts if is_struck(font)}
    found = styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    strikes = [int(style.get("fontId") or 0) in struck for style in found]
    return Looks(codes, strikes, cell_looks(styles, scheme, codes))


def _codes(styles: Element) -> list[str]:
    """The number format of each style of cells."""
    own = {
        int(item.get("numFmtId")): item.get("formatCode") for item in styles.iter(f"{MAIN}numFmt")
    }
    found = styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    numbers = [int(style.get("numFmtId") or 0) for style in found]
    return [str(own.get(number) or BUILT_IN.get(number, "")) for number in numbers]


def _details(package: zipfile.ZipFile, place: str, book: _Book) -> SheetDetails:
    sheet = _Sheet(book, SheetDetails(), Grounds(_tables(package, place)))
    with package.open(place) as part:
        for _, element in etree.iterparse(part, tag=_TAGS, resolve_entities=False, no_network=True):
            _take(element, sheet)
            if element.tag == f"{MAIN}row":
                element.clear()
    look_again(sheet.details, sheet.grounds)
    add_related(package, place, sheet.details)
    return sheet.details


def _take(element: Element, sheet: _Sheet) -> None:
    details, is_hidden = sheet.details, _is_hidden(element)
    match local_name(element):
        case "row" if is_hidden and _whole(element.get("r")):
            details.hidden_rows.add(_whole(element.get("r")) - 1)
        case "col" if is_hidden:
            last = min(_whole(element.get("max")), _LAST_COLUMN)
            details.hidden_columns |= set(range(_whole(element.get("min")) - 1, last))
        case "conditionalFormatting":
            sheet.grounds.rules += ranges_of(element.get("sqref") or "")
        case "picture":
            sheet.grounds.pictured = True
        case "headerFooter":
            details.margins += filter(None, (margin_words(item.text or "") for item in element))
        case "c":
            _take_cell(element, sheet)


def _is_hidden(element: Element) -> bool:
    """Whether a row or column is set so, or has no size."""
    size = element.get("ht" if element.tag == f"{MAIN}row" else "width") or ""
    return element.get("hidden") in _TRUE or (bool(size) and not size.strip("0."))


def _take_cell(cell: Element, sheet: _Sheet) -> None:
    written = cell.get("r") or ""
    found = _REFERENCE.fullmatch(written)
    if not found:
        return
    place = int(found[2]) - 1, column_number(found[1])
    sheet.details.rows = max(sheet.details.rows, place[0] + 1)
    sheet.details.columns = max(sheet.details.columns, place[1] + 1)
    style, codes = _whole(cell.get("s")), sheet.book.looks.codes
    if code := codes[style] if style < len(codes) else "":
        sheet.details.formats[place] = code
    value = cell.findtext(f"{MAIN}v") or ""
    if cell.get("t") == "e":
        sheet.details.errors.append(f"{written} {value}".strip())
    if _waits(cell, value, sheet.book):
        sheet.details.without_value.append(written)
        sheet.details.shown[place] = ""
    elif len(cell):
        parts = _pieces(cell, value, sheet.book)
        take_look(place, style, parts, sheet.details, sheet.book.looks, sheet.grounds)


def _waits(cell: Element, value: str, book: _Book) -> bool:
    """Whether a cell holds a formula that nobody computed; programs store 0 for such, too."""
    if cell.find(f"{MAIN}f") is None:
        return False
    return (not value and cell.get("t") != "str") or (book.waits and value in ("", "0"))


def _pieces(cell: Element, value: str, book: _Book) -> Sequence[Piece]:
    """The runs of a cell's text; none of one that is not divided."""
    if cell.get("t") == "s":
        return book.texts.get(value, [])
    inline = cell.find(f"{MAIN}is")
    return pieces(inline, book.scheme) if inline is not None else []


def _tables(package: zipfile.ZipFile, place: str) -> list[Range]:
    """The parts of a sheet that are tables with a look of their own."""
    relations = relations_of(package, place).values()
    parts = [part_of(package, target) for kind, target in relations if kind.endswith("/table")]
    roots = [parsed_xml(part) for part in parts if part]
    return [one for root in roots for one in ranges_of(str(root.get("ref") or ""))]


def _whole(written: str | None) -> int:
    """A whole number as files write it; 0 of whatever is none."""
    return int(written) if written and written.isdecimal() else 0
