"""What of a PDF page's text is not to be seen on it: taken off the page before it is read.

Text outside of a page or too small to read is left out word by word (lines.py): to ask for
the bounds of every text would take half as long as reading does.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.formats.pdf.shown.clips import Bounds, address, clip_of
from qa_service.reading.formats.pdf.shown.differences import Covered, Form, Text, unseen_among
from qa_service.reading.formats.pdf.shown.grounds import (
    Ground,
    Inked,
    bounds_of,
    fill_of,
    ground_of,
    is_filled,
    line_colour_of,
    maybe_unseen,
)
from qa_service.reading.formats.pdf.shown.strikes import (
    MOST_STROKES,
    Strike,
    Stroke,
    strikes_on,
    stroke_of,
)

DEEPEST = 4
"""Forms within forms are looked into so deep."""
SCAN = 0.5
"""A picture that covers this share of a page is a scan: invisible text on it is its words."""
PICTURE = 0.04
"""One that covers this share is told where it is not read; smaller ones are signs and lines."""
MOST_PICTURES = 50
LIGHT = 232
"""A text of this much red, green and blue, of 255, is seen on dark ground alone …"""
FAINT = 26
"""… and one of less alpha than this hardly anywhere, so that it is drawn both ways."""
STICKING_OUT = 2.0
"""Points that a clip must cut off for anything to be gone."""
MOST_UNPACKED = 2**24
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)

_IN_LINES = (pdfium_c.FPDF_TEXTRENDERMODE_STROKE, pdfium_c.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_IN_NO_INK = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(slots=True)
class _Seen:
    """The page, and what was met on it: texts in no ink, or maybe not seen, and pictures."""

    page: Bounds
    invisible: list[Text] = field(default_factory=list)
    doubtful: list[Text] = field(default_factory=list)
    pictures: list[Ground] = field(default_factory=list)
    inked: list[Inked] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    cut_away: list[Text] = field(default_factory=list)
    clips: dict[int, Bounds] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many texts were taken off a page, whether the words of a scan lie below it, whether
    it shows a picture that is no scan and no mere sign, what clips leave of texts that begin
    within them, by the address of each, the lines that may strike words out, and what of texts
    is painted over, by the address of each."""

    texts: int
    below_scan: bool
    picture: bool
    clips: Mapping[int, Bounds]
    strikes: Sequence[Strike] = ()
    covers: Mapping[int, Sequence[Bounds]] = field(default_factory=dict)


def has_layers(data: bytes) -> bool:
    """Whether a PDF has layers that can be switched off; also where it is packed or encrypted."""
    if b"/OCProperties" in data or b"/Encrypt" in data:
        return True
    return any(b"/OCProperties" in part for part in _unpacked(data))


def _unpacked(data: bytes) -> Iterator[bytes]:
    for found in _PACKED_OBJECTS.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], MOST_UNPACKED)
        except zlib.error:
            yield b"/OCProperties"


def remove_what_is_not_shown(page: pdfium.PdfPage, *, layers: bool) -> Hidden:
    """Takes texts off a page that nobody sees on it; those below a scan are its words.

    They are drawn in no ink, in the colour of their ground, under something painted, in a
    group that shines through, or, where a file has `layers`, in one that is switched off.
    """
    seen = _Seen(page.get_cropbox())
    count, of_page = pdfium_c.FPDFPage_CountObjects(page), page.raw
    _look_at(
        (pdfium_c.FPDFPage_GetObject(of_page, place) for place in range(count)), None, seen, layers
    )
    shares = _shares(page, seen)
    if sum(shares) < SCAN:
        seen.grounds += seen.pictures
    covered: list[Covered] = []
    for handle, part in maybe_unseen(seen.inked, seen.grounds):
        if part:
            covered.append((handle, part))
        else:
            seen.doubtful.append((handle, None))
    largest = max(shares, default=0.0)
    scan = bool(seen.invisible) and largest >= SCAN
    unseen, covers = unseen_among(page, seen.doubtful, covered)
    hidden = [*([] if scan else seen.invisible), *unseen, *seen.cut_away]
    for item in hidden:
        _remove(page, item)
    strikes = strikes_on(page, seen.strokes, seen.grounds)
    pictured = not scan and largest >= PICTURE
    return Hidden(len(hidden), scan, pictured, seen.clips, strikes, covers)


