"""How a PDF page looks with some of its texts and without: what changes nothing is not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from qa_service.reading.formats.pdf.geometry import Frame
from qa_service.reading.formats.pdf.shown.clips import Bounds, address
from qa_service.reading.formats.pdf.shown.grounds import bounds_of

SEEN = 20
"""With a text that is seen, the page differs by so many shades of 255."""
EDGE = 2.0
"""Points within a cover in which letters that go on beside it may show."""

_MATRIX = pdfium_c.FS_MATRIX()


@dataclass(frozen=True, slots=True)
class Form:
    """A part of a page that holds others, and how places in it are turned into the page's."""

    handle: Any
    across: tuple[float, float, float]
    up: tuple[float, float, float]

    @classmethod
    def of(cls, handle: Any, around: Form | None) -> Form:
        """The form of a handle, which may stand in another one."""
        if not pdfium_c.FPDFPageObj_GetMatrix(handle, _MATRIX):
            _MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f = 1, 0, 0, 1, 0, 0
        own = cls(handle, (_MATRIX.a, _MATRIX.c, _MATRIX.e), (_MATRIX.b, _MATRIX.d, _MATRIX.f))
        return own if around is None else cls(handle, *around._turned(own))

    def _turned(self, inner: Form) -> tuple[tuple[float, float, float], ...]:
        return tuple(
            (
                row[0] * inner.across[0] + row[1] * inner.up[0],
                row[0] * inner.across[1] + row[1] * inner.up[1],
                row[0] * inner.across[2] + row[1] * inner.up[2] + row[2],
            )
            for row in (self.across, self.up)
        )

    def bounds(self, inner: Bounds) -> Bounds:
        """Bounds within the form as they are on the page."""
        left, bottom, right, top = inner
        corners = [(x, y) for x in (left, right) for y in (bottom, top)]
        across, up = (
            [row[0] * x + row[1] * y + row[2] for x, y in corners] for row in (self.across, self.up)
        )
        return min(across), min(up), max(across), max(up)


Text = tuple[Any, Form | None]
"""A text object, and the form that holds it, None for the page itself."""
Covered = tuple[Any, Bounds]
"""A text object, and what of it something is painted over."""


def unseen_among(
    page: pdfium.PdfPage, doubtful: Sequence[Text], covered: Sequence[Covered]
) -> tuple[list[Text], dict[int, list[Bounds]]]:
    """Those without which the page looks the same where they stand; and of those covered in
    part, by their address, what is not seen.
    """
    if not doubtful and not covered:
        return [], {}
    frame = Frame.of(page)
    changed = _changed(page, [handle for handle, _ in (*doubtful, *covered)])
    unseen = [
        (handle, form)
        for handle, form in doubtful
        if not _part(changed, _place(handle, form), frame).any()
    ]
    covers: dict[int, list[Bounds]] = {}
    for handle, (left, bottom, right, top) in covered:
        # The letters beside it are seen.
        within = (left + EDGE, bottom + EDGE, right - EDGE, top - EDGE)
        if not _part(changed, within, frame).any():
            covers.setdefault(address(handle), []).append((left, bottom, right, top))
    return unseen, covers


def _place(handle: Any, form: Form | None) -> Bounds:
    return form.bounds(bounds_of(handle)) if form else bounds_of(handle)


def _changed(page: pdfium.PdfPage, handles: Sequence[Any]) -> NDArray[np.bool_]:
    """Where a page looks otherwise without some of its texts."""
    whole = _picture(page)
    for handle in handles:
        pdfium_c.FPDFPageObj_SetIsActive(handle, False)
    without = _picture(page)
    for handle in handles:
        pdfium_c.FPDFPageObj_SetIsActive(handle, True)
    changed: NDArray[np.bool_] = np.abs(whole - without) >= SEEN
    return changed


def _picture(page: pdfium.PdfPage) -> NDArray[np.int16]:
    bitmap = page.render(scale=1, grayscale=True, may_draw_forms=False, draw_annots=False)
    picture = bitmap.to_numpy().astype(np.int16)
    flat: NDArray[np.int16] = picture.reshape(picture.shape[0], -1)
    return flat


def _part(changed: NDArray[np.bool_], bounds: Bounds, frame: Frame) -> NDArray[np.bool_]:
    box = frame.box(*frame.shown(bounds[0], bounds[1]), *frame.shown(bounds[2], bounds[3]))
    height, width = changed.shape
    top, bottom = sorted((box.top * height, box.bottom * height))
    left, right = sorted((box.left * width, box.right * width))
    rows = slice(max(0, int(top) - 1), max(0, int(bottom) + 2))
    return changed[rows, max(0, int(left) - 1) : max(0, int(right) + 2)]
