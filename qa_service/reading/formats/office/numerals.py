"""Numbers as office programs write them before headings and items."""

from __future__ import annotations

import re

_BEFORE_TITLE = re.compile(r"^(?:\d{1,3}\.?)+\s+")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST_LETTERS = 9


def numeral(number: int, form: str) -> str:
    """A number as decimal, decimalZero, upper or lower Letter or Roman; "" for none."""
    match form:
        case "upperLetter" | "lowerLetter" if number > 0:
            letters = chr(97 + (number - 1) % 26) * min(1 + (number - 1) // 26, MOST_LETTERS)
            return letters.upper() if form == "upperLetter" else letters
        case "upperRoman" | "lowerRoman" if 0 < number < 4000:
            roman = _roman(number)
            return roman.upper() if form == "upperRoman" else roman
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)


def without_number(heading: str) -> str:
    """A heading as a title: without the number before it."""
    return _BEFORE_TITLE.sub("", heading) or heading


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
