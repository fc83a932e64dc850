"""The words and numbers of charts (ISO/IEC 29500-1, 21.2; [MS-ODRAWXML] 2.24.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qa_service.reading.content import Block
from qa_service.reading.formats.office.drawings.words import paragraph_text, paragraphs
from qa_service.reading.formats.office.number_formats.numbers import shown_value
from qa_service.reading.formats.office.packages.parts import parsed_xml
from qa_service.reading.formats.office.sheets import sheet_blocks
from qa_service.translation.catalogue import N_

Element = Any
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_X = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
CHARTS = (f"{_C}chart", f"{_X}chart")
"""The elements that stand where a chart is drawn; the second of kinds since 2016."""
MOST_POINTS = 20_000
NO_NUMBERS = N_("a chart that holds no numbers was not read")
Points = dict[int, str]


@dataclass(frozen=True, slots=True)
class _Series:
    """Numbers of a chart: what their places go by, their names, and the columns of them."""

    by: str
    categories: Points
    names: list[str]
    columns: list[Points]


def chart_blocks(part: bytes, drawn: Iterable[bytes], lost: list[str]) -> Iterator[Block]:
    """The words of a chart, and its numbers as a table with a column for each series.

    `drawn` are the drawings upon it.
    """
    root = parsed_xml(part)
    yield from (Block("paragraph", text) for text in _texts(root))
    series = list(map(_series, root.iter(f"{_C}ser"))) or list(_newer_series(root))
    tables = _tables(series)
    if series and not tables:
        lost.append(NO_NUMBERS)
    for rows in tables:
        yield from sheet_blocks(rows)
    for words in drawn:
        texts = map(paragraph_text, paragraphs(parsed_xml(words)))
        yield from (Block("paragraph", text) for text in texts if text)


def _texts(root: Element) -> Iterator[str]:
    """The titles of a chart and its axes, and labels that say something of their own."""
    for place in root.iter(*(f"{_C}{name}" for name in ("title", "dLbl")), f"{_X}title"):
        lines = list(map(paragraph_text, paragraphs(place)))
        text = " ".join(filter(None, lines or [_first(place, f"{_X}v")]))
        if text and not (text.startswith("[") and text.endswith("]")):
            yield text


def _series(element: Element) -> _Series:
    crossed = element.find(f"{_C}xVal") is not None
    name = _first(element.find(f"{_C}tx"), f"{_C}v")
    columns = [_points(element, "val") or _points(element, "yVal")]
    sizes = _points(element, "bubbleSize")
    categories = _points(element, "xVal" if crossed else "cat")
    names = [name, f"{name} size".strip()] if sizes else [name]
    return _Series(
        "X" if crossed else "Category", categories, names, [*columns, *([sizes] if sizes else [])]
    )


def _newer_series(root: Element) -> Iterator[_Series]:
    """The series of a chart of the kinds since 2016, such as waterfalls."""
    data = {str(item.get("id")): item for item in root.iter(f"{_X}data")}
    for one in root.iter(f"{_X}series"):
        named = one.find(f"{_X}dataId")
        held = data.get(str(named.get("val")) if named is not None else "")
        if held is not None:
            numbers = _level_points(held.findall(f"{_X}numDim/{_X}lvl"), f"{_X}pt")
            categories = _level_points(held.findall(f"{_X}strDim/{_X}lvl"), f"{_X}pt")
            name = _first(one.find(f"{_X}tx"), f"{_X}v")
            yield _Series("Category", categories, [name], [numbers])


def _tables(series: list[_Series]) -> list[list[list[str]]]:
    """A table for all series of the same categories; those without any go by the first's."""
    groups: list[_Series] = []
    for one in series:
        same = (it for it in groups if one.categories in ({}, it.categories))
        group = next(same, None)
        if group is None:
            groups.append(group := _Series(one.by, one.categories, [], []))
        group.names.extend(one.names)
        group.columns.extend(one.columns)
    return [rows for rows in map(_rows, groups) if rows]


def _rows(series: _Series) -> list[list[str]]:
    held = {place for column in series.columns for place in column}
    if not held:
        return []
    names = [name or f"Series {number}" for number, name in enumerate(series.names, start=1)]
    rows = [
        [
            series.categories.get(place, str(place + 1)),
            *(column.get(place, "") for column in series.columns),
        ]
        for place in sorted(held | series.categories.keys())[:MOST_POINTS]
    ]
    return [[series.by, *names], *rows]


def _points(series: Element, name: str) -> Points:
    holder = series.find(f"{_C}{name}")
    if holder is None:
        return {}
    caches = (f"{_C}{name}" for name in ("numCache", "numLit", "strCache", "strLit"))
    return _level_points(list(holder.iter(f"{_C}lvl")) or list(holder.iter(*caches)), f"{_C}pt")


def _level_points(levels: list[Element], tag: str) -> Points:
    """The points of some levels, of which the outer ones, which come last, count on: "2023 Q1"."""
    found = [_said_points(level, tag) for level in levels]
    places = sorted({place for level in found for place in level})
    above = [""] * len(found)
    joined: Points = {}
    for place in places:
        above = [level.get(place, last) for level, last in zip(found, above, strict=True)]
        if found and place in found[0]:
            joined[place] = " ".join(filter(None, reversed(above)))
    return joined


def _said_points(level: Element, tag: str) -> Points:
    """The points of one level by their place, numbers as their format shows them."""
    usual = level.findtext(f"{_C}formatCode") or level.get("formatCode") or ""
    found: Points = {}
    for point in level.iter(tag):
        text = (point.findtext(f"{_C}v") or point.text or "").strip()
        code = point.get("formatCode") or usual
        place = int(point.get("idx") or 0)
        found[place] = shown_value(text, code) if _is_of_numbers(level) else text
    return found


def _is_of_numbers(level: Element) -> bool:
    newer = level.getparent() is not None and level.getparent().tag == f"{_X}numDim"
    return newer or level.tag in (f"{_C}numCache", f"{_C}numLit")


def _first(element: Element | None, tag: str) -> str:
    found = element.iter(tag) if element is not None else ()
    return next((item.text.strip() for item in found if item.text), "")
