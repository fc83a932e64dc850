"""Numbered lines that stand alone in a plain text: headings, or items of a list set wide apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_NUMBERED = re.compile(
    r"(?P<indent> *)(?P<number>\d{1,3}(?:\.\d{1,3}){0,3})[.)]?\s+(?P<title>\S.*)"
)


class Numbered(NamedTuple):
    """A line with a number before it: its blanks, the parts of the number, and the rest."""

    indent: int
    number: tuple[int, ...]
    title: str

    def goes_on_to(self, later: Numbered) -> bool:
        """Whether another line is the next of the same list."""
        return later.number[:-1] == self.number[:-1] and later.number[-1] == self.number[-1] + 1


def numbered(line: str) -> Numbered | None:
    """A line as number and title; None where it has no number."""
    found = _NUMBERED.fullmatch(line)
    if found is None:
        return None
    number = tuple(int(part) for part in found["number"].split("."))
    return Numbered(len(found["indent"]), number, found["title"])


def numbered_headings(paragraphs: Sequence[str]) -> dict[int, Numbered]:
    """Places of the paragraphs that are one numbered line above what it is the heading of.

    An item of a list is followed by the next one, or comes after the one before it, which
    stands no deeper.
    """
    found: dict[int, Numbered] = {}
    lasts: dict[int, Numbered] = {}
    for place, (paragraph, below) in enumerate(pairwise(paragraphs)):
        line = numbered(paragraph) if "\n" not in paragraph else None
        after = numbered(below.split("\n")[0])
        if line and not (after and line.goes_on_to(after)) and not _is_next(line, lasts):
            found[place] = line
        else:
            lasts = _last_lines(paragraph) or lasts
    return found


def lists_of_names(paragraphs: Sequence[str]) -> dict[int, int]:
    """Places of the paragraphs most of whose lines stand again later, each alone: contents.

    With the first of those lines: what stands above it says something else.
    """
    last = {_words(text): place for place, text in enumerate(paragraphs) if "\n" not in text}
    found: dict[int, int] = {}
    for place, paragraph in enumerate(paragraphs):
        rows = paragraph.split("\n")
        named = [at for at, row in enumerate(rows) if last.get(_words(row), -1) > place]
        if len(rows) > 1 and len(named) > len(rows) / 2:
            found[place] = named[0]
    return found


def _words(line: str) -> str:
    """The letters of a line, its number and marks left out."""
    return re.sub(r"[\W\d_]+", "", line.casefold())


def _is_next(line: Numbered, lasts: dict[int, Numbered]) -> bool:
    """Whether a list that stands no deeper goes on with this line."""
    above = lasts.get(len(line.number))
    return above is not None and above.goes_on_to(line) and above.indent <= line.indent


def _last_lines(paragraph: str) -> dict[int, Numbered]:
    """The last numbered line of each depth of number."""
    lines = filter(None, map(numbered, paragraph.split("\n")))
    return {len(line.number): line for line in lines}
