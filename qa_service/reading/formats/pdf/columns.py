"""Two columns of text that a PDF stores row by row, put one after the other.

Most PDFs store a column as a whole. Where one is stored across, each line holds a line of
either column, with the gutter between them; tables look alike, but their cells are short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import PlacedWord
from qa_service.reading.formats.pdf.lines import HYPHEN_MARK, Line

MIDDLE = (0.3, 0.7)
"""Shares of the page's width between which a gutter runs."""
LEAST_GAP = 0.015
FEWEST_ROWS = 6
MOST_CROSSING = 0.35
"""Headings and figures may run across both columns, but not most lines."""
FEWEST_WORDS = 4
LEAST_WIDTH = 0.25
"""Lines of running text are this share of the page wide at the median; cells are not."""
LEAST_LETTERS = 0.7


@dataclass(frozen=True, slots=True)
class _Split:
    """A line with its words to the left and to the right of the gutter."""

    line: Line
    left: tuple[PlacedWord, ...]
    right: tuple[PlacedWord, ...]


def columns_in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, in columns if it has two that are stored across."""
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    ordered: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        split = _split(line, gutter)
        if split.left and split.right and _is_apart(split):
            ordered.append(_part(split, split.left))
            waiting.append(_part(split, split.right))
        elif split.left and split.right:  # across both columns: what is above it is complete
            ordered += [*waiting, line]
            waiting = []
        else:
            (ordered if split.left or not line.words else waiting).append(line)
    return [*ordered, *waiting]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a gutter runs, as a share of the page's width; None where text has one column."""
    gaps = [gap for line in lines for gap in _gaps(line)]
    if len(gaps) < FEWEST_ROWS:
        return None
    candidates = sorted({round((left + right) / 2, 3) for left, right in gaps})
    best = max(candidates, key=lambda x: sum(left < x < right for left, right in gaps))
    splits = [_split(line, best) for line in lines if line.words]
    both = [split for split in splits if split.left and split.right]
    apart = [split for split in both if _is_apart(split)]
    if len(apart) < FEWEST_ROWS or len(both) - len(apart) > MOST_CROSSING * len(both):
        return None
    return best if _is_running_text(apart) else None


def _gaps(line: Line) -> Iterator[tuple[float, float]]:
    """Wide gaps between words of a line near the middle of the page."""
    for word, following in pairwise(line.words):
        left, right = word.box.right, following.box.left
        middle = (left + right) / 2
        if right - left >= LEAST_GAP and MIDDLE[0] < middle < MIDDLE[1]:
            yield left, right


def _split(line: Line, gutter: float) -> _Split:
    left = tuple(word for word in line.words if (word.box.left + word.box.right) / 2 < gutter)
    right = tuple(word for word in line.words if (word.box.left + word.box.right) / 2 >= gutter)
    return _Split(line, left, right)


def _is_apart(split: _Split) -> bool:
    """Whether the words of both sides stand apart: each side in one run, a gap between."""
    gap = min(word.box.left for word in split.right) - max(word.box.right for word in split.left)
    return gap >= LEAST_GAP and split.line.words == (*split.left, *split.right)


def _is_running_text(splits: Sequence[_Split]) -> bool:
    """Whether both sides are lines of words, most of them as wide as their column."""
    return all(
        median(len(part) for part in parts) >= FEWEST_WORDS
        and median(_width(part) for part in parts) >= LEAST_WIDTH
        and _share_of_letters(parts) >= LEAST_LETTERS
        for parts in ([split.left for split in splits], [split.right for split in splits])
    )


def _share_of_letters(parts: Sequence[tuple[PlacedWord, ...]]) -> float:
    """Small letters among all signs: tables have more figures and capitals."""
    text = "".join(word.text for part in parts for word in part)
    return sum(sign.islower() for sign in text) / max(1, len(text))


def _width(words: Sequence[PlacedWord]) -> float:
    return words[-1].box.right - words[0].box.left


def _part(split: _Split, words: tuple[PlacedWord, ...]) -> Line:
    """The line of one column."""
    line = split.line
    text = one_line(" ".join(word.text for word in words))
    divided = f"{words[-1].text}{HYPHEN_MARK}" in line.text
    if divided or (text[-1:] in "-‐" and text[-2:-1].isalpha()):
        text = text.removesuffix("-").removesuffix("‐") + HYPHEN_MARK
    # Points for each share of the page's width.
    width = (line.right - line.left) / max(1e-6, _width(line.words))
    left = line.left + (words[0].box.left - line.words[0].box.left) * width
    return replace(
        line,
        text=text,
        left=left,
        right=left + _width(words) * width,
        bold_cells=False,
        words=words,
    )