def _look_at(
    objects: Iterable[Any], form: Form | None, seen: _Seen, layers: bool, depth: int = 0
) -> None:
    for order, handle in enumerate(objects):
        kind = pdfium_c.FPDFPageObj_GetType(handle)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            _look_at_text(handle, form, order, seen, layers)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH and not form:
            _look_at_path(handle, order, seen)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE and not form:
            if len(seen.pictures) < MOST_PICTURES:
                seen.pictures.append(Ground(order, bounds_of(handle), None))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            number = pdfium_c.FPDFFormObj_CountObjects(handle)
            inner = [pdfium_c.FPDFFormObj_GetObject(handle, place) for place in range(number)]
            doubtful = layers or bool(pdfium_c.FPDFPageObj_HasTransparency(handle))
            _look_at(inner, Form.of(handle, form), seen, doubtful, depth + 1)


def _look_at_path(handle: Any, order: int, seen: _Seen) -> None:
    filled, bounds = is_filled(handle), bounds_of(handle)
    if stroke := stroke_of(handle, order, bounds, filled=filled):
        if len(seen.strokes) < MOST_STROKES:
            seen.strokes.append(stroke)
    elif filled and (ground := ground_of(handle, order, bounds)):
        seen.grounds.append(ground)


def _look_at_text(handle: Any, form: Form | None, order: int, seen: _Seen, layers: bool) -> None:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle)
    red, green, blue, alpha = line_colour_of(handle) if mode in _IN_LINES else fill_of(handle)
    if mode in _IN_NO_INK:
        seen.invisible.append((handle, form))
    elif (
        min(red, green, blue) >= LIGHT
        or alpha < FAINT
        or (layers and (form or _is_in_layer(handle)))
    ):
        seen.doubtful.append((handle, form))
    elif not form and not _is_cut_away(handle, seen):
        seen.inked.append(Inked(order, handle, (red, green, blue)))


def _is_cut_away(handle: Any, seen: _Seen) -> bool:
    """Whether a text stands outside of its clip; of one that it cuts, what it leaves is noted."""
    clip = clip_of(handle)
    if clip is None or _sticks_out(seen.page, clip) < STICKING_OUT:
        return False
    if clip[0] == clip[2] or clip[1] == clip[3]:
        # Whether anything is left is seen when it is drawn.
        seen.doubtful.append((handle, None))
        return True
    bounds = bounds_of(handle)
    if min(bounds[2], clip[2]) <= max(bounds[0], clip[0]) or (
        min(bounds[3], clip[3]) <= max(bounds[1], clip[1])
    ):
        seen.cut_away.append((handle, None))
        return True
    if _sticks_out(bounds, clip) >= STICKING_OUT:
        seen.clips[address(handle)] = clip
    return False


def _sticks_out(bounds: Bounds, clip: Bounds) -> float:
    """How far bounds reach over those of a clip, on the side where they do most."""
    left, bottom, right, top = bounds
    return max(clip[0] - left, clip[1] - bottom, right - clip[2], top - clip[3])


def _shares(page: pdfium.PdfPage, seen: _Seen) -> list[float]:
    """What share of the page each of its first pictures covers."""
    width, height = page.get_size()
    boxes = [picture.bounds for picture in seen.pictures]
    areas = [(right - left) * (top - bottom) for left, bottom, right, top in boxes]
    return [float(area / max(1.0, width * height)) for area in areas]


def _is_in_layer(handle: Any) -> bool:
    name, length = ctypes.create_string_buffer(8), ctypes.c_ulong()
    for place in range(pdfium_c.FPDFPageObj_CountMarks(handle)):
        mark = pdfium_c.FPDFPageObj_GetMark(handle, place)
        ctypes.memset(name, 0, 8)
        wide = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
        pdfium_c.FPDFPageObjMark_GetName(mark, wide, 8, length)
        if length.value == 6 and name.raw[:4] == b"O\0C\0":
            return True
    return False


def _remove(page: pdfium.PdfPage, item: Text) -> None:
    handle, form = item
    if form is None:
        removed = pdfium_c.FPDFPage_RemoveObject(page, handle)
    else:
        removed = pdfium_c.FPDFFormObj_RemoveObject(form.handle, handle)
    if removed:
        pdfium_c.FPDFPageObj_Destroy(handle)
