"""Objects within OpenDocument files: charts as the tables and titles that they show, others as
files of their own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from qa_service.reading.content import Member
from qa_service.reading.formats.office.number_formats.times import shown_serial
from qa_service.reading.formats.office.open_document.styles import DRAW, OFFICE, TABLE, TEXT
from qa_service.reading.formats.office.packages.embedded import embedded
from qa_service.reading.formats.office.packages.parts import local_name, parsed_xml, part_of

Element = Any
_CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_DAYS = "{http://openoffice.org/2010/chart}date-scale"
_HREF = "{http://www.w3.org/1999/xlink}href"
OBJECTS = (f"{DRAW}object", f"{DRAW}object-ole")
_TITLES = (f"{_CHART}title", f"{_CHART}subtitle")
_NO_NUMBER = "NaN"
_ENDINGS = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
_TYPE = "application/vnd.oasis.opendocument"


@dataclass(slots=True)
class Objects:
    """What is found of objects: the files within, and how many are not read."""

    members: list[Member] = field(default_factory=list)
    lost: int = 0


def open_objects(body: Element, package: zipfile.ZipFile) -> Objects:
    """Puts what charts show in their place, as text boxes, and takes out files of their own."""
    found = Objects()
    for element in list(body.iter(*OBJECTS)):
        place = str(element.get(_HREF) or "").removeprefix("./").rstrip("/")
        root = _content(package, place)
        chart = root.find(f".//{_CHART}chart") if root is not None else None
        if chart is not None:
            element.getparent().replace(element, _as_text_box(chart))
        elif file := _file(package, place, root):
            found.members.append(file)
        else:
            found.lost += 1
    return found


def stands_for_another(image: Element) -> bool:
    """Whether a picture only stands for an object or a table in the same frame."""
    beside = (*OBJECTS, f"{TABLE}table", f"{DRAW}text-box")
    return next(image.getparent().iterchildren(*beside), None) is not None


def _content(package: zipfile.ZipFile, place: str) -> Element | None:
    part = part_of(package, f"{place}/content.xml")
    return parsed_xml(part) if part else None


def _as_text_box(chart: Element) -> Element:
    """The titles and the table of numbers of a chart."""
    box = chart.makeelement(f"{DRAW}text-box")
    box.extend(line for title in chart.iter(*_TITLES) for line in list(title.iter(f"{TEXT}p")))
    for table in list(chart.iterchildren(f"{TABLE}table")):
        _name_categories(table, of_days=_is_of_days(chart))
        box.append(table)
    return box


def _is_of_days(chart: Element) -> bool:
    axes = chart.iter(f"{_CHART}axis")
    return any(len(axis.findall(_DAYS)) and axis.find(_DAYS).attrib for axis in axes)


def _name_categories(table: Element, *, of_days: bool) -> None:
    """Names the column of categories, and writes its numbers as days if they are such."""
    for number, row in enumerate(table.iter(f"{TABLE}table-row")):
        cell = next(row.iterchildren(f"{TABLE}table-cell"), None)
        line = cell.find(f"{TEXT}p") if cell is not None else None
        if cell is None or line is None:
            continue
        if not number and not (line.text or "").strip():
            line.text = "Category"
        elif of_days and (value := cell.get(f"{OFFICE}value")):
            line.text = shown_serial(float(value), "yyyy-mm-dd") or line.text
        for levels in list(cell.iterchildren(f"{TEXT}list")):
            cell.remove(levels)
        for empty in row.iter(f"{TEXT}p"):
            empty.text = "" if empty.text == _NO_NUMBER else empty.text


def _file(package: zipfile.ZipFile, place: str, root: Element | None) -> Member | None:
    """The file that an object is: a folder of parts, or a part of another program."""
    if root is None:
        return embedded(place, part_of(package, place))
    body = root.find(f"{OFFICE}body")
    kind = next(map(local_name, _elements(body)), "") if body is not None else ""
    if kind not in _ENDINGS:
        return None
    data = _packed(package, f"{place}/", f"{_TYPE}.{kind}")
    return Member(f"{place}{_ENDINGS[kind]}", lambda: data)


def _elements(body: Element) -> Iterator[Element]:
    return (child for child in body if isinstance(child.tag, str))


def _packed(package: zipfile.ZipFile, folder: str, kind: str) -> bytes:
    """The parts in a folder as a package."""
    made = BytesIO()
    entries = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    names = [name for name in package.namelist() if name.startswith(folder)]
    inner = [name.removeprefix(folder) for name in names if not name.endswith("/")]
    for name in inner:
        entries += f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>'
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", kind)
        for name in inner:
            packed.writestr(name, package.read(folder + name))
        manifest = f'<m:manifest xmlns:m="{namespace}">{entries}</m:manifest>'
        packed.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()
