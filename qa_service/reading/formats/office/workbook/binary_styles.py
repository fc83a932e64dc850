"""Styles and texts of binary workbooks (.xlsb), by their records ([MS-XLSB] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.office.looks.cell_texts import Piece
from qa_service.reading.formats.office.looks.cells import (
    INDEXED,
    SPECK,
    THEME,
    CellLook,
    tinted,
)
from qa_service.reading.formats.office.looks.colours import BLACK, WHITE, Colour, Scheme
from qa_service.reading.formats.office.number_formats.codes import BUILT_IN
from qa_service.reading.formats.office.workbook.details import Looks

_FONT, _FORMAT, _FILL, _STYLE = 43, 44, 45, 47
_STYLES_OF_CELLS, _END_OF_STYLES = 617, 618
_STRUCK = 0x08
_RAISED = 1
_TWIPS = 20
_CLEAR, _SOLID = 0, 1
_RUNS = 0x01
_NO_TEXT = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Font:
    """The look of letters; `ink` is None where it is not known."""

    struck: bool
    raised: bool
    speck: bool
    ink: Colour | None


@dataclass(slots=True)
class Styles:
    """The fonts of a workbook, and the looks of its cells."""

    fonts: list[Font] = field(default_factory=list)
    looks: Looks = field(default_factory=lambda: Looks([], [], []))


def styles_of(records: Iterable[tuple[int, bytes]], scheme: Scheme) -> Styles:
    """The styles of a workbook from the records of its part."""
    styles, fills, own = Styles(), [], dict(BUILT_IN)
    codes: list[str] = []
    strikes: list[bool] = []
    cells: list[CellLook] = []
    of_cells = False
    for kind, body in records:
        if kind == _FONT and len(body) >= 20:
            styles.fonts.append(_font(body, scheme))
        elif kind == _FORMAT and len(body) >= 6:
            own[struct.unpack_from("<H", body)[0]] = text_at(body, 2)[0]
        elif kind == _FILL and len(body) >= 12:
            fills.append(_fill(body, scheme))
        elif kind in (_STYLES_OF_CELLS, _END_OF_STYLES):
            of_cells = kind == _STYLES_OF_CELLS
        elif kind == _STYLE and of_cells and len(body) >= 8:
            code, font, fill = struct.unpack_from("<3H", body, 2)
            look = styles.fonts[font] if font < len(styles.fonts) else _PLAIN
            ground, filled = fills[fill] if fill < len(fills) else (WHITE, False)
            codes.append(own.get(code, ""))
            strikes.append(look.struck)
            cells.append(CellLook(look.ink, ground, filled, look.speck))
    styles.looks = Looks(codes, strikes, cells)
    return styles


def text_at(body: bytes, place: int) -> tuple[str, int]:
    """A text behind its length, and where it ends."""
    length = int.from_bytes(body[place : place + 4], "little")
    end = place + 4 + (0 if length == _NO_TEXT else 2 * length)
    return body[place + 4 : end].decode("utf-16-le", "replace"), end


def text_pieces(body: bytes, fonts: list[Font]) -> list[Piece]:
    """The runs of a text behind its flags; none of one that is not divided."""
    if not body or not body[0] & _RUNS:
        return []
    text, end = text_at(body, 1)
    (count,) = struct.unpack_from("<I", body, end)
    runs = [struct.unpack_from("<HH", body, end + 4 + 4 * at) for at in range(min(count, 0x7FFF))]
    first = [(0, None)] if not runs or runs[0][0] else []
    starts = [*first, *runs, (len(text), None)]
    return [
        _piece(text[start:last], fonts[font] if font is not None and font < len(fonts) else _PLAIN)
        for (start, font), (last, _) in pairwise(starts)
    ]


def _piece(text: str, font: Font) -> Piece:
    shown = raised(text) if font.raised else text
    return Piece(shown, struck=font.struck, speck=font.speck, ink=font.ink)


def _font(body: bytes, scheme: Scheme) -> Font:
    height, flags, _, place = struct.unpack_from("<4H", body)
    return Font(
        struck=bool(flags & _STRUCK),
        raised=place == _RAISED,
        speck=0 < height <= SPECK * _TWIPS,
        ink=_colour(body[12:20], scheme, BLACK),
    )


def _fill(body: bytes, scheme: Scheme) -> tuple[Colour | None, bool]:
    """The ground of a cell, and whether it is one of its own."""
    (pattern,) = struct.unpack_from("<I", body)
    if pattern == _CLEAR:
        return WHITE, False
    return (_colour(body[4:12], scheme, WHITE) if pattern == _SOLID else None), True


def _colour(body: bytes, scheme: Scheme, usual: Colour) -> Colour | None:
    kind, index, tint, red, green, blue = struct.unpack_from("<BBhBBB", body)
    match kind >> 1:
        case 0:
            return usual
        case 1:
            colour = INDEXED.get(index)
        case 2:
            colour = (red, green, blue)
        case _:
            colour = scheme.get(THEME[index]) if index < len(THEME) else None
    return tinted(colour, tint / 0x7FFF) if colour else None


_PLAIN = Font(struck=False, raised=False, speck=False, ink=BLACK)
