"""Words of Arabic and Hebrew in the order in which they are read.

The PDF library turns the letters of such words round. Where one sign of the page stands for
several letters it turns those round, too, unless the sign is one of Unicode's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTERS = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3]+")
_WORDS = ("\u0644\u0644\u0647", "\u0627\u0644\u0644\u0647")
_LIGATURES = frozenset(("\u0644\u0627", "\u0644\u0622", "\u0644\u0623", "\u0644\u0625", *_WORDS))
"""Lam with each alef, and the two words that fonts draw as one sign (Unicode, chapter 9.2)."""


def in_reading_order(word: str, places: Sequence[float]) -> str:
    """A word whose letters stand at these places, from the left, as it is read.

    Letters of one place are one sign of the page. Where the signs go to the right, the word
    was turned round as a whole.
    """
    signs = [
        "".join(sign for sign, _ in group)
        for _, group in groupby(zip(word, places, strict=True), key=lambda pair: pair[1])
    ]
    if _LETTERS.fullmatch(word) and len(signs) > 1 and places[0] < places[-1]:
        signs.reverse()
    return "".join(sign[::-1] if sign[::-1] in _LIGATURES else sign for sign in signs)
