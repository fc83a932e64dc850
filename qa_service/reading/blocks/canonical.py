"""Canonical text: the one form of a document's words in which every offset counts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_UNUSUAL = re.compile(r"[^\n\x20-\x7e]")
_LINE_ENDS = frozenset("\v\f\x85\u2028\u2029")
# Symbol fonts keep their bullets in the private use area.
_SYMBOL_BULLETS = frozenset("\uf06e\uf06f\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc")
# Format characters (category Cf) that print a sign of their own.
_VISIBLE_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd")
# "ﬁ", "ﬂ" and their like are two letters that a font draws as one.
_LIGATURES = frozenset("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06")
# Letters, marks and symbols that print nothing: fillers, joiners, variation selectors.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]"
)
# A soft hyphen, and blanks of no width: within a word they say nothing.
_INVISIBLE_BREAKS = re.compile("[\u00ad\u200b\ufeff]")
_DIVIDED = re.compile("(?<=[^\\W\\d_])\u00ad+ ?\n\\s*(?=[a-z])")
_SOFT_DASH = re.compile("(?<=\\d)\u00ad+(?=\\d)|(?<=[ \n])\u00ad+(?=[ \n])")
_HIDDEN_BLANK = re.compile(
    "(?<=\\d)[\u200b\ufeff]+(?=[\\d£$€])"
    "|(?<=[a-zß-ÿ])[\u200b\ufeff]+(?=[A-Z])|(?<=[.!?;])[\u200b\ufeff]+(?=[A-Z])"
)
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
NOTE_LETTERS = "abcdfghijknx"
"""Letters that notes and powers go by where one stands raised alone; not those of "2ᵉ", "Nᵒ",
"Mʳ" and "Sᵗ", which are of the word."""
_RAISED_LETTERS = str.maketrans(NOTE_LETTERS, "ᵃᵇᶜᵈᶠᵍʰⁱʲᵏⁿˣ")
_LETTERS = re.compile(rf"\s*[{NOTE_LETTERS}](?:\s*,\s*[{NOTE_LETTERS}])*\s*")
RAISED_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᶠᵍʰⁱʲᵏⁿˣ"
"""Signs of notes, and powers, as they stand in a text."""


def canonical_text(raw: str) -> str:
    """`raw` in canonical form; applying it twice changes nothing.

    Unicode NFC, ligatures as their letters; lines end in a line feed and carry no trailing
    blanks; blanks inside a line are single spaces, leading ones stay; no characters without
    a sign of their own; at most one empty line in a row; nothing but text at both ends.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if _INVISIBLE_BREAKS.search(text):
        text = _visible_breaks(text)
    text = _UNUSUAL.sub(lambda found: _plain(found[0]), text)
    # Composing comes after the removals, which bring letters and their marks together.
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"(?<=[^ \n]) {2,}", " ", text)
    text = "\n".join(line.rstrip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip(" \n")


def one_line(raw: str) -> str:
    """`raw` in canonical form with every run of blanks and line ends as one space."""
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    return re.sub(r"[ \n]+", " ", canonical_text(raw))


def _visible_breaks(text: str) -> str:
    """Signs of no width made visible wherever without them two words or numbers are one.

    "1998<soft hyphen>2000" is "1998-2000", "12<blank of no width>15" is "12 15"; a word
    divided at the end of a line is one.
    """
    text = _DIVIDED.sub("", text)
    text = _SOFT_DASH.sub("-", text)
    return _HIDDEN_BLANK.sub(" ", text)


@cache
def _plain(character: str) -> str:
    """What stands for one character in canonical text; "" where nothing does."""
    if character in _LINE_ENDS:
        return "\n"
    if character in _SYMBOL_BULLETS:
        return "•"
    if character in _VISIBLE_FORMAT:
        return character
    if character in _LIGATURES:
        return unicodedata.normalize("NFKC", character)
    if character in "\t\u2800":
        return " "
    if _INVISIBLE.match(character):
        return ""
    return _by_category(character)


def _by_category(character: str) -> str:
    match unicodedata.category(character):
        case "Zs" | "Co" | "Cc":
            # A control sign may be all that parts two words.
            return " "
        case "Cf":
            return ""
        case "Cs":
            return "\ufffd"
        case "Cn":
            # Noncharacters mean nothing; the others may be letters of a later Unicode.
            return "" if _is_noncharacter(ord(character)) else "\ufffd"
        case _:
            return character


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def raised(text: str) -> str:
    """Raised text with its figures, and letters of notes, as raised signs; words ("nd", "TM")
    stay as they are."""
    if is_note_letter(text):
        return text.translate(_RAISED_LETTERS)
    if "[" in text or not any(character.isdigit() for character in text):
        return text
    return text.translate(_RAISED)


def is_note_letter(text: str) -> bool:
    """Whether a raised text is the letter of a note, or some of them: "a", "b, c"."""
    return _LETTERS.fullmatch(text) is not None
