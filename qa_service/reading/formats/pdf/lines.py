"""The lines of a PDF page with their looks, and the running headers among them."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import PlacedWord
from qa_service.reading.formats.pdf.geometry import Frame, loose_box, origin

HYPHEN_MARK = "\u00ad"
"""Stands in a line where the page had a hyphen at a line's end."""
_WORD = re.compile("[^\\s\ufffe\u0002\u00ad]+")
FOOT = 0.1
HEAD = 0.92
"""Shares of a page's height below and above which running lines stand."""
RECURRING_SHARE = 0.3
BOLD_WEIGHT = 600
CELL_GAP = 3.0
"""A gap this many times the line's size, between words, parts two cells of a table row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. Places are in points from the lower left corner of the page.

    `top` and `bottom` are the baselines at its beginning and end: two where the PDF
    library has drawn lines together at a hyphen. `height` is the share of the page's
    height at which it stands, 0 at the bottom. `bold_cells` tells of a bold line
    that wide gaps part it into cells side by side.
    """

    text: str
    page: int
    size: float
    bold: bool
    left: float
    right: float
    top: float
    bottom: float
    height: float
    bold_cells: bool
    words: tuple[PlacedWord, ...] = field(default=(), compare=False)


def page_lines(page: pdfium.PdfPage, number: int) -> Iterator[Line]:
    """The lines of a page in the order its text is stored, hyphens at ends marked."""
    text_page, frame = page.get_textpage(), Frame.of(page)
    try:
        offset = 0
        for raw in text_page.get_text_range().split("\r\n"):
            if text := _marked(raw):
                line = _line(text_page, raw, offset, text, number, frame)
                if _is_shown(line):
                    yield line
            offset += len(raw) + 2
    finally:
        text_page.close()


def _is_shown(line: Line) -> bool:
    """Whether any word of a line stands on the page and not beside it."""
    boxes = [word.box for word in line.words]
    return not boxes or any(
        box.right > 0 and box.left < 1 and box.bottom > 0 and box.top < 1 for box in boxes
    )


def _marked(raw: str) -> str:
    """A canonical line in which only `HYPHEN_MARK` is left of what doesn't show."""
    parts = re.split("[\ufffe\u0002\u00ad]", raw)
    text = HYPHEN_MARK.join(one_line(f"|{part}|")[1:-1] for part in parts).strip()
    return re.sub(r"(?<=[^\W\d_])[-‐]$", HYPHEN_MARK, text)


def _line(
    text_page: pdfium.PdfTextPage, raw: str, offset: int, text: str, number: int, frame: Frame
) -> Line:
    start = offset + len(raw) - len(raw.lstrip())
    end = offset + len(raw.rstrip()) - 1
    first, middle, last = (_character(text_page, at) for at in (start, (start + end) // 2, end))
    left, top = origin(text_page, first, frame)
    right, bottom = origin(text_page, last, frame)
    size = max(_size(text_page, middle, frame), _size(text_page, last, frame))
    bold = sum(_is_bold(text_page, index) for index in (first, middle, last)) >= 2
    return Line(
        text=text,
        page=number,
        size=round(size, 1),
        bold=bold,
        left=left,
        right=right + size / 2,
        top=top,
        bottom=bottom,
        height=bottom / frame.height if frame.height else 0.5,
        bold_cells=bold and _has_cells(text_page, raw, offset, size * CELL_GAP, frame),
        words=tuple(_words(text_page, raw, offset, number, frame)),
    )


def _words(
    text_page: pdfium.PdfTextPage, raw: str, offset: int, number: int, frame: Frame
) -> Iterator[PlacedWord]:
    """The words of a line, and halves of words at hyphens, where the page shows them."""
    for found in _WORD.finditer(raw):
        first = _character(text_page, offset + found.start())
        last = _character(text_page, offset + found.end() - 1)
        left, bottom, right, top = loose_box(text_page, first, frame)
        if last != first:
            box = loose_box(text_page, last, frame)
            left, bottom = min(left, box[0]), min(bottom, box[1])
            right, top = max(right, box[2]), max(top, box[3])
        yield PlacedWord(found[0], number, frame.box(left, bottom, right, top))


def _has_cells(
    text_page: pdfium.PdfTextPage, raw: str, offset: int, widest_blank: float, frame: Frame
) -> bool:
    """Whether a wide gap follows a word; below a mere number or letter it may be a tab."""
    word = re.search(r"[^\W\d_]{2}", raw)
    gaps = re.compile(r"(?<=\S)\s+(?=\S)").finditer(raw, word.end() if word else len(raw))
    return any(
        _step(text_page, offset + gap.start() - 1, offset + gap.end(), frame) > widest_blank
        for gap in gaps
    )


def cell_offsets(line: Line) -> Iterator[int]:
    """Where in the text of a line a further cell begins, behind a wide gap.

    Not before the first word of two letters: what stands there is a number or a bullet.
    """
    words = line.words
    shown = words[-1].box.right - words[0].box.left if words else 0.0
    if len(words) < 2 or shown <= 0:
        return
    widest = CELL_GAP * line.size * shown / max(1e-6, line.right - line.left)
    if not any(b.box.left - a.box.right > widest for a, b in pairwise(words)):
        return
    at, named = 0, False
    for word, following in pairwise(words):
        at = line.text.find(word.text, at) + len(word.text)
        named = named or re.search(r"[^\W\d_]{2}", word.text) is not None
        if named and following.box.left - word.box.right > widest:
            yield line.text.find(following.text, at)


def _step(text_page: pdfium.PdfTextPage, before: int, after: int, frame: Frame) -> float:
    """How far apart two characters begin on the page, in points."""
    left, right = (origin(text_page, _character(text_page, at), frame)[0] for at in (before, after))
    return right - left


def _character(text_page: pdfium.PdfTextPage, at: int) -> int:
    return max(0, int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(text_page, at)))


def _size(text_page: pdfium.PdfTextPage, index: int, frame: Frame) -> float:
    """The height of a character's line box: the font size as it is seen on the page."""
    _, bottom, _, top = loose_box(text_page, index, frame)
    return top - bottom


def _is_bold(text_page: pdfium.PdfTextPage, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(text_page, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium_c.FPDFText_GetFontInfo(text_page, index, name, 128, ctypes.c_int())
    return re.search(b"bold|black|heavy|demi", name.value, re.IGNORECASE) is not None


def without_running_lines(lines: Sequence[Line], page_count: int) -> list[Line]:
    """The lines without headers, footers and page numbers, so that text runs on over pages.

    A line runs if it stands in the margin of many pages alike but for its digits.
    """
    pages = {(_shape(line), line.page) for line in lines if _in_margin(line)}
    recurring = Counter(shape for shape, _ in pages)
    enough = max(2.0, page_count * RECURRING_SHARE)
    return [line for line in lines if not (_in_margin(line) and recurring[_shape(line)] >= enough)]


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines with each page's foot, which some software stores first, at its end."""
    ordered: list[Line] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        rest = list(page)
        foot = list(takewhile(lambda line: line.height < FOOT, rest))
        ordered += rest[len(foot) :] + foot
    return ordered


def _in_margin(line: Line) -> bool:
    return not FOOT <= line.height <= HEAD


def _shape(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.size)
