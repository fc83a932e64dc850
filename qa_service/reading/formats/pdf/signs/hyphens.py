"""Words that a PDF divides at a line's end, put together as the document writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.reading.formats.pdf.lines import HYPHEN_MARK, Line
from qa_service.reading.language.detection import language_of
from qa_service.reading.language.known_words import english_words

SHORTEST = 3
"""Halves of fewer letters are no words that a hyphen joins."""
_PREFIXED = re.compile(r"(?:re|pre)-e\w+|co-o\w+|non-\w{6,}")
"""What English writes with a hyphen behind a prefix, as "re-elected" and "non-smoking"."""
_HALVES = re.compile(rf"(?:(?<![\w-])[\w-]++)?{HYPHEN_MARK}\s*[\w-]*")
_PAIR = re.compile(rf"(?<!\w)(\w++){HYPHEN_MARK}\s*(\w+)")


@dataclass(frozen=True, slots=True)
class _Writing:
    """How a document writes: how often each of its words occurs, whether it divides words at
    line ends or breaks at real hyphens only, and whether it is English."""

    known: Counter[str]
    divides: bool
    english: bool


def with_hyphens_resolved(lines: Sequence[Line]) -> list[Line]:
    """The lines with a hyphen, or nothing, for each mark.

    A mark stays at the very end of a line whose last word joins with the line below.
    """
    if not any(HYPHEN_MARK in line.text for line in lines):
        return list(lines)
    writing = _writing(lines)
    following = [*[line.text for line in lines[1:]], ""]
    return [
        replace(line, text=_resolved(line.text, below, writing))
        if HYPHEN_MARK in line.text
        else line
        for line, below in zip(lines, following[: len(lines)], strict=True)
    ]


def _writing(lines: Sequence[Line]) -> _Writing:
    text = "\n".join(line.text for line in lines)
    known, english = _words(text.casefold()), language_of(text) == "en"
    return _Writing(known, _divides_words(text.casefold(), known), english)


def _words(text: str) -> Counter[str]:
    """How often each whole word occurs; halves beside a mark are no words."""
    words = re.findall(r"\w+(?:-\w+)*", _HALVES.sub(" ", text))
    known = Counter(words)
    known.update(part for word in words if "-" in word for part in word.split("-")[1:])
    return known


def _divides_words(text: str, known: Counter[str]) -> bool:
    """Whether the document divides words at line ends, or breaks at real hyphens only."""
    pairs = _PAIR.findall(text)
    divided = sum(known[before + after] > 0 for before, after in pairs)
    hyphenated = sum(known[f"{before}-{after}"] > 0 for before, after in pairs)
    return divided > hyphenated or hyphenated == 0


def _resolved(text: str, below: str, writing: _Writing) -> str:
    first, *others = text.split(HYPHEN_MARK)
    for other in others:
        joined = _is_one_word(first, other or below, writing)
        end_mark = "" if other else HYPHEN_MARK
        first += (end_mark if joined else "-") + other
    return first


def _is_one_word(text: str, rest: str, writing: _Writing) -> bool:
    """Whether the end of `text` and the start of `rest` are one word without a hyphen."""
    begins, goes_on = _found(r"\w+$", text), _found(r"^\w+", rest)
    before, after, known = begins.casefold(), goes_on.casefold(), writing.known
    if _is_never_divided(begins, goes_on):
        return False
    joined, hyphenated = known[before + after], known[f"{before}-{after}"]
    if joined != hyphenated:
        return joined > hyphenated
    if not after.isalpha() or (known[before] and known[after]):
        return False
    english = writing.english and begins.islower()
    if not writing.divides:
        return english and _is_divided(before, after)
    chain = text.removesuffix(begins).endswith("-") or rest[len(goes_on) :][:1] == "-"
    return not (english and _is_compound(before, after, chain=chain))


def _is_never_divided(before: str, after: str) -> bool:
    """Whether no word is divided so: "X-ray", "Karl-Marx-Allee"."""
    return len(before) == 1 or (after[:1].isupper() and not before.isupper())


def _is_compound(before: str, after: str, *, chain: bool) -> bool:
    """Whether English joins two words by a hyphen: "well-drained", but no "inspec-tion".

    In a chain it joins short ones, too, and those that make one word elsewhere: "up-to-date",
    "fire-fighter-led".
    """
    words = english_words()
    if _is_prefixed(before, after):
        return True
    if before not in words or after not in words:
        return False
    short, one_word = min(len(before), len(after)) < SHORTEST, before + after in words
    return not (short and one_word) if chain else not (short or one_word)


def _is_divided(before: str, after: str) -> bool:
    """Whether an English word was divided that makes no two: "inspec-tor", but no "re-entry"."""
    words = english_words()
    if _is_prefixed(before, after):
        return False
    return before + after in words and not (before in words and after in words)


def _is_prefixed(before: str, after: str) -> bool:
    return after in english_words() and _PREFIXED.fullmatch(f"{before}-{after}") is not None


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[0] if found else ""
