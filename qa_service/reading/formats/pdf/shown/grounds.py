"""Painted grounds of a PDF page: texts below one, or in its own colour, may not be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from qa_service.reading.formats.pdf.shown.clips import Bounds

WIDEST_LINE, LEAST_HEIGHT = 12.0, 5.0
"""Points: what is painted narrower or lower than that is a line, and hides no words."""
MOST_GROUNDS = 200
OPAQUE = 250

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled shape; `order` is its place among all that is drawn, which is drawn in order."""

    order: int
    bounds: Bounds
    colour: Colour


@dataclass(frozen=True, slots=True)
class Inked:
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


def maybe_unseen(texts: Sequence[Inked], grounds: Sequence[Ground]) -> Iterator[Any]:
    """The texts that begin within a ground drawn later, or drawn before in their own colour."""
    largest = sorted(grounds, key=_area, reverse=True)[:MOST_GROUNDS]
    for text in texts if largest else ():
        x, y = _origin(text.handle)
        if any(_holds(ground, x, y) for ground in largest if _may_hide(ground, text)):
            yield text.handle


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
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(handle, matrix)
    return matrix.e, matrix.f


def fill_of(handle: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha of what an object is filled with, 0 to 255."""
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    pdfium_c.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha)
    return red.value, green.value, blue.value, alpha.value


def bounds_of(handle: Any) -> Bounds:
    """The bounds of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
