"""Which letters in the cells of a workbook nobody sees: in the colour of their ground, specks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from qa_service.reading.formats.office.looks.colours import (
    BLACK,
    WHITE,
    Colour,
    Scheme,
    alike,
    hex_colour,
    lighter,
)

Element = Any
Place = tuple[int, int]
"""Row and column of a cell, from 0."""
Range = tuple[Place, Place]
"""The first and the last cell of a part of a sheet."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SPECK = 2
"""Points: letters of that size and less are no text to a reader."""
THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
"""The colours of a theme in the order by which workbooks name them."""
_FIRST = (
    *(BLACK, WHITE, (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255)),
    (0, 255, 255),
)
INDEXED = dict(enumerate((*_FIRST, *_FIRST))) | {64: BLACK, 65: WHITE}
"""The first colours of the palette that files name by number, and the system's own two."""
_WHITE_BY_FORMAT = re.compile(r"\[(?:white|colou?r\s*2)\]", re.IGNORECASE)
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::(?:[^:\s]*\.)?\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class CellLook:
    """The colours of a style of cells, None where they are not known; `filled` where it has a
    ground of its own; `speck` where its letters are too small to read."""

    ink: Colour | None
    ground: Colour | None
    filled: bool
    speck: bool

    def shows(self, ink: Colour | None) -> bool:
        """Whether letters can be read in a colour; in that of the style where it is None."""
        return not alike(ink or self.ink, self.ground)


PLAIN = CellLook(BLACK, WHITE, filled=False, speck=False)


def cell_looks(styles: Element, scheme: Scheme, codes: Sequence[str]) -> list[CellLook]:
    """The look of each style of cells, from the root of the styles and their number formats."""
    fonts = styles.findall(f"{MAIN}fonts/{MAIN}font")
    fills = styles.findall(f"{MAIN}fills/{MAIN}fill")
    found = zip(styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"), codes, strict=True)
    return [
        _look(_nth(fonts, style.get("fontId")), _nth(fills, style.get("fillId")), scheme, code)
        for style, code in found
    ]


def _look(font: Element | None, fill: Element | None, scheme: Scheme, code: str) -> CellLook:
    pattern = fill.find(f"{MAIN}patternFill") if fill is not None else None
    kind = pattern.get("patternType", "none") if pattern is not None else ""
    clear = fill is None or kind == "none"
    front = pattern.find(f"{MAIN}fgColor") if pattern is not None and kind == "solid" else None
    solid = sheet_colour(front, scheme, WHITE) if kind == "solid" else None
    ink = WHITE if _WHITE_BY_FORMAT.search(code) else ink_of(font, scheme, BLACK)
    return CellLook(ink, WHITE if clear else solid, not clear, is_speck(font))


def ink_of(font: Element | None, scheme: Scheme, usual: Colour | None) -> Colour | None:
    """The colour of a font or of a run's look; `usual` where none is set."""
    return sheet_colour(font.find(f"{MAIN}color") if font is not None else None, scheme, usual)


def is_speck(font: Element | None) -> bool:
    """Whether letters of a font, or of a run's look, are too small to read."""
    size = font.find(f"{MAIN}sz") if font is not None else None
    return size is not None and float(size.get("val") or SPECK + 1) <= SPECK


def sheet_colour(element: Element | None, scheme: Scheme, usual: Colour | None) -> Colour | None:
    """A colour of a workbook: of its theme, of a palette, or said itself."""
    if element is None or element.get("auto") in ("1", "true"):
        return usual
    if named := element.get("rgb"):
        colour = hex_colour(named)
    elif (index := element.get("indexed")) is not None:
        colour = INDEXED.get(int(index))
    else:
        colour = scheme.get(_nth(THEME, element.get("theme")) or "")
    return tinted(colour, float(element.get("tint") or 0)) if colour else None


@dataclass(slots=True)
class Grounds:
    """What colours cells beside their styles: tables with a look, rules, a picture behind all.

    `doubtful` has the cells that nobody seems to see, whether they have a ground of their own,
    and what they show if they are seen after all.
    """

    tables: list[Range]
    rules: list[Range] = field(default_factory=list)
    pictured: bool = False
    doubtful: list[tuple[Place, bool, Any]] = field(default_factory=list)

    def judges(self, place: Place, filled: bool) -> bool:
        """Whether nothing but its style gives a cell its ground."""
        beside = self.pictured or within(place, self.tables)
        return not within(place, self.rules) and (filled or not beside)


def within(place: Place, ranges: Iterable[Range]) -> bool:
    """Whether a cell is within one of these parts of its sheet."""
    row, column = place
    return any(a <= row <= c and b <= column <= d for (a, b), (c, d) in ranges)


def ranges_of(written: str) -> list[Range]:
    """The parts of a sheet as formulas write them: "A1:B4 D2"."""
    found = _RANGE.finditer(written)
    return [(_place(one[1], one[2]), _place(one[3] or one[1], one[4] or one[2])) for one in found]


def _place(letters: str, row: str) -> Place:
    return int(row) - 1, column_number(letters)


def column_number(letters: str) -> int:
    """The number of a column, from 0: "A", "AB"."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def tinted(colour: Colour, tint: float) -> Colour:
    """A colour made lighter (to 1) or darker (to -1)."""
    if not tint:
        return colour
    return lighter(colour, 1 + tint, 0) if tint < 0 else lighter(colour, 1 - tint, tint)


def _nth(items: Sequence[Any], place: str | None) -> Any:
    number = int(place) if place and place.isdigit() else -1
    return items[number] if 0 <= number < len(items) else None
