"""Numbers as office programs write them before headings and items."""

from __future__ import annotations

import re

_BEFORE_TITLE = re.compile(r"^(?:\d{1,3}\.?)+\s+")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MOST_LETTERS = 9
_ONES = (
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
MOST_IN_WORDS = 99
ENGLISH_FORMS = ("ordinal", "ordinalText", "cardinalText")
"""Forms that are words of a language; they are known in English alone."""
_NOTE_SIGNS = "*†‡§"


def numeral(number: int, form: str) -> str:
    """A number in a form by the name that Word gives it (ISO/IEC 29500-1, 17.18.59): "b", "iv",
    "2nd", "Second"; "" for none, and plain in forms that are not known here."""
    match form:
        case "ordinal":
            return _ordinal(number)
        case "ordinalText" | "cardinalText" if 0 < number <= MOST_IN_WORDS:
            return _in_words(number, ordinal=form == "ordinalText").capitalize()
        case "chicago" if number > 0:
            return _NOTE_SIGNS[(number - 1) % 4] * min(1 + (number - 1) // 4, MOST_LETTERS)
        case "decimalEnclosedCircle" if 0 < number <= 20:
            return chr(0x2460 + number - 1)
        case "numberInDash":
            return f"- {number} -"
        case "hex":
            return f"{number:X}"
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


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _in_words(number: int, ordinal: bool) -> str:
    """A number up to ninety-nine in English words."""
    tens, ones = divmod(number, 10) if number >= len(_ONES) else (0, number)
    parts = list(filter(None, (_TENS[tens], _ONES[ones])))
    if ordinal:
        last = parts[-1]
        usual = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
        parts[-1] = _ORDINALS.get(last, usual)
    return "-".join(parts)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
