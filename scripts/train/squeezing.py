"""Texts compared by letters and digits: spaces, marks and capitals differ between readings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

FEWEST_CELLS = 2


def squeeze(text: str) -> str:
    """The letters and digits of a text, in small letters."""
    return "".join(letter for letter, _ in _letters(text, 0, len(text)))


class Squeezed:
    """The letters and digits of a stretch of a text, and where each stands in the text."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        found = list(_letters(text, start, len(text) if end is None else end))
        self.letters = "".join(letter for letter, _ in found)
        self.places = [place for _, place in found]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text of a stretch given by numbers of letters."""
        return self.places[start], self.places[end - 1] + 1

    def count(self, start: int, end: int) -> int:
        """How many letters and digits stand between two offsets in the text."""
        return bisect_left(self.places, end) - bisect_left(self.places, start)

    def spans_of(self, part: str) -> Iterator[tuple[int, int]]:
        """Offsets in the text of every place at which another text stands."""
        wanted = squeeze(part)
        at = self.letters.find(wanted) if wanted else -1
        while at >= 0:
            yield self.span(at, at + len(wanted))
            at = self.letters.find(wanted, at + 1)

    def row_of(self, part: str, text: str) -> tuple[int, int] | None:
        """Numbers of the letters of a table's row, given its cells with bars between them: the
        first line that has them all in this order, whatever it says between them."""
        cells = [squeeze(cell) for cell in part.split("|")]
        if len(cells) < FEWEST_CELLS or not all(cells):
            return None
        first = 0
        while first < len(self.places):
            end = text.find("\n", self.places[first])
            after = len(self.places) if end < 0 else bisect_left(self.places, end)
            if found := self._in_order(cells, first, after):
                return found
            first = after
        return None

    def _in_order(self, cells: list[str], start: int, end: int) -> tuple[int, int] | None:
        begin = at = self.letters.find(cells[0], start, end)
        for cell in cells:
            at = self.letters.find(cell, at, end) if at >= 0 else -1
            if at < 0:
                return None
            at += len(cell)
        return begin, at


def _letters(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for place in range(start, end):
        if text[place].isalnum():
            for letter in text[place].casefold():
                if letter.isalnum():
                    yield letter, place
