"""The signs of a PDF line, and which of them are set small and high: notes and powers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from qa_service.reading.blocks.canonical import NOTE_LETTERS, RAISED_SIGNS, is_note_letter, raised
from qa_service.reading.formats.pdf.geometry import Frame, Rectangle, ink_box, loose_box, origin
from qa_service.reading.formats.pdf.shown.clips import address
from qa_service.reading.formats.pdf.shown.strikes import Strike
from qa_service.reading.formats.pdf.signs.superscripts import HIGHER, RAISED, is_superscript

_FIGURE = re.compile(r"\d")
_SIGNS_OF_POWERS = {"-": "⁻", "−": "⁻", "–": "⁻", "+": "⁺"}
_MAY_BE_NOTE = re.compile(rf"[{NOTE_LETTERS}][.,;:)]*$")


@dataclass(frozen=True, slots=True)
class TextPage:
    """The text of a page as the PDF library takes it; `counted` where every sign that it counts
    stands in the text, so that both have the same numbers; `wide` are the places of signs that the
    library counts twice. `clips` are what is left of texts
    that are cut off, as shown, by the address of each; `strikes` are lines that may strike
    words out, from the lowest up; `covers` is what of texts is painted over. For a line that is
    read from the right, `numbers` are those of its signs, and `height` is that of its letters."""

    _as_parameter_: Any
    counted: bool
    clips: Mapping[int, Rectangle]
    strikes: Sequence[Strike] = ()
    covers: Mapping[int, Sequence[Rectangle]] = field(default_factory=dict)
    wide: Sequence[int] = ()
    numbers: Sequence[int] = ()
    height: float = 0.0

    def character(self, at: int) -> int:
        """The library's number of a sign of the text."""
        if self.numbers:
            return self.numbers[at]
        if self.wide:
            at += bisect_left(self.wide, at)
        if self.counted:
            return at
        return max(0, int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(self, at)))

    def is_cut_off(self, at: int, box: Rectangle) -> bool:
        """Whether the middle of a word that begins here stands outside of what a clip leaves of
        its text, or within what is painted over."""
        handle = pdfium_c.FPDFText_GetTextObject(self, self.character(at))
        known = address(handle) if handle else 0
        across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        clip = self.clips.get(known)
        if clip and not (clip[0] <= across <= clip[2] and clip[1] <= up <= clip[3]):
            return True
        return any(
            left <= across <= right and bottom <= up <= top
            for left, bottom, right, top in self.covers.get(known, ())
        )


PlacedSigns = tuple[int, int, Rectangle]
"""First sign, last sign and box of a word."""


@dataclass(slots=True)
class Signs:
    """The signs of a line as the PDF library gives them, blanks for those not to be seen, and
    the words among them; `unseen` where there were some, `struck` counts the words struck out."""

    text: list[str]
    words: list[PlacedSigns]
    unseen: bool = False
    struck: int = 0


def raise_opening(text_page: TextPage, signs: Signs, offset: int, frame: Frame) -> None:
    """Writes the number or letter that a line begins with as a superscript, if it is set so."""
    if len(signs.words) < 2:
        return
    (first, last, box), (following, _, beside) = signs.words[:2]
    number = "".join(signs.text[first : last + 1])
    if not (number.isdigit() or is_note_letter(number)) or not is_superscript(box, beside):
        return
    feet = [_foot(text_page, offset + at, frame) for at in (first, following)]
    if feet[0] - feet[1] >= HIGHER * (beside[3] - beside[1]):
        signs.text[first : last + 1] = raised(number)


def _foot(text_page: TextPage, at: int, frame: Frame) -> float:
    """How high a sign of the text stands on the page."""
    return origin(text_page, text_page.character(at), frame)[1]


def _lowest(
    text_page: TextPage, signs: Signs, word: tuple[int, int], offset: int, frame: Frame
) -> float:
    """The lowest that the ends of a word stand, and the beginning of the word before."""
    before = [first for first, *_ in signs.words[-2:-1]]
    return min(_foot(text_page, offset + at, frame) for at in (*before, *word))


def raise_figures(
    text_page: TextPage,
    signs: Signs,
    word: tuple[int, int],
    offset: int,
    frame: Frame,
    near: tuple[Rectangle | None, Rectangle, Rectangle],
) -> None:
    """Writes the figures within a word as superscripts, where they are set so.

    `near` are the boxes of the first sign of the word before, and of the word's first and
    last: the tallest of them stands on the line. A figure is looked at where no other of the
    same number stands behind it, or a raised one.
    """
    beside = _tallest(near)
    is_next, behind = True, ""
    for at in range(word[1], word[0] - 1, -1):
        sign = signs.text[at]
        is_sign = sign in _SIGNS_OF_POWERS and behind in RAISED_SIGNS and behind
        if not sign.isdigit() and not is_sign:
            is_next = True
        elif is_next:
            number = text_page.character(offset + at)
            box = loose_box(text_page, number, frame)
            is_next = (
                is_superscript(box, beside)
                and _stands_higher(text_page, signs, word, offset, at, frame)
            ) or _is_drawn_raised(text_page, number, box, frame)
            if is_next:
                signs.text[at] = _SIGNS_OF_POWERS.get(sign) or raised(sign)
        behind = signs.text[at]


def _stands_higher(
    text_page: TextPage, signs: Signs, word: tuple[int, int], offset: int, at: int, frame: Frame
) -> bool:
    """Whether a sign of a word stands on a higher line than the others do."""
    number = text_page.character(offset + at)
    _, bottom, _, top = loose_box(text_page, number, frame)
    lowest = _lowest(text_page, signs, word, offset, frame)
    return origin(text_page, number, frame)[1] - lowest >= HIGHER * (top - bottom)


def _is_drawn_raised(text_page: TextPage, number: int, box: Rectangle, frame: Frame) -> bool:
    """Whether a font has a sign of its own for a raised figure."""
    foot = ink_box(text_page, number, frame)[1]
    return foot - origin(text_page, number, frame)[1] >= RAISED * (box[3] - box[1])


def raise_letter(
    text_page: TextPage,
    signs: Signs,
    word: tuple[int, int],
    offset: int,
    frame: Frame,
    near: tuple[Rectangle | None, Rectangle, Rectangle],
) -> None:
    """Writes the letter of a note that a word ends with as a superscript, where it is set so;
    raised letters side by side ("1st") are of the word."""
    text = "".join(signs.text[word[0] : word[1] + 1])
    found = _MAY_BE_NOTE.search(text)
    if found is None:
        return
    at, beside = word[0] + found.start(), _tallest(near)

    def is_raised(place: int) -> bool:
        box = loose_box(text_page, text_page.character(offset + place), frame)
        return is_superscript(box, beside) and _stands_higher(
            text_page, signs, word, offset, place, frame
        )

    while at >= word[0] and is_raised(at):
        if at > word[0] and signs.text[at - 1].isalpha() and is_raised(at - 1):
            return
        signs.text[at] = raised(signs.text[at])
        at -= 2
        if at < word[0] or signs.text[at + 1] != "," or signs.text[at] not in NOTE_LETTERS:
            return


def _tallest(near: tuple[Rectangle | None, Rectangle, Rectangle]) -> Rectangle:
    return max((box for box in near if box), key=lambda box: box[3] - box[1])
