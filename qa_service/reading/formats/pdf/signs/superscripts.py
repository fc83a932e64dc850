"""Figures set small and high: signs of notes, and powers. They are written as such ("£320¹")."""

from __future__ import annotations

import re

from qa_service.reading.blocks.canonical import RAISED_SIGNS

SMALLER = 0.9
"""A superscript is this share of the height of the letters beside it, or less."""
RAISED = 0.2
"""Its foot stands this share of that height above theirs, or more."""
HIGHER = 0.1
"""So does the line that it stands on: some fonts tell of each letter what it draws alone."""
_APART = re.compile(
    rf"(?<=\S) (?=[{RAISED_SIGNS}]+(?:[\s.,;:]|$))|(?<=[{RAISED_SIGNS}]) (?=[.,;:)])"
)


def beside_their_words(text: str) -> str:
    """A line without the blanks that a page leaves beside the sign of a note."""
    return text if text.isascii() else _APART.sub("", text)


def is_superscript(
    box: tuple[float, float, float, float], beside: tuple[float, float, float, float]
) -> bool:
    """Whether a sign is set as a superscript of another; boxes are left, bottom, right, top."""
    height, usual = box[3] - box[1], beside[3] - beside[1]
    return height <= SMALLER * usual and box[1] >= beside[1] + RAISED * usual
