"""Lines of Arabic and Hebrew put together from where their signs stand.

In what order a PDF stores them, and whether the PDF library turns them round, differs from
program to program; where they stand does not.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.formats.pdf.geometry import (
    Frame,
    Rectangle,
    around,
    font_size,
    loose_box,
    origin,
)
from qa_service.reading.formats.pdf.shown.clips import address
from qa_service.reading.formats.pdf.signs.bidi import brackets_in_order, reading_order
from qa_service.reading.formats.pdf.signs.raising import TextPage

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
_WORDS = ("\u0644\u0644\u0647", "\u0627\u0644\u0644\u0647")
_LIGATURES = frozenset(("\u0644\u0627", "\u0644\u0622", "\u0644\u0623", "\u0644\u0625", *_WORDS))
"""Lam with each alef, and the two words that fonts draw as one sign (Unicode, chapter 9.2)."""
BLANK = 0.17
"""Signs further apart than this share of their size are of two words."""
SAME_ROW = 0.5
"""Lines that overlap by more than this share of the lower one's height are one."""
LEVEL = 1.0
"""The signs of a line stand on one height, but for so many sizes."""


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line as it is stored: its text, and the library's numbers of its signs where they do
    not follow from `offset`; `height` is that of its letters, 0 where each has its own."""

    text: str
    offset: int
    numbers: tuple[int, ...] = ()
    height: float = 0.0

    def of(self, text_page: TextPage) -> TextPage:
        """The text of the page as this line counts it."""
        if not self.numbers:
            return text_page
        return replace(text_page, numbers=self.numbers, height=self.height)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of the page, the library's number of it, the place of its object among those that
    are drawn, and where it stands."""

    text: str
    number: int
    drawn: int
    box: Rectangle
    origin: tuple[float, float]

    @property
    def middle(self) -> float:
        return (self.box[0] + self.box[2]) / 2


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What the page shows as one sign: letters of a ligature, a letter with its marks."""

    signs: tuple[_Sign, ...]
    box: Rectangle

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)

    @property
    def drawn(self) -> tuple[int, float]:
        """What puts clusters in the order in which they are drawn."""
        return self.signs[0].drawn, self.signs[0].origin[0]

    @property
    def middle(self) -> float:
        return (self.box[0] + self.box[2]) / 2


_Placed = tuple[StoredLine, list[_Sign]]


def stored_lines(
    page: pdfium.PdfPage, text_page: TextPage, text: str, frame: Frame
) -> Iterator[StoredLine]:
    """The lines of a page's text, those with letters from right to left as they are read."""
    offset, turned = 0, RIGHT_TO_LEFT.search(text) is not None
    lines: list[StoredLine] = []
    for raw in text.split("\r\n"):
        lines.append(StoredLine(raw, offset))
        offset += len(raw) + 2
    if not turned:
        yield from lines
        return
    drawn = _order_of_drawing(page)
    for row in _rows((line, _signs(text_page, line, frame, drawn)) for line in lines):
        signs = [sign for _, found in row for sign in found]
        if any(RIGHT_TO_LEFT.match(sign.text) for sign in signs) and _is_level(signs):
            yield _in_order(text_page, signs)
        else:
            yield from (line for line, _ in row)


