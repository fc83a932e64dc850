"""What a clip leaves of a PDF page's text: what stands outside it is cut away."""

from __future__ import annotations

import ctypes
from math import inf
from typing import Any

import pypdfium2.raw as pdfium_c

MOST_PATHS, MOST_POINTS = 8, 64
"""A clip of more is not looked at: what it cuts away counts as shown."""

Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top, in the page's own points."""
EVERYWHERE = (-inf, -inf, inf, inf)
# pdfium writes its answers into these: one thread asks it at a time.
_X, _Y = ctypes.c_float(), ctypes.c_float()


def clip_of(handle: Any) -> Bounds | None:
    """The bounds of what the clip of an object leaves; None where nothing is cut away."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(handle)
    count = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    if not 0 < count <= MOST_PATHS:
        return None
    left, bottom, right, top = EVERYWHERE
    for place in range(count):
        one = _bounds(clip, place)
        left, bottom = max(left, one[0]), max(bottom, one[1])
        right, top = min(right, one[2]), min(top, one[3])
    return (left, bottom, right, top) if left > -inf else None


def _bounds(clip: Any, place: int) -> Bounds:
    count = pdfium_c.FPDFClipPath_CountPathSegments(clip, place)
    if not 0 < count <= MOST_POINTS:
        return EVERYWHERE
    if count in (4, 5):
        # Of a rectangle two corners across say all.
        x, y = _point(clip, place, 0)
        across, up = _point(clip, place, 2)
        return min(x, across), min(y, up), max(x, across), max(y, up)
    lefts, bottoms = zip(*(_point(clip, place, at) for at in range(count)), strict=True)
    return min(lefts), min(bottoms), max(lefts), max(bottoms)


def _point(clip: Any, place: int, at: int) -> tuple[float, float]:
    segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, place, at)
    pdfium_c.FPDFPathSegment_GetPoint(segment, _X, _Y)
    return _X.value, _Y.value


def address(handle: Any) -> int:
    """By what an object of a page is known again."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
