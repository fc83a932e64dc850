"""Where sentences end within a line: by sentencex, mended where abbreviations mislead it.

A word that no list has is taken for an abbreviation where small letters follow and English
does not know it.
"""

from __future__ import annotations

import re

import sentencex

from qa_service.indexing.passages.abbreviations import (
    BEFORE_LETTERS,
    BEFORE_NAMES,
    BEFORE_NO_CAPITAL,
    BEFORE_NUMBERS,
    CAPITALISED,
    COUNTIES,
    INSTITUTIONS,
    KNOWN,
    MAY_END,
    WITHIN,
    words,
)
from qa_service.reading.language.known_words import english_words

WINDOW = 2_000
"""So many characters at most are given to the library at a time: a quotation mark that is
never closed costs it the square of what follows."""

_OPENERS = words(
    """
    a after all also although an and another any as at because before both but by each even
    every finally first for four from he her here his how however i if in is it its last many
    most my no nobody none nor now of on once one only or our several she since so some such
    that the their then there these they this those though three to two under unless until we
    what when where whether which while who why with you your
    """
)
"""Words that more often begin a sentence than follow an abbreviation within one."""
_BEHIND_NUMBERS = ("–", "-", ",", ";", ")")
_LETTER = re.compile(r"[A-Z]\b")
_TOKEN = re.compile(r"(?!(?<=\d)(?:st|nd|rd|th)\b)([^\W\d_][\w.]*)\.[\"'”’)\]]*\s*\Z")
_NUMBERED = re.compile(
    r"[\[(“\"‘']?(?:\d|[IVXLC]+\b|[A-Za-z]\b(?:(?![.'’])|\.\s*$)|[A-Z]{1,4}[./-]?\d|Nos?\.\s)"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# What the library leaves whole: a stop after a word of small letters, a number, a percentage
# or a bracket, with a capital behind it; a stop that stands alone between spaces.
_MISSED_END = re.compile(
    r"(?:(?<=[a-z]{2})|(?<=[\d%)\]])|(?<=\d [a-z])|(?<=(?:sq|cu)\. [a-z]))[.!?][\"'”’)]*\s+"
    r"(?=[“\"‘(]?[A-Z])|(?<=\s)[.!?]\s+(?=\S)|(?<=\w)…\s+(?=[A-Z])"
    r"|…[\"'”’)]+\s+(?=[“\"‘(]?[A-Z])|(?:(?<=\.[a-z])|(?<=[AP]\.M))\.\s+(?=[A-Z])"
)
_AFTER_NUMBER = re.compile(r"\d[.)]\s+\Z")
_SMALL_WORD = re.compile(r"[a-z]+(?![^\W\d_])")
_DAY = re.compile(r"\b[0-3]?\d\. \Z")
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}\b"
)
_SPACED_DOTS = re.compile(r"\. \.\s+\Z")
_ENUMERATOR = re.compile(r"[:;,]\s+\(?(\d{1,2})[.)]\s*\Z")
_TIMES = words("a.m p.m am pm")
_BESIDE_TIMES = words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december gmt bst utc
    """
)
_LONGEST_TOKEN = 24
LONGEST_QUOTATION = 400
LONGEST_UNKNOWN = 3
"""A word of so many letters may be an abbreviation that no list has."""


def sentence_starts(line: str) -> list[int]:
    """Offsets at which a sentence begins behind another one, in order."""
    cuts = set(_library_starts(line))
    missed = (match.end() for match in _MISSED_END.finditer(line))
    cuts |= {cut for cut in missed if not _is_quoted(line, cut)}
    return sorted(cut for cut in cuts if 0 < cut < len(line) and not _is_within(line, cut))


def _is_quoted(line: str, cut: int) -> bool:
    """Whether a quotation is open at a cut: the library keeps one whole."""
    start = max(0, cut - LONGEST_QUOTATION)
    return line.rfind("“", start, cut) > line.rfind("”", start, cut)


def _library_starts(line: str) -> list[int]:
    """The library's cuts, found window by window; each moves on by half of one at least."""
    starts: list[int] = []
    place = 0
    while place < len(line):
        end = _window_end(line, place)
        found = [
            place + boundary["start_index"]
            for boundary in sentencex.get_sentence_boundaries("en", line[place:end])
        ]
        inner = [start for start in found if start > place]
        starts += inner
        last = inner[-1] if inner else place
        place = last if end < len(line) and last > place + WINDOW // 2 else end
    return starts


