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


@dataclass(frozen=True, slots=True)
class _Looks:
    """Of a workbook: number format of each style of cells, and whether it strikes them out; the
    shared texts in several runs by their number, without struck-out runs, and whether there
    were some."""

    codes: list[str]
    strikes: list[bool]
    texts: dict[str, tuple[str, bool]]


@dataclass(slots=True)
class SheetDetails:
    """Of one sheet: the formats of its cells, or what they show, those with struck-out text,
    its hidden rows and columns, first and last cell of those merged, formulas without a stored
    value, what its drawings say, and what is said of each of its pictures."""

    formats: dict[Place, str] = field(default_factory=dict)
    struck: dict[Place, str] = field(default_factory=dict)
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
        looks = _looks(package)
        relations = relations_of(package, "xl/workbook.xml")
        sheets = parsed_xml(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        places = {
            str(sheet.get("name")): relations.get(sheet.get(f"{R}id"), ("", ""))[1]
            for sheet in sheets
        }
        known = set(package.namelist())
        return {
            name: _details(package, place, looks)
            for name, place in places.items()
            if place in known
        }


def _looks(package: zipfile.ZipFile) -> _Looks:
    texts = _texts(package)
    if "xl/styles.xml" not in package.namelist():
        return _Looks([], [], texts)
    root = parsed_xml(package.read("xl/styles.xml"))
    own = {
        int(item.get("numFmtId")): item.get("formatCode") for item in root.iter(f"{_MAIN}numFmt")
    }
    fonts = enumerate(root.iterfind(f"{_MAIN}fonts/{_MAIN}font"))
    struck = {number for number, font in fonts if _is_struck(font)}
    styles = root.findall(f"{_MAIN}cellXfs/{_MAIN}xf")
    ids = [int(style.get("numFmtId") or 0) for style in styles]
    return _Looks(
        codes=[str(own.get(number) or BUILT_IN.get(number, "")) for number in ids],
        strikes=[int(style.get("fontId") or 0) in struck for style in styles],
        texts=texts,
    )


def _is_struck(look: Any) -> bool:
    strike = look.find(f"{_MAIN}strike") if look is not None else None
    return strike is not None and strike.get("val") not in ("0", "false")


def _texts(package: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    place = "xl/sharedStrings.xml"
    data = package.read(place) if place in package.namelist() else b""
    if b"superscript" not in data and b"strike" not in data:
        return {}
    texts = enumerate(parsed_xml(data).iterchildren(f"{_MAIN}si"))
    return {str(number): _shown(runs) for number, item in texts if (runs := _runs(item))}


def _runs(item: Any) -> list[Any]:
    return list(item.iterchildren(f"{_MAIN}r"))


def _shown(runs: list[Any]) -> tuple[str, bool]:
    """The text of runs without those struck out, and whether there are such."""
    kept = [run for run in runs if not _is_struck(run.find(f"{_MAIN}rPr"))]
    return "".join(map(_run, kept)), len(kept) < len(runs)


def _run(run: Any) -> str:
    """The text of a run, its figures raised if it is set so."""
    text = "".join(part.text or "" for part in run.iter(f"{_MAIN}t"))
    place = run.find(f"{_MAIN}rPr/{_MAIN}vertAlign")
    return raised(text) if place is not None and place.get("val") == "superscript" else text


def _details(package: zipfile.ZipFile, place: str, looks: _Looks) -> SheetDetails:
    details = SheetDetails()
    with package.open(place) as part:
        tags = (f"{_MAIN}c", f"{_MAIN}row", f"{_MAIN}col")
        for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True):
            _take(element, details, looks)
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


def _take(element: Any, details: SheetDetails, looks: _Looks) -> None:
    is_hidden = element.get("hidden") in _TRUE
    match local_name(element):
        case "row" if is_hidden and element.get("r"):
            details.hidden_rows.add(int(element.get("r")) - 1)
        case "col" if is_hidden:
            last = min(int(element.get("max")), 16_384)
            details.hidden_columns |= set(range(int(element.get("min")) - 1, last))
        case "c":
            _take_cell(element, details, looks)


def _take_cell(cell: Any, details: SheetDetails, looks: _Looks) -> None:
    written = cell.get("r") or ""
    found = _REFERENCE.fullmatch(written)
    if not found:
        return
    place = int(found[2]) - 1, _column(found[1])
    style = int(cell.get("s") or 0)
    if code := looks.codes[style] if style < len(looks.codes) else "":
        details.formats[place] = code
    value = cell.findtext(f"{_MAIN}v") or ""
    text, cut = looks.texts.get(value, ("", False)) if cell.get("t") == "s" else ("", False)
    struck = style < len(looks.strikes) and looks.strikes[style] and len(cell) > 0
    if struck or cut:
        details.struck[place] = written
    if text or struck or cut:
        details.shown[place] = "" if struck else text
    if cell.find(f"{_MAIN}f") is not None and not value:
        details.without_value.append(written)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def reference(place: Place) -> str:
    """A cell's place as sheets write it: "B2"."""
    letters, number = "", place[1] + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{place[0] + 1}"


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
