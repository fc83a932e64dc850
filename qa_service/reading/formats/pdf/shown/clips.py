"""What a clip leaves of a PDF page's text: what stands outside it is cut away."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

MOST_PATHS, MOST_POINTS = 8, 64
"""A clip of more is not looked at: what it cuts away counts as shown."""

Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top, in the page's own points."""


def clip_of(handle: Any) -> Bounds | None:
    """The bounds of what the clip of an object leaves; None where nothing is cut away."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(handle)
    count = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    if not 0 < count <= MOST_PATHS:
        return None
    boxes = [box for place in range(count) if (box := _bounds(clip, place))]
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _bounds(clip: Any, place: int) -> Bounds | None:
    count = pdfium_c.FPDFClipPath_CountPathSegments(clip, place)
    if not 0 < count <= MOST_POINTS:
        return None
    # Of a rectangle two corners across say all.
    points = [_point(clip, place, at) for at in ((0, 2) if count in (4, 5) else range(count))]
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _point(clip: Any, place: int, at: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, place, at)
    pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def address(handle: Any) -> int:
    """By what an object of a page is known again."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
