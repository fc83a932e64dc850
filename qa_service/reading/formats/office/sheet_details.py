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

from qa_service.reading.content import Block
from qa_service.reading.formats.office.drawings import (
    CHART,
    R,
    chart_blocks,
    paragraph_text,
    paragraphs,
    picture_descriptions,
)
from qa_service.reading.formats.office.looks.cell_texts import (
    Piece,
    is_struck,
    pieces,
    shared_texts,
    shown,
)
from qa_service.reading.formats.office.looks.cells import (
    MAIN,
    PLAIN,
    CellLook,
    Grounds,
    Place,
    Range,
    cell_looks,
    column_number,
    ranges_of,
)
from qa_service.reading.formats.office.looks.colours import Scheme, theme_scheme
from qa_service.reading.formats.office.number_formats import BUILT_IN
from qa_service.reading.formats.office.package import local_name, parsed_xml

_STYLES, _TEXTS, _THEME = "xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TAGS = [f"{MAIN}{name}" for name in ("c", "row", "col", "conditionalFormatting", "picture")]
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class _Looks:
    """Of a workbook: number format of each style of cells, whether it strikes them out, and its
    colours; the colours of the theme; the shared texts in several runs by their number."""

    codes: list[str]
    strikes: list[bool]
    cells: list[CellLook]
    scheme: Scheme
    texts: dict[str, list[Piece]]


@dataclass(slots=True)
class SheetDetails:
    """Of one sheet: the formats of its cells, or what they show; those with struck-out text, and
    those with what nobody sees; its hidden rows and columns, first and last cell of those merged,
    formulas without a stored value, what its drawings say, and what is said of each picture."""

    formats: dict[Place, str] = field(default_factory=dict)
    struck: dict[Place, str] = field(default_factory=dict)
    unseen: dict[Place, str] = field(default_factory=dict)
    shown: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    without_value: list[str] = field(default_factory=list)
    drawn: tuple[Block, ...] = ()
    has_comments: bool = False
    pictures: list[str] = field(default_factory=list)

    def is_hidden(self, place: Place) -> bool:
        """Whether a cell stands in a hidden row or column."""
        return place[0] in self.hidden_rows or place[1] in self.hidden_columns


def sheet_details(data: bytes) -> dict[str, SheetDetails]:
    """The details of each sheet of a workbook, by its name; empty for other formats."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as package:
        if "xl/workbook.xml" not in package.namelist():
            return {}
        looks = _looks(package)
        relations = relations_of(package, "xl/workbook.xml")
        sheets = parsed_xml(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
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
    theme, styles = _part(package, _THEME), _part(package, _STYLES)
    scheme = theme_scheme(parsed_xml(theme)) if theme else {}
    texts = shared_texts(_part(package, _TEXTS), scheme)
    if not styles:
        return _Looks([], [], [], scheme, texts)
    root = parsed_xml(styles)
    codes = _codes(root)
    fonts = enumerate(root.iterfind(f"{MAIN}fonts/{MAIN}font"))
    struck = {number for number, font in fonts if is_struck(font)}
    found = root.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    strikes = [int(style.get("fontId") or 0) in struck for style in found]
    return _Looks(codes, strikes, cell_looks(root, scheme, codes), scheme, texts)


def _part(package: zipfile.ZipFile, place: str) -> bytes:
    return package.read(place) if place in package.namelist() else b""


def _codes(styles: Any) -> list[str]:
    """The number format of each style of cells."""
    own = {
        int(item.get("numFmtId")): item.get("formatCode") for item in styles.iter(f"{MAIN}numFmt")
    }
    found = styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")
    numbers = [int(style.get("numFmtId") or 0) for style in found]
    return [str(own.get(number) or BUILT_IN.get(number, "")) for number in numbers]


def _details(package: zipfile.ZipFile, place: str, looks: _Looks) -> SheetDetails:
    details, grounds = SheetDetails(), Grounds(_tables(package, place))
    with package.open(place) as part:
        for _, element in etree.iterparse(part, tag=_TAGS, resolve_entities=False, no_network=True):
            _take(element, details, looks, grounds)
            if element.tag == f"{MAIN}row":
                element.clear()
    _take_again(details, grounds)
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


def _take(element: Any, details: SheetDetails, looks: _Looks, grounds: Grounds) -> None:
    size = element.get("ht" if element.tag == f"{MAIN}row" else "width") or "-1"
    is_hidden = element.get("hidden") in _TRUE or float(size) == 0
    match local_name(element):
        case "row" if is_hidden and element.get("r"):
            details.hidden_rows.add(int(element.get("r")) - 1)
        case "col" if is_hidden:
            last = min(int(element.get("max")), 16_384)
            details.hidden_columns |= set(range(int(element.get("min")) - 1, last))
        case "conditionalFormatting":
            grounds.rules += ranges_of(element.get("sqref") or "")
        case "picture":
            grounds.pictured = True
        case "c":
            _take_cell(element, details, looks, grounds)


def _take_cell(cell: Any, details: SheetDetails, looks: _Looks, grounds: Grounds) -> None:
    written = cell.get("r") or ""
    found = _REFERENCE.fullmatch(written)
    if not found:
        return
    place = int(found[2]) - 1, column_number(found[1])
    style = int(cell.get("s") or 0)
    if code := looks.codes[style] if style < len(looks.codes) else "":
        details.formats[place] = code
    value = cell.findtext(f"{MAIN}v") or ""
    if cell.find(f"{MAIN}f") is not None and not value:
        details.without_value.append(written)
    elif len(cell):
        _take_text(place, _pieces(cell, value, looks), style, details, looks, grounds)


def _pieces(cell: Any, value: str, looks: _Looks) -> list[Piece]:
    """The runs of a cell's text; none of one that is not divided."""
    if cell.get("t") == "s":
        return looks.texts.get(value, [])
    inline = cell.find(f"{MAIN}is")
    return pieces(inline, looks.scheme) if inline is not None else []


def _take_text(
    place: Place,
    parts: list[Piece],
    style: int,
    details: SheetDetails,
    looks: _Looks,
    grounds: Grounds,
) -> None:
    """Notes what of a cell is struck out or seen by nobody, and what it shows then."""
    look = looks.cells[style] if style < len(looks.cells) else PLAIN
    whole, seen = shown(parts, look, judged=False), shown(parts, look, judged=True)
    struck = style < len(looks.strikes) and looks.strikes[style]
    if struck or whole.struck:
        details.struck[place] = reference(place)
    elif seen.unseen:
        details.unseen[place] = reference(place)
        grounds.doubtful.append((place, look.filled, whole))
    if struck or parts or seen.unseen:
        details.shown[place] = "" if struck else seen.text or ""


def _take_again(details: SheetDetails, grounds: Grounds) -> None:
    """Takes for seen what stands where the ground of its cell may be another colour."""
    for place, filled, whole in grounds.doubtful:
        if grounds.judges(place, filled):
            continue
        if not whole.unseen:
            del details.unseen[place]
        if whole.text is None:
            del details.shown[place]
        else:
            details.shown[place] = whole.text


def _tables(package: zipfile.ZipFile, place: str) -> list[Range]:
    """The parts of a sheet that are tables with a look of their own."""
    relations = relations_of(package, place).values()
    parts = [_part(package, target) for kind, target in relations if kind.endswith("/table")]
    roots = [parsed_xml(part) for part in parts if part]
    return [one for root in roots for one in ranges_of(str(root.get("ref") or ""))]


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
