"""Where things stand on a PDF page as it is shown: turned and cropped as the page says."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.content import Box

SHALLOW = 0.3
"""Line boxes reach so many points below the feet of letters, or more."""
LINE_BOX = 1.1
"""A line box is about so many times as high as the size of its font."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right and top in points, as shown."""

# What pdfium writes answers into: one thread asks it at a time, and a new one for each of the
# many signs of a page would take as long as the answer does.
_RECTANGLE, _MATRIX = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
_X, _Y = ctypes.c_double(), ctypes.c_double()


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's shown size in points, and how coordinates of its content are turned into it.

    Shown coordinates count from the lower left corner. `turns` are quarters clockwise.
    """

    width: float
    height: float
    left: float
    bottom: float
    turns: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Frame:
        """The frame of a page."""
        width, height = page.get_size()
        left, bottom, _, _ = page.get_cropbox()
        return cls(width, height, left, bottom, page.get_rotation() // 90 % 4)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's content as it is shown."""
        across, up = x - self.left, y - self.bottom
        if not self.turns:
            return across, up
        if self.turns == 1:
            return up, self.height - across
        if self.turns == 2:
            return self.width - across, self.height - up
        return self.width - up, across

    def rectangle(self, bounds: Rectangle) -> Rectangle:
        """A rectangle of the page's content as it is shown."""
        (x1, y1), (x2, y2) = self.shown(*bounds[:2]), self.shown(*bounds[2:])
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of shown coordinates as shares of the page, from its upper left corner."""
        width, height = self.width or 1.0, self.height or 1.0
        return Box(left / width, 1 - top / height, right / width, 1 - bottom / height)


def around(one: Rectangle, other: Rectangle) -> Rectangle:
    """The least rectangle that holds both."""
    return (
        one[0] if one[0] <= other[0] else other[0],
        one[1] if one[1] <= other[1] else other[1],
        one[2] if one[2] >= other[2] else other[2],
        one[3] if one[3] >= other[3] else other[3],
    )


def origin(text_page: Any, index: int, frame: Frame) -> tuple[float, float]:
    """Where a character begins on its baseline, as shown."""
    if not pdfium_c.FPDFText_GetCharOrigin(text_page, index, _X, _Y):
        return frame.shown(0.0, 0.0)
    return frame.shown(_X.value, _Y.value)


def font_size(text_page: Any, index: int) -> float:
    """The size of a character's font in points, as shown."""
    if not pdfium_c.FPDFText_GetMatrix(text_page, index, _MATRIX):
        return 0.0
    return float(pdfium_c.FPDFText_GetFontSize(text_page, index) * hypot(_MATRIX.c, _MATRIX.d))


def line_height(text_page: Any, places: Sequence[int], frame: Frame) -> float:
    """How high a line is, told by the line boxes of some of its characters.

    Where a font does not say how deep its letters reach, boxes are what each letter draws.
    """
    size = 0.0
    for index in places:
        _, bottom, _, top = loose_box(text_page, index, frame)
        shallow = top > bottom > origin(text_page, index, frame)[1] - SHALLOW
        size = max(size, LINE_BOX * font_size(text_page, index) if shallow else top - bottom)
    return size


def ink_box(text_page: Any, index: int, frame: Frame) -> Rectangle:
    """The box of what a character draws, as shown: left, bottom, right, top."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium_c.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return frame.rectangle((left.value, bottom.value, right.value, top.value))


def loose_box(text_page: Any, index: int, frame: Frame) -> Rectangle:
    """The line box of a character as shown: left, bottom, right, top."""
    if not pdfium_c.FPDFText_GetLooseCharBox(text_page, index, _RECTANGLE):
        return frame.rectangle((0.0, 0.0, 0.0, 0.0))
    left, bottom = _RECTANGLE.left, _RECTANGLE.bottom
    right, top = _RECTANGLE.right, _RECTANGLE.top
    if frame.turns or left > right or bottom > top:
        return frame.rectangle((left, bottom, right, top))
    x, y = frame.left, frame.bottom
    return left - x, bottom - y, right - x, top - y
