"""What drawings in office files say: the boxes of SmartArt, the titles and numbers of charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_service.reading.content import Block
from qa_service.reading.formats.office.looks.formulas import FORMULA, formula_text
from qa_service.reading.formats.office.package import parsed_xml
from qa_service.reading.formats.office.sheets import sheet_blocks

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
Element = Any
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""The namespace of the ids by which a drawing names its parts."""
_P = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_PICTURE, _PICTURE_ONSLIDE = f"{_P}pic", f"{SLIDE}pic"
_NAMED_ONSLIDE = f"{SLIDE}cNvPr"
DIAGRAM, CHART = f"{_D}relIds", f"{_C}chart"
"""The elements that stand where a diagram or a chart is drawn."""
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OF_SHAPES = (f"{SLIDE}spTree", f"{SLIDE}grpSp")
MOST_POINTS = 20_000


def picture_descriptions(element: Element) -> list[str]:
    """What is said of each picture within an element, "" where nothing is."""
    return [
        str(named.get("descr") or "")
        for picture in element.iter(_PICTURE, _PICTURE_ONSLIDE, f"{_SHEET}pic")
        for named in list(picture.iter(f"{_P}cNvPr", _NAMED_ONSLIDE, f"{_SHEET}cNvPr"))[:1]
    ]


def diagram_blocks(part: bytes) -> Iterator[Block]:
    """The texts of a SmartArt diagram, from its data part, a box an item."""
    for point in parsed_xml(part).iter(f"{_D}pt"):
        texts = [paragraph_text(item) for text in point.iter(f"{_D}t") for item in paragraphs(text)]
        if said := "\n".join(filter(None, texts)):
            yield Block("item", f"• {said}")


def chart_blocks(part: bytes) -> Iterator[Block]:
    """The titles of a chart and its numbers as a table, a column for each series."""
    root = parsed_xml(part)
    for title in root.iter(f"{_C}title"):
        if text := " ".join(filter(None, map(paragraph_text, paragraphs(title)))):
            yield Block("paragraph", text)
    series = list(root.iter(f"{_C}ser"))
    names = [_first_text(one.find(f"{_C}tx")) for one in series]
    categories: dict[int, str] = {}
    columns: list[dict[int, str]] = []
    for one in series:
        categories = categories or _points(one, "cat") or _points(one, "xVal")
        columns.append(_points(one, "val") or _points(one, "yVal"))
    places = sorted({*categories, *(place for column in columns for place in column)})
    rows = [
        [categories.get(place, str(place + 1)), *(column.get(place, "") for column in columns)]
        for place in places[:MOST_POINTS]
    ]
    shown = [name or f"Series {number}" for number, name in enumerate(names, start=1)]
    yield from sheet_blocks([["Category", *shown], *rows]) if rows else ()


def open_alternates(element: Element) -> None:
    """Puts in place of shapes of two forms those of the newer form, which libraries pass over."""
    for both in list(element.iter(f"{_COMPATIBILITY}AlternateContent")):
        if both.getparent().tag in _OF_SHAPES and len(both):
            for shape in list(both[0]):
                both.addprevious(shape)
            both.getparent().remove(both)


def take_out_struck(element: Element) -> int:
    """Takes struck-out runs out of an element of a drawing or slide; how many words they held."""
    struck = [run for run in element.iter(f"{A}r") if _is_struck(run)]
    texts = [run.findtext(f"{A}t") or "" for run in struck]
    for run in struck:
        run.getparent().remove(run)
    return len(" ".join(texts).split())


def _is_struck(run: Element) -> bool:
    look = run.find(f"{A}rPr")
    return look is not None and look.get("strike") in ("sngStrike", "dblStrike")


def paragraphs(element: Element) -> Iterator[Element]:
    """The paragraphs of a drawing's text."""
    yield from element.iter(f"{A}p")


def paragraph_text(paragraph: Element) -> str:
    """The words of a paragraph of a drawing, its line breaks kept."""
    parts = paragraph.iter(f"{A}t", f"{A}br", FORMULA)
    return "".join(map(_part_text, parts)).strip()


def _part_text(item: Element) -> str:
    if item.tag == FORMULA:
        return formula_text(item)
    return item.text or "" if item.tag == f"{A}t" else "\n"


def _points(series: Element, name: str) -> dict[int, str]:
    holder = series.find(f"{_C}{name}")
    if holder is None:
        return {}
    return {
        int(point.get("idx", 0)): _number(point.findtext(f"{_C}v") or "")
        for point in holder.iter(f"{_C}pt")
    }


def _first_text(element: Element) -> str:
    if element is None:
        return ""
    return next((item.text.strip() for item in element.iter(f"{_C}v") if item.text), "")


def _number(text: str) -> str:
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text.strip()
