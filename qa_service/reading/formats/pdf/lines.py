"""The lines of a PDF page with their looks."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from qa_service.reading.blocks.canonical import NOTE_LETTERS, RAISED_SIGNS, one_line
from qa_service.reading.content import PlacedWord
from qa_service.reading.formats.pdf.geometry import (
    Frame,
    Rectangle,
    around,
    line_height,
    loose_box,
    origin,
)
from qa_service.reading.formats.pdf.shown.visibility import Hidden
from qa_service.reading.formats.pdf.signs.doubled import (
    Drawn,
    blank_words_drawn_again,
    is_drawn_again,
)
from qa_service.reading.formats.pdf.signs.raising import (
    Signs,
    TextPage,
    raise_figures,
    raise_letter,
    raise_opening,
)
from qa_service.reading.formats.pdf.signs.right_to_left import stored_lines
from qa_service.reading.formats.pdf.signs.striking import GONE, strike_out
from qa_service.reading.formats.pdf.signs.superscripts import beside_their_words, is_superscript

HYPHEN_MARK = "\u00ad"
"""Stands in a line where the page had a hyphen at a line's end."""
ENDS_OF_NOTES = frozenset(f"{NOTE_LETTERS}.,;:)")
BETWEEN_LINES = "\ufffe\u0002\u00ad"
_WORD = re.compile(rf"[^\s{BETWEEN_LINES}]+")
_HYPHENS = re.compile(f"[{BETWEEN_LINES}]")
_HYPHEN_AT_END = re.compile(r"(?<=[^\W\d_])[-‐]$")
_BOLD_NAME = re.compile(b"bold|black|heavy|demi", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
LONGEST_NAME = 128
_FONT_NAME, _FLAGS = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
"""What pdfium writes into; one thread asks it at a time."""
_WIDE = re.compile("[\U00010000-\U0010ffff]")
"""Signs that are two where the library counts, which is in UTF-16."""
SPECK = 2.0
"""Letters of fewer points cannot be read."""
BOLD_WEIGHT = 600
CELL_GAP = 3.0
"""A gap this many times the line's size, between words, parts two cells of a table row."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. Places are in points from the lower left corner of the page.

    `top` and `bottom` are the baselines at its beginning and end: two where the PDF
    library has drawn lines together at a hyphen. `height` is the share of the page's
    height at which it stands, 0 at the bottom. `bold_cells` tells of a bold line
    that wide gaps part it into cells side by side. `column` tells apart the columns of
    a page that are stored across; 0 for lines that stand in none. `typed` lines were put
    onto the page later. A `running` line stands on many pages, and is kept on the first. The
    places of a `mirrored` line, and of its words, count from the page's right edge.
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
    column: int = 0
    typed: bool = False
    running: bool = False
    mirrored: bool = False


@dataclass(slots=True)
class LeftOut:
    """Pages that have text which nobody sees, in order, and how many words of each page are
    struck out."""

    unseen: list[int] = field(default_factory=list)
    struck: dict[int, int] = field(default_factory=dict)

    def note(self, number: int, signs: Signs) -> None:
        """Counts what a line of a page lost."""
        if signs.unseen and number not in self.unseen:
            self.unseen.append(number)
        if signs.struck:
            self.struck[number] = self.struck.get(number, 0) + signs.struck


def page_lines(
    page: pdfium.PdfPage, number: int, hidden: Hidden, left_out: LeftOut
) -> Iterator[Line]:
    """The lines of a page in the order its text is stored, hyphens at ends marked.

    Words beside the page, cut off or struck out, and letters too small to read, are no part of
    them: `left_out` notes where there are some.
    """
    opened, frame = page.get_textpage(), Frame.of(page)
    try:
        text = opened.get_text_range()
        drawn: Drawn = {}
        clips = {known: frame.rectangle(bounds) for known, bounds in hidden.clips.items()}
        wide = [found.start() for found in _WIDE.finditer(text)]
        counted = opened.count_chars() == len(text) + len(wide)
        covers = {at: list(map(frame.rectangle, them)) for at, them in hidden.covers.items()}
        text_page = TextPage(opened.raw, counted, clips, hidden.strikes, covers, wide)
        for stored in stored_lines(page, text_page, text, frame):
            counted_so = stored.of(text_page)
            signs = _shown_signs(counted_so, stored.text, stored.offset, frame)
            left_out.note(number, signs)
            if said := beside_their_words(_marked("".join(signs.text))):
                line = _line(counted_so, signs, stored.offset, said, number, frame)
                if not is_drawn_again(line.text, (line.left, line.top), line.size, drawn):
                    yield line
    finally:
        opened.close()


def _shown_signs(text_page: TextPage, raw: str, offset: int, frame: Frame) -> Signs:
    """The signs of a line, its superscripts written as such."""
    signs = Signs(list(raw), [])
    beside: Rectangle | None = None
    figures, character = _FIGURE.search(raw), text_page.character
    may_be_cut = bool(text_page.clips or text_page.covers)
    for found in _WORD.finditer(raw):
        first, last = found.start(), found.end() - 1
        box = end = loose_box(text_page, character(offset + first), frame)
        if last > first:
            end = loose_box(text_page, character(offset + last), frame)
        whole = box if end is box else around(box, end)
        shown = _is_shown(whole, frame, text_page.height)
        if not shown or (may_be_cut and text_page.is_cut_off(offset + first, whole)):
            signs.text[first : last + 1] = " " * (last + 1 - first)
            signs.unseen = True
            continue
        signs.words.append((first, last, whole))
        if figures and _FIGURE.search(found[0]):
            raise_figures(text_page, signs, (first, last), offset, frame, (beside, box, end))
        if raw[last] in ENDS_OF_NOTES and _may_end_raised(raw[first : last + 1], beside, box, end):
            raise_letter(text_page, signs, (first, last), offset, frame, (beside, box, end))
        beside = box
    if text_page.strikes:
        strike_out(text_page, signs, offset, frame)
    raise_opening(text_page, signs, offset, frame)
    blank_words_drawn_again(signs)
    return signs


def _is_shown(box: Rectangle, frame: Frame, height: float) -> bool:
    """Whether a word stands on the page, and not beside it, in letters that can be read."""
    left, bottom, right, top = box
    on_page = right > 0 and left < frame.width and top > 0 and bottom < frame.height
    return on_page and (height or top - bottom) >= SPECK


def _may_end_raised(word: str, beside: Rectangle | None, box: Rectangle, end: Rectangle) -> bool:
    """Whether a word's end may be the letter of a note: raised, or with a stop behind it."""
    if not word[-1].isalpha():
        return word[-2:-1] in ENDS_OF_NOTES
    return is_superscript(end, box) or (beside is not None and is_superscript(box, beside))


def _marked(raw: str) -> str:
    """A canonical line in which only `HYPHEN_MARK` is left of what doesn't show."""
    if raw.isascii() and raw.isprintable():
        said = one_line(raw).strip()
        return _HYPHEN_AT_END.sub(HYPHEN_MARK, said) if said.endswith("-") else said
    parts = _HYPHENS.split(raw)
    text = HYPHEN_MARK.join(one_line(f"|{part}|")[1:-1] for part in parts).strip()
    return _HYPHEN_AT_END.sub(HYPHEN_MARK, text)


def _line(
    text_page: TextPage,
    signs: Signs,
    offset: int,
    text: str,
    number: int,
    frame: Frame,
) -> Line:
    raw = "".join(signs.text)
    start = offset + len(raw) - len(raw.lstrip())
    # A sign of a note at the end stands higher than the line does.
    end = offset + max(len(raw.rstrip().rstrip(RAISED_SIGNS)), start - offset + 1) - 1
    between = (start + end) // 2
    # A hyphen that the library sets between two lines has no height.
    between -= raw[between - offset] in BETWEEN_LINES
    first, middle, last = (text_page.character(at) for at in (start, between, end))
    left, top = origin(text_page, first, frame)
    right, bottom = origin(text_page, last, frame)
    if text[0] in RAISED_SIGNS:
        top = bottom
    size = text_page.height or line_height(text_page, (middle, last), frame)
    left, right = _ends(text_page, signs, left, right + size / 2)
    bold = _is_mostly_bold(text_page, first, middle, last)
    return Line(
        text=text,
        page=number,
        size=round(size, 1),
        bold=bold,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        height=bottom / frame.height if frame.height else 0.5,
        bold_cells=bold and _has_cells(text_page, raw, offset, size * CELL_GAP, frame),
        words=tuple(
            PlacedWord(raw[first : last + 1].replace(GONE, ""), number, frame.box(*box))
            for first, last, box in signs.words
        ),
    )


def _ends(text_page: TextPage, signs: Signs, left: float, right: float) -> tuple[float, float]:
    """Where a line ends on both sides; what is read from the right begins where it ends."""
    if not text_page.numbers or not signs.words:
        return left, right
    return min(box[0] for *_, box in signs.words), max(box[2] for *_, box in signs.words)


def _is_mostly_bold(text_page: TextPage, first: int, middle: int, last: int) -> bool:
    """Whether a line is bold at two of these places."""
    bold = _is_bold(text_page, first)
    return bold if bold == _is_bold(text_page, last) else _is_bold(text_page, middle)


def _has_cells(
    text_page: TextPage, raw: str, offset: int, widest_blank: float, frame: Frame
) -> bool:
    """Whether a wide gap follows a word; below a mere number or letter it may be a tab."""
    word = re.search(r"[^\W\d_]{2}", raw)
    gaps = re.compile(r"(?<=\S)\s+(?=\S)").finditer(raw, word.end() if word else len(raw))
    return any(
        _step(text_page, offset + gap.start() - 1, offset + gap.end(), frame) > widest_blank
        for gap in gaps
    )


def cell_offsets(line: Line, gap: float = CELL_GAP) -> Iterator[int]:
    """Where in the text of a line a further cell begins, behind a gap of so many sizes.

    Not before the first word of two letters: what stands there is a number or a bullet.
    """
    words = line.words
    shown = words[-1].box.right - words[0].box.left if words else 0.0
    if len(words) < 2 or shown <= 0:
        return
    widest = gap * line.size * shown / max(1e-6, line.right - line.left)
    if not any(b.box.left - a.box.right > widest for a, b in pairwise(words)):
        return
    at, named = 0, False
    for word, following in pairwise(words):
        at = line.text.find(word.text, at) + len(word.text)
        named = named or re.search(r"[^\W\d_]{2}", word.text) is not None
        if named and following.box.left - word.box.right > widest:
            yield line.text.find(following.text, at)


def _step(text_page: TextPage, before: int, after: int, frame: Frame) -> float:
    """How far apart two characters begin on the page, in points."""
    left, right = (origin(text_page, text_page.character(at), frame)[0] for at in (before, after))
    return right - left


def _is_bold(text_page: TextPage, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(text_page, index) >= BOLD_WEIGHT:
        return True
    length = pdfium_c.FPDFText_GetFontInfo(text_page, index, _FONT_NAME, LONGEST_NAME, _FLAGS)
    return 0 < length <= LONGEST_NAME and _BOLD_NAME.search(_FONT_NAME.value) is not None