def _rows(lines: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Lines that the library parted at marks above and below the letters, together."""
    row: list[_Placed] = []
    place: Rectangle | None = None
    for line, signs in lines:
        here = _around(signs) if signs else None
        if row and not (place and here and _is_beside(place, here)):
            yield row
            row, place = [], None
        row.append((line, signs))
        place = around(place, here) if place and here else here
    if row:
        yield row


def _is_beside(one: Rectangle, other: Rectangle) -> bool:
    heights = one[3] - one[1], other[3] - other[1]
    return min(one[3], other[3]) - max(one[1], other[1]) > SAME_ROW * min(heights) and max(
        one[0], other[0]
    ) - min(one[2], other[2]) < max(heights)


def _order_of_drawing(page: pdfium.PdfPage) -> dict[int, int]:
    """The place of each object of a page, by its address."""
    count = pdfium_c.FPDFPage_CountObjects(page)
    return {address(pdfium_c.FPDFPage_GetObject(page, at)): at for at in range(count)}


def _signs(
    text_page: TextPage, line: StoredLine, frame: Frame, drawn: Mapping[int, int]
) -> list[_Sign]:
    """The signs of a line with their places, without blanks that the page does not draw."""
    found: list[_Sign] = []
    for place, text in enumerate(line.text):
        number = text_page.character(line.offset + place)
        known = pdfium_c.FPDFText_GetTextObject(text_page, number)
        box = loose_box(text_page, number, frame)
        if unicodedata.category(text) == "Cc" or (text == " " and not (known and box[2] > box[0])):
            continue
        plain = unicodedata.normalize("NFKC", text) if _FORMS.match(text) else text
        order = drawn.get(address(known), 0) if known else 0
        found.append(_Sign(plain, number, order, box, origin(text_page, number, frame)))
    return found


def _is_level(signs: Sequence[_Sign]) -> bool:
    feet = [sign.origin[1] for sign in signs]
    tallest = max(sign.box[3] - sign.box[1] for sign in signs)
    return max(feet) - min(feet) <= LEVEL * tallest


def _in_order(text_page: TextPage, signs: Sequence[_Sign]) -> StoredLine:
    drawn = sorted(_clusters(signs), key=lambda cluster: cluster.drawn)
    clusters = sorted(_with_marks(drawn), key=lambda cluster: cluster.middle)
    em, height = _sizes(text_page, signs)
    parted = list(_with_blanks(clusters, BLANK * em))
    text, numbers = "", []
    for at in reading_order([cluster.text for cluster in parted]):
        for sign in parted[at].signs:
            text += sign.text
            numbers += [sign.number] * len(sign.text)
    return StoredLine(brackets_in_order(text), 0, tuple(numbers), height)


def _clusters(signs: Sequence[_Sign]) -> Iterator[_Cluster]:
    """Signs that begin at one place are one sign of the page."""
    leftwards = _go_leftwards(signs)
    together: defaultdict[tuple[float, float, int], list[_Sign]] = defaultdict(list)
    for sign in signs:
        together[(*sign.origin, sign.drawn)].append(sign)
    for found in together.values():
        yield _Cluster(_as_read(tuple(found), leftwards), _around(found))


def _go_leftwards(signs: Sequence[_Sign]) -> bool:
    """Whether letters are stored as they are read: the library has turned them all round then,
    those of ligatures, too."""
    letters = [sign.middle for sign in signs if RIGHT_TO_LEFT.match(sign.text)]
    steps = [after < before for before, after in pairwise(letters)]
    return 2 * sum(steps) > len(steps)


def _as_read(signs: tuple[_Sign, ...], leftwards: bool) -> tuple[_Sign, ...]:
    """The letters of one sign of the page in order, marks behind the letter they stand on."""
    if len(signs) == 1 or not all(map(_is_turned, signs)):
        return signs
    if len({sign.box for sign in signs}) == len(signs):
        ordered = tuple(sorted(signs, key=lambda sign: -sign.middle))
    else:
        ordered = signs[::-1] if leftwards else signs
    backwards = ordered[::-1]
    text = "".join(sign.text for sign in backwards)
    return backwards if text in _LIGATURES or _is_mark(ordered[0].text) else ordered


def _is_turned(sign: _Sign) -> bool:
    return RIGHT_TO_LEFT.match(sign.text) is not None


def _is_mark(text: str) -> bool:
    return unicodedata.category(text[0]) == "Mn"


def _with_marks(clusters: Iterable[_Cluster]) -> Iterator[_Cluster]:
    """The clusters, as they are drawn, with marks that stand alone behind their letters.

    Programs draw a line from the left, and a mark before the letter that it belongs to.
    """
    marks: tuple[_Sign, ...] = ()
    for cluster in clusters:
        if _is_mark(cluster.text):
            marks = cluster.signs + marks
        else:
            yield replace(cluster, signs=cluster.signs + marks)
            marks = ()


def _sizes(text_page: TextPage, signs: Sequence[_Sign]) -> tuple[float, float]:
    """The size of a line's letters in points, and their height, as other lines have it."""
    tallest = max(sign.box[3] - sign.box[1] for sign in signs)
    number = next((sign.number for sign in signs if _is_turned(sign)), signs[0].number)
    em = font_size(text_page, number)
    font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFText_GetTextObject(text_page, number))
    up, down = ctypes.c_float(), ctypes.c_float()
    if not em or not pdfium_c.FPDFFont_GetAscent(font, em, up):
        return tallest, tallest
    pdfium_c.FPDFFont_GetDescent(font, em, down)
    return em, up.value - down.value


def _with_blanks(clusters: Sequence[_Cluster], widest: float) -> Iterator[_Cluster]:
    """The clusters from the left, with a blank wherever a gap parts two of them."""
    right = float("inf")
    for cluster in clusters:
        if min(sign.origin[0] for sign in cluster.signs) - right > widest:
            yield _Cluster((replace(cluster.signs[0], text=" "),), cluster.box)
        right = cluster.box[2] if right == float("inf") else max(right, cluster.box[2])
        yield cluster


def _around(signs: Sequence[_Sign]) -> Rectangle:
    box = signs[0].box
    for sign in signs[1:]:
        box = around(box, sign.box)
    return box
