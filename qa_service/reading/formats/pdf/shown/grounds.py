"""Painted grounds of a PDF page: texts below one, or in its own colour, may not be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from qa_service.reading.formats.pdf.shown.clips import Bounds

WIDEST_LINE, LEAST_HEIGHT = 12.0, 5.0
"""Points: what is painted narrower or lower than that is a line, and hides no words."""
LEAST_COVERED = 6.0
"""Points of a text that a ground covers, for some of its letters to be gone."""
MOST_GROUNDS = 200
OPAQUE = 250

Colour = tuple[int, int, int]

# pdfium writes its answers into these: one thread asks it at a time, and a page has thousands of
# texts.
_RED, _GREEN, _BLUE, _ALPHA = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
_MATRIX = pdfium_c.FS_MATRIX()


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled shape or a picture, which has no one colour; `order` is its place among all that
    is drawn, which is drawn in order."""

    order: int
    bounds: Bounds
    colour: Colour | None


class Inked(NamedTuple):
    """A text of the page itself with its colour and place in the order of drawing."""

    order: int
    handle: Any
    colour: Colour


def ground_of(handle: Any, order: int, bounds: Bounds) -> Ground | None:
    """What a filled path paints, if it is opaque and larger than a line."""
    left, bottom, right, top = bounds
    if right - left < WIDEST_LINE or top - bottom < LEAST_HEIGHT:
        return None
    *colour, alpha = fill_of(handle)
    return Ground(order, bounds, (colour[0], colour[1], colour[2])) if alpha >= OPAQUE else None


def is_filled(handle: Any) -> bool:
    """Whether a path is filled, and not drawn as a line alone."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(handle, mode, stroke)
    return bool(mode.value)


def maybe_unseen(
    texts: Sequence[Inked], grounds: Sequence[Ground]
) -> Iterator[tuple[Any, Bounds | None]]:
    """The texts that begin within a ground drawn later, or drawn before in their own colour; and
    with what it covers of them, those that such a ground reaches over."""
    largest = sorted(grounds, key=_area, reverse=True)[:MOST_GROUNDS]
    last, colours = max((it.order for it in largest), default=-1), {it.colour for it in largest}
    for text in texts:
        if text.order > last and text.colour not in colours:
            continue
        x, y = _origin(text.handle)
        hiding = [
            ground for ground in largest if _is_beside(ground, x, y) and _may_hide(ground, text)
        ]
        if not hiding:
            continue
        if any(_holds(ground, x, y) for ground in hiding):
            yield text.handle, None
        for ground in hiding:
            covered = _both(bounds_of(text.handle), ground.bounds)
            if covered[2] - covered[0] >= LEAST_COVERED:
                yield text.handle, covered


def _is_beside(ground: Ground, x: float, y: float) -> bool:
    """Whether a ground stands at the height of a text, and no further left than it begins."""
    _, bottom, right, top = ground.bounds
    return bottom <= y <= top and x <= right


def _both(one: Bounds, other: Bounds) -> Bounds:
    """What two bounds have in common."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _may_hide(ground: Ground, text: Inked) -> bool:
    return ground.order > text.order or ground.colour == text.colour


def _holds(ground: Ground, x: float, y: float) -> bool:
    left, bottom, right, top = ground.bounds
    return left <= x <= right and bottom <= y <= top


def _area(ground: Ground) -> float:
    left, bottom, right, top = ground.bounds
    return (right - left) * (top - bottom)


def _origin(handle: Any) -> tuple[float, float]:
    """Where a text begins: far cheaper than its bounds."""
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, _MATRIX):
        return 0.0, 0.0
    return _MATRIX.e, _MATRIX.f


def fill_of(handle: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha of what an object is filled with, 0 to 255."""
    if not pdfium_c.FPDFPageObj_GetFillColor(handle, _RED, _GREEN, _BLUE, _ALPHA):
        return 0, 0, 0, 0
    return _RED.value, _GREEN.value, _BLUE.value, _ALPHA.value


def line_colour_of(handle: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha of the lines of an object, 0 to 255."""
    if not pdfium_c.FPDFPageObj_GetStrokeColor(handle, _RED, _GREEN, _BLUE, _ALPHA):
        return 0, 0, 0, 0
    return _RED.value, _GREEN.value, _BLUE.value, _ALPHA.value


def bounds_of(handle: Any) -> Bounds:
    """The bounds of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