def _window_end(line: str, place: int) -> int:
    """The end of a window: behind a blank, so that no word is cut."""
    end = place + WINDOW
    if end >= len(line):
        return len(line)
    blank = line.rfind(" ", place + WINDOW // 2, end)
    return blank + 1 if blank > 0 else end


def _is_within(line: str, cut: int) -> bool:
    """Whether the stop before a cut is that of an abbreviation or a number within a sentence."""
    if line[cut].isalnum() and line[max(0, cut - 2) : cut] in (" .", "."):
        return True  # The stop begins a word, as that of ".csv" does.
    tail = max(0, cut - _LONGEST_TOKEN)
    if (item := _ENUMERATOR.search(line, tail, cut)) and _counts_on(line, item):
        return True
    if _DAY.search(line, tail, cut) and _MONTH.match(line, cut):
        return True
    if line[cut] in "–—-/" and not line[cut - 1].isspace():
        return True  # "Mon.–Fri."
    if line[cut] == "." or (line[cut].islower() and _SPACED_DOTS.search(line, tail, cut)):
        return True
    found = _TOKEN.search(line, tail, cut)
    if not found:
        goes_on = line[0].isupper() and _SMALL_WORD.match(line, cut)
        return bool(goes_on and _AFTER_NUMBER.search(line, tail, cut))
    # Prose that knows capitals begins its sentences with them; names like "nDCG" are few.
    if line[cut : cut + 2].lstrip("(")[:1].islower() and line[0].isupper():
        return _may_be_abbreviation(found[1].lower())
    return _is_abbreviation(found[1], line, cut)


def _may_be_abbreviation(word: str) -> bool:
    return len(word) <= LONGEST_UNKNOWN or word in KNOWN or word not in english_words()


def _counts_on(line: str, item: re.Match[str]) -> bool:
    """Whether a number begins a count within a sentence, or goes on with it: "these: 1. Knock"."""
    number = int(item[1])
    before = rf"(?<![\d.]){number - 1}[.)]"
    return number == 1 or re.search(before, line[: item.start()]) is not None


def _is_abbreviation(token: str, line: str, cut: int) -> bool:
    word = token.lower()
    if word in BEFORE_LETTERS and _LETTER.match(line, cut):
        return True
    if word in BEFORE_NUMBERS and _NUMBERED.match(line, cut):
        known = word not in CAPITALISED or token[0].isupper()
        return known and (word in BEFORE_LETTERS or not _opens(line, cut))
    if word in _TIMES and line[cut].isupper():
        first = _FIRST_WORD.match(line, cut)
        return first is not None and first[0].lower() in _BESIDE_TIMES | BEFORE_NAMES | CAPITALISED
    if word in BEFORE_NO_CAPITAL:
        return not line[cut].isupper()
    if word in MAY_END or word in COUNTIES:
        return not _opens(line, cut)
    if word in BEFORE_NAMES or (word in INSTITUTIONS and token[0].isupper()):
        return not _opens(line, cut)
    return word in WITHIN


def _opens(line: str, cut: int) -> bool:
    """Whether the word behind a cut is one that begins sentences, and no initial."""
    first = _FIRST_WORD.match(line, cut)
    if not first or not line[cut].isupper() or line.startswith(".", first.end()):
        return False
    if len(first[0]) == 1 and line.startswith(_BEHIND_NUMBERS, first.end()):
        return False  # "Vols. I–III"
    return first[0].lower() in _OPENERS
