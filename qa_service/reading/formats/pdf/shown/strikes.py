"""Lines drawn through the words of a PDF page: what they strike out is said no longer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.formats.pdf.geometry import Frame, Rectangle
from qa_service.reading.formats.pdf.shown.clips import Bounds
from qa_service.reading.formats.pdf.shown.grounds import Ground, fill_of, line_colour_of

SHORTEST, THICKEST = 2.0, 5.0
"""Points: a stroke is no shorter, and lower than the least ground."""
MOST_STROKES = 20_000
LIGHT, FAINT = 232, 26
"""A stroke of lighter red, green and blue, or of less alpha, of 255, strikes nothing out."""
LOWEST, HIGHEST = 0.1, 0.45
"""A strike runs so many sizes above the foot of its letters: below is an underline."""
THICKEST_OF_SIZE = 0.25
LEAST_COVERED = 0.6
"""So much of a strike stands on words: a line of a table or a diagram runs on beyond them."""
BEYOND = 1.0
"""A strike ends no more than so many sizes beside its words."""
MIDDLE_OF_MARK = 0.45
"""At this share of its height the rectangle of a mark for struck-out text runs through it."""

_HIDDEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line as it is drawn; `order` is its place among all that is drawn."""

    order: int
    bounds: Bounds


@dataclass(frozen=True, slots=True, order=True)
class Strike:
    """A level line that may strike words out, in points as shown, and how thick it is."""

    height: float
    left: float
    right: float
    thick: float


def stroke_of(handle: Any, order: int, bounds: Bounds, *, filled: bool) -> Stroke | None:
    """The level or upright line that a path draws; None for other shapes, and in light ink."""
    thin, long = sorted((bounds[2] - bounds[0], bounds[3] - bounds[1]))
    if long < max(SHORTEST, 2 * thin) or thin >= THICKEST:
        return None
    *colour, alpha = fill_of(handle) if filled else line_colour_of(handle)
    return None if min(colour) >= LIGHT or alpha < FAINT else Stroke(order, bounds)


def strikes_on(
    page: pdfium.PdfPage, strokes: Iterable[Stroke], grounds: Sequence[Ground]
) -> tuple[Strike, ...]:
    """The level lines of a page that nothing is painted over, and its marks for struck-out text,
    from the lowest up."""
    frame = Frame.of(page)
    drawn = (_strike(frame.rectangle(it.bounds)) for it in strokes if not _is_below(it, grounds))
    level = (strike for strike in drawn if strike.thick < strike.right - strike.left)
    return tuple(sorted([*level, *_marks(page, frame)]))


def strikes_near(strikes: Sequence[Strike], bottom: float, top: float) -> Sequence[Strike]:
    """Those between two heights; `strikes` go from the lowest up."""
    first = bisect_left(strikes, bottom, key=_height)
    return strikes[first : bisect_right(strikes, top, key=_height)]


def may_strike(strike: Strike, words: Sequence[Rectangle], foot: float) -> bool:
    """Whether a line runs through the middle of these words, and not far beyond them.

    `words` are the boxes of those that it meets, from the left; `foot` is where their letters
    stand.
    """
    size = max(top - bottom for _, bottom, _, top in words)
    covered = sum(min(box[2], strike.right) - max(box[0], strike.left) for box in words)
    return (
        LOWEST * size <= strike.height - foot <= HIGHEST * size
        and strike.thick <= THICKEST_OF_SIZE * size
        and covered >= LEAST_COVERED * (strike.right - strike.left)
        and strike.left >= words[0][0] - BEYOND * size
        and strike.right <= words[-1][2] + BEYOND * size
    )


def _strike(box: Rectangle) -> Strike:
    left, bottom, right, top = box
    return Strike((bottom + top) / 2, left, right, top - bottom)


def _height(strike: Strike) -> float:
    return strike.height


def _is_below(stroke: Stroke, grounds: Sequence[Ground]) -> bool:
    """Whether something was painted over a line."""
    left, bottom, right, top = stroke.bounds
    return any(
        ground.order > stroke.order
        and ground.bounds[0] <= left
        and ground.bounds[1] <= bottom
        and ground.bounds[2] >= right
        and ground.bounds[3] >= top
        for ground in grounds
    )


def _marks(page: pdfium.PdfPage, frame: Frame) -> Iterator[Strike]:
    """A line for each stretch of text that a mark on the page strikes out."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        mark = pdfium_c.FPDFPage_GetAnnot(page, index)
        try:
            of_kind = pdfium_c.FPDFAnnot_GetSubtype(mark) == pdfium_c.FPDF_ANNOT_STRIKEOUT
            if of_kind and not pdfium_c.FPDFAnnot_GetFlags(mark) & _HIDDEN:
                for left, bottom, right, top in _stretches(mark, frame):
                    yield Strike(bottom + MIDDLE_OF_MARK * (top - bottom), left, right, 0.0)
        finally:
            pdfium_c.FPDFPage_CloseAnnot(mark)


def _stretches(mark: Any, frame: Frame) -> Iterator[Rectangle]:
    corners = pdfium_c.FS_QUADPOINTSF()
    for place in range(pdfium_c.FPDFAnnot_CountAttachmentPoints(mark)):
        pdfium_c.FPDFAnnot_GetAttachmentPoints(mark, place, corners)
        across = (corners.x1, corners.x2, corners.x3, corners.x4)
        up = (corners.y1, corners.y2, corners.y3, corners.y4)
        yield frame.rectangle((min(across), min(up), max(across), max(up)))
