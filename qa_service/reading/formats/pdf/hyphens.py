"""Words that a PDF divides at a line's end, put together as the document writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa_service.reading.formats.pdf.lines import HYPHEN_MARK, Line


def with_hyphens_resolved(lines: Sequence[Line]) -> list[Line]:
    """The lines with a hyphen, or nothing, for each mark.

    A mark stays at the very end of a line whose last word joins with the line below.
    """
    known = _words(lines)
    divides = _divides_words(lines, known)
    following = [*[line.text for line in lines[1:]], ""]
    return [
        replace(line, text=_resolved(line.text, below, known, divides))
        for line, below in zip(lines, following[: len(lines)], strict=True)
    ]


def _words(lines: Sequence[Line]) -> Counter[str]:
    """How often each whole word occurs; halves beside a mark are no words."""
    text = "\n".join(line.text for line in lines).casefold()
    whole = re.sub(rf"[\w-]*{HYPHEN_MARK}\s*[\w-]*", " ", text)
    words = re.findall(r"\w+(?:-\w+)*", whole)
    return Counter(words) + Counter(part for word in words for part in word.split("-")[1:])


def _divides_words(lines: Sequence[Line], known: Counter[str]) -> bool:
    """Whether the document divides words at line ends, or breaks at real hyphens only."""
    text = "\n".join(line.text for line in lines).casefold()
    pairs = re.findall(rf"(\w+){HYPHEN_MARK}\s*(\w+)", text)
    divided = sum(known[before + after] > 0 for before, after in pairs)
    hyphenated = sum(known[f"{before}-{after}"] > 0 for before, after in pairs)
    return divided > hyphenated or hyphenated == 0


def _resolved(text: str, below: str, known: Counter[str], divides: bool) -> str:
    first, *others = text.split(HYPHEN_MARK)
    for other in others:
        joined = _is_one_word(first, other or below, known, divides)
        end_mark = "" if other else HYPHEN_MARK
        first += (end_mark if joined else "-") + other
    return first


def _is_one_word(text: str, rest: str, known: Counter[str], divides: bool) -> bool:
    """Whether the end of `text` and the start of `rest` are one word without a hyphen."""
    before = _found(r"\w+$", text.casefold())
    after = _found(r"^\w+", rest.casefold())
    joined, hyphenated = known[before + after], known[f"{before}-{after}"]
    if joined != hyphenated:
        return joined > hyphenated
    return divides and after.isalpha() and not (known[before] and known[after])


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[0] if found else ""
