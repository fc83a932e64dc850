"""How much of a stretch of text some quotes hold, by letters and digits alone."""

from __future__ import annotations

from collections.abc import Sequence

RUN = 15
"""So many letters in a row must stand in a quote to count: what breaks a stretch elsewhere, as a
paragraph's number within it does, costs nothing."""
COVERED = 0.97
"""From this share of its letters on, a stretch is covered."""


def letters(text: str) -> str:
    """The letters and digits of a text, without case."""
    return "".join(filter(str.isalnum, text.casefold()))


def covered_share(stretch: str, quotes: Sequence[str]) -> float:
    """The share, 0 to 1, of the letters of `stretch` that stand in runs in one of the quotes.

    The quotes are as `letters` gives them. A stretch shorter than a run must stand there whole.
    Cells of a row ("Slope | 2 %") count one by one, as a row may be told with its heads between
    them ("Item: Slope; Value: 2 %").
    """
    cells = [letters(cell) for cell in stretch.split("|")]
    length = sum(map(len, cells))
    return sum(_held(cell, quotes) for cell in cells) / length if length else 0.0


def _held(said: str, quotes: Sequence[str]) -> int:
    """How many of these letters stand in runs in a quote."""
    run = min(RUN, len(said))
    held = bytearray(len(said))
    for quote in quotes:
        for at in range(len(said) - run + 1):
            if said[at : at + run] in quote:
                held[at : at + run] = b"\1" * run
    return sum(held)


def is_covered(stretch: str, quotes: Sequence[str]) -> bool:
    """Whether quotes, as `letters` gives them, hold a stretch."""
    return covered_share(stretch, quotes) >= COVERED
