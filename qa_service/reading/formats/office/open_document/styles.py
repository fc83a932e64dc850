"""The styles of an OpenDocument text: what they hide, strike out and raise, and how they number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from qa_service.reading.formats.office.looks.cells import SPECK
from qa_service.reading.formats.office.looks.colours import Colour, hex_colour
from qa_service.reading.formats.office.packages.parts import local_name

Element = Any
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
TEXT, STYLE = f"{{{_NAMES}:text:1.0}}", f"{{{_NAMES}:style:1.0}}"
PRESENTATION = f"{{{_NAMES}:presentation:1.0}}"
OFFICE, TABLE = f"{{{_NAMES}:office:1.0}}", f"{{{_NAMES}:table:1.0}}"
DRAW = f"{{{_NAMES}:drawing:1.0}}"
FO = f"{{{_NAMES}:xsl-fo-compatible:1.0}}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FORMS = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "1st": "ordinal",
    "First": "ordinalText",
    "One": "cardinalText",
    "01, 02, 03, ...": "decimalZero",
    "*, †, ‡, §, **, ††, ...": "chicago",
    "①, ②, ③, ...": "decimalEnclosedCircle",
}
"""Those of the standard, and what LibreOffice writes besides."""
_PAPER = "transparent"
_GROUNDED = tuple(f"{STYLE}{name}-properties" for name in ("text", "paragraph", "table-cell"))
_POINTS = re.compile(r"([\d.]+)pt")
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list or of headings is numbered; `form` is "bullet" for bullets, and
    `pattern` has "%1%" for the number of the first level, where it is known."""

    form: str
    prefix: str
    suffix: str
    start: int
    shown: int
    pattern: str = ""


@dataclass(slots=True)
class Styles:
    """The styles of a document by name. `lists` has the levels of each list, from 1;
    `outline` those of headings."""

    parents: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, bool] = field(default_factory=dict)
    raised: dict[str, bool] = field(default_factory=dict)
    struck: dict[str, bool] = field(default_factory=dict)
    inks: dict[str, Colour | None] = field(default_factory=dict)
    grounds: dict[str, Colour | None] = field(default_factory=dict)
    specks: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)
    page_has_ground: bool = False

    def hides(self, name: str) -> bool:
        return bool(self.said(self.hidden, name)) or bool(self.said(self.specks, name))

    def strikes(self, name: str) -> bool:
        return bool(self.said(self.struck, name))

    def raises(self, name: str) -> bool:
        return bool(self.said(self.raised, name))

    def said(self, said: Mapping[str, Said], name: str) -> Said | None:
        """What a style says, or else the nearest of those that it builds on; None of neither."""
        seen: set[str] = set()
        while name and name not in seen:
            if name in said:
                return said[name]
            seen.add(name)
            name = self.parents.get(name, "")
        return None


def styles_of(roots: Iterable[Element]) -> Styles:
    """The styles that stand in these parts of a document, the later ones first in rank."""
    styles = Styles()
    for root in roots:
        for element in root.iter(f"{STYLE}style"):
            take_style(element, styles)
        for element in root.iter(f"{TEXT}list-style"):
            styles.lists[_name(element)] = _levels(element)
        for element in root.iter(f"{TEXT}outline-style"):
            styles.outline = _levels(element)
        for element in root.iter(f"{STYLE}page-layout-properties"):
            ground = element.get(f"{FO}background-color") or _PAPER
            styles.page_has_ground |= ground != _PAPER
    return styles


def hidden_pages(body: Element) -> set[str]:
    """The names of the styles of slides that are not shown."""
    properties = body.getroottree().iter(f"{STYLE}drawing-page-properties")
    return {
        _name(element.getparent())
        for element in properties
        if element.get(f"{PRESENTATION}visibility") == "hidden"
    }


def _name(element: Element) -> str:
    return str(element.get(f"{STYLE}name") or "")


def take_style(element: Element, styles: Styles) -> None:
    """Adds what one element of a style says to the styles that are known."""
    name = _name(element)
    styles.parents[name] = str(element.get(f"{STYLE}parent-style-name") or "")
    for properties in element.iter(f"{STYLE}text-properties"):
        if display := properties.get(f"{TEXT}display"):
            styles.hidden[name] = display == "none"
        if line := properties.get(f"{STYLE}text-line-through-style"):
            styles.struck[name] = line != "none"
        if position := properties.get(f"{STYLE}text-position"):
            height = position.split()[0].rstrip("%")
            styles.raised[name] = height == "super" or (height.isdigit() and int(height) > 0)
        if ink := properties.get(f"{FO}color"):
            styles.inks[name] = hex_colour(ink.lstrip("#"))
        if size := _POINTS.fullmatch(properties.get(f"{FO}font-size") or ""):
            styles.specks[name] = float(size[1]) <= SPECK
    for properties in element.iter(*_GROUNDED):
        if ground := properties.get(f"{FO}background-color"):
            styles.grounds[name] = None if ground == _PAPER else hex_colour(ground.lstrip("#"))


def _levels(element: Element) -> dict[int, Level]:
    return {int(item.get(f"{TEXT}level") or 1): _level(item) for item in element}


def _level(element: Element) -> Level:
    bullet = local_name(element) in ("list-level-style-bullet", "list-level-style-image")
    return Level(
        form="bullet" if bullet else _FORMS.get(element.get(f"{STYLE}num-format") or "", "decimal"),
        prefix=element.get(f"{STYLE}num-prefix") or "",
        suffix=element.get(f"{STYLE}num-suffix") or "",
        start=int(element.get(f"{TEXT}start-value") or 1),
        shown=int(element.get(f"{TEXT}display-levels") or 1),
        pattern=str(
            element.get(f"{STYLE}num-list-format")
            or element.get(f"{_EXTENDED}num-list-format")
            or ""
        ),
    )
