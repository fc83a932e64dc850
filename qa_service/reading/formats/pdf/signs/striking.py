"""Signs of a PDF line that are struck out: blanks stand in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from qa_service.reading.formats.pdf.geometry import Frame, loose_box, origin
from qa_service.reading.formats.pdf.shown.strikes import Strike, may_strike, strikes_near
from qa_service.reading.formats.pdf.signs.raising import PlacedSigns, Signs, TextPage

WHOLE = 0.8
"""A strike over so much of a word strikes out all of it; over less, the signs it meets."""
GONE = "\u200b"
"""Stands for a struck sign within a word, which shows no blank there."""


def strike_out(text_page: TextPage, signs: Signs, offset: int, frame: Frame) -> None:
    """Takes what is struck out from a line, and counts the words that lost signs."""
    if not signs.words:
        return
    boxes = [box for _, _, box in signs.words]
    bottom, top = min(boxes, key=itemgetter(1))[1], max(boxes, key=itemgetter(3))[3]
    for strike in strikes_near(text_page.strikes, bottom, top):
        met = [word for word in signs.words if _overlap(strike, word) > 0]
        if not met:
            continue
        _, foot = origin(text_page, text_page.character(offset + met[0][0]), frame)
        if may_strike(strike, [box for _, _, box in met], foot):
            for word in met:
                _strike(text_page, signs, word, strike, offset, frame)


def _strike(
    text_page: TextPage,
    signs: Signs,
    word: PlacedSigns,
    strike: Strike,
    offset: int,
    frame: Frame,
) -> None:
    first, last, box = word
    if _overlap(strike, word) >= WHOLE * (box[2] - box[0]):
        signs.text[first : last + 1] = " " * (last + 1 - first)
        signs.words.remove(word)
        signs.struck += 1
        return
    struck = list(_signs_met(text_page, range(first, last + 1), strike, offset, frame))
    for at in struck:
        signs.text[at] = GONE
    signs.struck += bool(struck)


def _signs_met(
    text_page: TextPage, places: Sequence[int], strike: Strike, offset: int, frame: Frame
) -> Iterator[int]:
    for at in places:
        box = loose_box(text_page, text_page.character(offset + at), frame)
        if strike.left <= (box[0] + box[2]) / 2 <= strike.right:
            yield at


def _overlap(strike: Strike, word: PlacedSigns) -> float:
    box = word[2]
    return min(box[2], strike.right) - max(box[0], strike.left)
