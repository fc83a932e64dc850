"""What of an OpenDocument sheet (.ods) its cells' values do not tell: numbers as it shows
them, cells over several rows, what is hidden, comments."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.content import Block
from qa_service.reading.formats.office.looks.cells import Place
from qa_service.reading.formats.office.looks.colours import WHITE, alike
from qa_service.reading.formats.office.open_document.markup import emptied, struck
from qa_service.reading.formats.office.open_document.objects import (
    open_objects,
    stands_for_another,
)
from qa_service.reading.formats.office.open_document.styles import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    Styles,
    styles_of,
    take_style,
)
from qa_service.reading.formats.office.packages.parts import parsed_xml, part_of
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.reading.formats.office.workbook.details import SheetDetails, reference

Element = Any
_AS_SHOWN = ("float", "percentage", "currency", "time")
_ERROR = re.compile(r"#(?:N/A|[A-Z/0]+[!?])|Err:\d{3}")
_BLANKS = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_IMAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image"
_SAID = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc"
_HIDDEN = ("collapse", "filter")
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_TAGS = (
    *(f"{TABLE}{name}" for name in ("table", "table-row", "table-column", "shapes")),
    f"{STYLE}style",
)
MOST_REPEATED = 20_000


def open_sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    details: dict[str, SheetDetails] = {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        if "content.xml" not in package.namelist():
            return {}
        shared = part_of(package, "styles.xml")
        styles = styles_of([parsed_xml(shared)] if shared else [])
        with package.open("content.xml") as part:
            events = etree.iterparse(part, ("start", "end"), tag=_TAGS, resolve_entities=False)
            _read(events, details, styles, package)
    return details


def _read(
    events: Any, details: dict[str, SheetDetails], styles: Styles, package: zipfile.ZipFile
) -> None:
    sheet, row, column = SheetDetails(), 0, 0
    for event, element in events:
        if element.tag == f"{TABLE}table":
            if event == "start":
                sheet, row, column = SheetDetails(), 0, 0
                details[str(element.get(f"{TABLE}name"))] = sheet
        elif event == "end" and element.tag == f"{STYLE}style":
            take_style(element, styles)
        elif event == "end" and element.tag == f"{TABLE}table-column":
            column = _take_column(element, column, sheet)
        elif event == "end" and element.tag == f"{TABLE}shapes":
            _take_shapes(element, sheet, package)
        elif event == "end":
            _take_shapes(element, sheet, package)
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
        says = len(cell) or cell.get(f"{TABLE}formula")
        for place in range(column, column + min(repeated, MOST_REPEATED) if says else column):
            _take_cell(cell, (row, place), sheet, is_cut, styles)
        column += repeated
    return row + times


def _take_shapes(element: Element, sheet: SheetDetails, package: zipfile.ZipFile) -> None:
    """Notes what boxes, charts and pictures upon cells say, and takes them out."""
    if element.find(f".//{DRAW}*") is None:
        return
    objects = open_objects(element, package)
    sheet.members += objects.members
    sheet.objects += objects.lost
    sheet.pictures += [
        _described(image) for image in element.iter(_IMAGE) if not stands_for_another(image)
    ]
    for shape in [it for it in element.iter() if _is_outermost_shape(it)]:
        sheet.drawn += tuple(_shape_blocks(shape))
        shape.getparent().remove(shape)


def _is_outermost_shape(element: Element) -> bool:
    inner = (it for it in element.iterancestors() if _is_shape(it))
    return _is_shape(element) and next(inner, None) is None


def _is_shape(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(DRAW)


def _shape_blocks(shape: Element) -> Iterator[Block]:
    tables = list(shape.iter(f"{TABLE}table"))
    for line in shape.iter(f"{TEXT}p"):
        within = next(line.iterancestors(f"{TABLE}table"), None)
        if (within is None or within not in tables) and (text := _line(line).strip()):
            yield Block("paragraph", text)
    for table in tables:
        rows = ([_text(cell) for cell in row] for row in table.iter(f"{TABLE}table-row"))
        yield from sheet_blocks(list(rows))


def _text(cell: Element) -> str:
    """The lines of a cell."""
    return "\n".join(map(_line, cell.iterchildren(f"{TEXT}p")))


def _line(element: Element) -> str:
    """The words of a line, blanks and breaks within it as such."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_BLANKS.get(child.tag) or _line(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _struck_parts(cell: Element, styles: Styles) -> list[Element]:
    whole = styles.strikes(str(cell.get(f"{TABLE}style-name") or ""))
    return list(cell.iterchildren(f"{TEXT}p") if whole else struck(cell, styles))


def _take_cell(
    cell: Element, place: Place, sheet: SheetDetails, is_cut: bool, styles: Styles
) -> None:
    text, kind = _text(cell), cell.get(f"{OFFICE}value-type")
    if is_cut:
        sheet.struck[place] = reference(place)
    elif text.strip() and _is_unseen(cell, styles):
        sheet.unseen[place], text = reference(place), ""
        sheet.shown[place] = text
    if is_cut or len(cell.findall(f"{TEXT}p/*")) or (kind in _AS_SHOWN and text.strip()):
        sheet.shown[place] = text
    if _ERROR.fullmatch(text):
        sheet.errors.append(f"{reference(place)} {text}")
    elif cell.get(f"{TABLE}formula") and kind is None:
        sheet.without_value.append(reference(place))
    rows = int(cell.get(f"{TABLE}number-rows-spanned") or 1)
    if rows > 1:
        sheet.merged.append((place, (place[0] + rows - 1, place[1])))
    if cell.find(f"{OFFICE}annotation") is not None:
        sheet.has_comments = True


def _is_unseen(cell: Element, styles: Styles) -> bool:
    """Whether nobody sees a cell's letters: in the colour of their ground, or specks."""
    name = str(cell.get(f"{TABLE}style-name") or "")
    ground = styles.said(styles.grounds, name) or WHITE
    return bool(name) and (
        alike(styles.said(styles.inks, name), ground) or bool(styles.said(styles.specks, name))
    )


def _described(image: Element) -> str:
    """What is said of a picture in the frame around it."""
    frame = image.getparent()
    return str(next((part.text or "" for part in frame.iterchildren(_SAID)), ""))


def _times(element: Element, what: str) -> int:
    return int(element.get(f"{TABLE}number-{what}-repeated") or 1)
