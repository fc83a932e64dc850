"""Where the cells of a row begin and end in its text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qa_service.nouns.documents import Span

BAR = " | "
"""Stands between the cells of a row that are told without the heads of their columns."""


def cell_spans(text: str, breaks: Sequence[int] = (), names: Sequence[str] = ()) -> list[Span]:
    """The cells of a row, as offsets in its text.

    They are parted by bars, or begin at the offsets `breaks`; those of a row that tells each
    cell with the head of its column ("School: North; Grade: Good") are found by the `names`.
    """
    if breaks:
        return [_trimmed(text, *edges) for edges in pairwise([0, *breaks, len(text)])]
    if names and text.startswith(f"{names[0]}: "):
        return _named(text, names)
    spans, start = [], 0
    for cell in text.split(BAR):
        spans.append((start, start + len(cell)))
        start += len(cell) + len(BAR)
    return spans


def _named(text: str, names: Sequence[str]) -> list[Span]:
    """Cells of "name: value" in the order of their names; an empty span for one left out."""
    spans: list[Span] = []
    place = 0
    for name in names:
        written = f"; {name}: " if spans else f"{name}: "
        at = text.find(written, place)
        if at < 0:
            spans.append((len(text), len(text)))
            continue
        spans = [(first, at if last == len(text) > first else last) for first, last in spans]
        place = at + len(written)
        spans.append((place, len(text)))
    return spans


def _trimmed(text: str, first: int, last: int) -> Span:
    part = text[first:last]
    return first + len(part) - len(part.lstrip()), last - len(part) + len(part.rstrip())
