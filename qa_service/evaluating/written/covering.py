"""How much of a stretch of text some quotes hold, by letters and digits alone."""

from __future__ import annotations

from collections.abc import Iterable

RUN = 15
"""So many letters in a row must stand in a quote to count: what breaks a stretch elsewhere, as a
paragraph's number within it does, costs nothing."""
COVERED = 0.97
"""From this share of its letters on, a stretch is covered."""


def letters(text: str) -> str:
    """The letters and digits of a text, without case."""
    return "".join(filter(str.isalnum, text.casefold()))


def covered_share(stretch: str, quotes: Iterable[str]) -> float:
    """The share, 0 to 1, of the letters of `stretch` that stand in runs in one of the quotes.

    All are as `letters` gives them. A stretch shorter than a run must stand there whole.
    """
    run = min(RUN, len(stretch))
    held = bytearray(len(stretch))
    for quote in quotes:
        for at in range(len(stretch) - run + 1):
            if stretch[at : at + run] in quote:
                held[at : at + run] = b"\1" * run
    return sum(held) / len(stretch) if stretch else 0.0


def is_covered(stretch: str, quotes: Iterable[str]) -> bool:
    """Whether quotes hold a stretch, all as `letters` gives them."""
    return covered_share(stretch, quotes) >= COVERED
