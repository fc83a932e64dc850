"""What of a workbook (.xlsx) its cells' values do not tell: formats, what is hidden, formulas."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.content import Block
from qa_service.reading.formats.office.drawings import (
    CHART,
    R,
    chart_blocks,
    paragraph_text,
    paragraphs,
    picture_descriptions,
)
from qa_service.reading.formats.office.number_formats import BUILT_IN
from qa_service.reading.formats.office.package import local_name, parsed_xml

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE = ("1", "true")

Place = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(slots=True)
class SheetDetails:
    """Of one sheet: the formats of its cells, or what they show, its hidden rows and columns,
    first and last cell of those merged, formulas without a stored value, what its drawings
    say, and what is said of each of its pictures."""

    formats: dict[Place, str] = field(default_factory=dict)
    shown: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    without_value: list[str] = field(default_factory=list)
    drawn: tuple[Block, ...] = ()
    has_comments: bool = False
    pictures: list[str] = field(default_factory=list)


def sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        if "xl/workbook.xml" not in package.namelist():
            return {}
        codes, raised_texts = _codes(package), _raised_texts(package)
        relations = relations_of(package, "xl/workbook.xml")
        sheets = parsed_xml(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        places = {
            str(sheet.get("name")): relations.get(sheet.get(f"{R}id"), ("", ""))[1]
            for sheet in sheets
        }
        known = set(package.namelist())
        return {
            name: _details(package, place, codes, raised_texts)
            for name, place in places.items()
            if place in known
        }


def _codes(package: zipfile.ZipFile) -> list[str]:
    """The code of the number format of each style of cells."""
    if "xl/styles.xml" not in package.namelist():
        return []
    root = parsed_xml(package.read("xl/styles.xml"))
    own = {
        int(item.get("numFmtId")): item.get("formatCode") for item in root.iter(f"{_MAIN}numFmt")
    }
    styles = root.find(f"{_MAIN}cellXfs")
    ids = [int(style.get("numFmtId") or 0) for style in (styles if styles is not None else ())]
    return [str(own.get(number) or BUILT_IN.get(number, "")) for number in ids]


def _raised_texts(package: zipfile.ZipFile) -> dict[str, str]:
    """The shared texts with raised figures, by their number, those written as such."""
    place = "xl/sharedStrings.xml"
    data = package.read(place) if place in package.namelist() else b""
    if b"superscript" not in data:
        return {}
    texts = enumerate(parsed_xml(data).iterchildren(f"{_MAIN}si"))
    return {str(number): "".join(map(_run, item)) for number, item in texts if len(item) > 1}


def _run(run: Any) -> str:
    """The text of a run, its figures raised if it is set so."""
    text = "".join(part.text or "" for part in run.iter(f"{_MAIN}t"))
    place = run.find(f"{_MAIN}rPr/{_MAIN}vertAlign")
    return raised(text) if place is not None and place.get("val") == "superscript" else text


def _details(
    package: zipfile.ZipFile, place: str, codes: list[str], raised_texts: dict[str, str]
) -> SheetDetails:
    details = SheetDetails()
    with package.open(place) as part:
        tags = (f"{_MAIN}c", f"{_MAIN}row", f"{_MAIN}col")
        for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True):
            _take(element, details, codes, raised_texts)
            if element.tag == f"{_MAIN}row":
                element.clear()
    add_related(package, place, details)
    return details


def add_related(package: zipfile.ZipFile, place: str, details: SheetDetails) -> None:
    """Adds what a sheet's drawings say, and whether its cells have comments."""
    relations = relations_of(package, place)
    details.has_comments = any("comment" in kind.lower() for kind, _ in relations.values())
    drawings = [target for kind, target in relations.values() if kind.endswith("/drawing")]
    details.drawn = tuple(block for target in drawings for block in _drawn(package, target))
    for target in drawings:
        details.pictures += _pictures(package, target)


def _take(
    element: Any, details: SheetDetails, codes: list[str], raised_texts: dict[str, str]
) -> None:
    is_hidden = element.get("hidden") in _TRUE
    match local_name(element):
        case "row" if is_hidden and element.get("r"):
            details.hidden_rows.add(int(element.get("r")) - 1)
        case "col" if is_hidden:
            last = min(int(element.get("max")), 16_384)
            details.hidden_columns |= set(range(int(element.get("min")) - 1, last))
        case "c":
            _take_cell(element, details, codes, raised_texts)


def _take_cell(
    cell: Any, details: SheetDetails, codes: list[str], raised_texts: dict[str, str]
) -> None:
    reference = cell.get("r") or ""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return
    place = int(found[2]) - 1, _column(found[1])
    style = int(cell.get("s") or 0)
    if code := codes[style] if style < len(codes) else "":
        details.formats[place] = code
    if raised_texts and cell.get("t") == "s":
        text = raised_texts.get(cell.findtext(f"{_MAIN}v") or "")
        details.shown |= {place: text} if text else {}
    if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v"):
        details.without_value.append(reference)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def relations_of(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relation of a part, by its id."""
    folder, name = posixpath.split(part)
    place = f"{folder}/_rels/{name}.rels"
    if place not in package.namelist():
        return {}
    return {
        str(item.get("Id")): (str(item.get("Type")), _target(folder, str(item.get("Target"))))
        for item in parsed_xml(package.read(place))
        if item.get("TargetMode") != "External"
    }


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")


def _pictures(package: zipfile.ZipFile, place: str) -> list[str]:
    """What is said of each picture of a drawing."""
    if place not in package.namelist():
        return []
    return picture_descriptions(parsed_xml(package.read(place)))


def _drawn(package: zipfile.ZipFile, place: str) -> Iterator[Block]:
    """The text boxes and charts of a drawing."""
    if place not in package.namelist():
        return
    root = parsed_xml(package.read(place))
    for text in filter(None, map(paragraph_text, paragraphs(root))):
        yield Block("paragraph", text)
    relations = relations_of(package, place)
    for chart in root.iter(CHART):
        _, target = relations.get(chart.get(f"{R}id"), ("", ""))
        if target in package.namelist():
            yield from chart_blocks(package.read(target))
