"""The words of drawings in office files, and of the pictures and shapes among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_service.reading.formats.office.looks.formulas import FORMULA, formula_text

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
Element = Any
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""The namespace of the ids by which a drawing names its parts."""
_P = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
OBJECT = f"{SLIDE}oleObj"
"""What another program made, on a slide."""
_PICTURE, _PICTURE_ONSLIDE = f"{_P}pic", f"{SLIDE}pic"
_NAMED_ONSLIDE = f"{SLIDE}cNvPr"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OF_SHAPES = (f"{SLIDE}spTree", f"{SLIDE}grpSp")


def picture_descriptions(element: Element) -> list[str]:
    """What is said of each picture within an element, "" where nothing is; those that stand for
    objects of other programs are left out."""
    return [
        str(named.get("descr") or "")
        for picture in element.iter(_PICTURE, _PICTURE_ONSLIDE, f"{_SHEET}pic")
        if next(picture.iterancestors(OBJECT), None) is None
        for named in list(picture.iter(f"{_P}cNvPr", _NAMED_ONSLIDE, f"{_SHEET}cNvPr"))[:1]
    ]


def open_alternates(element: Element) -> None:
    """Puts in place of shapes of two forms those of the newer form, which libraries pass over."""
    for both in list(element.iter(f"{_COMPATIBILITY}AlternateContent")):
        if both.getparent().tag in _OF_SHAPES and len(both):
            for shape in list(both[0]):
                both.addprevious(shape)
            both.getparent().remove(both)


def without_older_forms(element: Element) -> Element:
    """The same element, without what it shows to older programs in place of newer forms."""
    for older in list(element.iter(f"{_COMPATIBILITY}Fallback")):
        older.getparent().remove(older)
    return element


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
