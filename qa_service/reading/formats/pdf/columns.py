"""Columns of text that a PDF stores row by row, put one after the other.

Most PDFs store a column as a whole. Where columns are stored across, each row holds a line of
every column, with gutters between them. Tables look alike: their cells are short, and all
cells of a row begin at the same height, where the lines of columns run on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import PlacedWord
from qa_service.reading.formats.pdf.lines import HYPHEN_MARK, Line

LEAST_GAP = 0.015
"""Share of the page's width that a gutter is wide, at the least."""
FEWEST_ROWS = 3
FEWEST_LINES = 2
"""Of so many lines is a column beside others. So few rows are columns where all lines run on."""
SAME_ROW = 0.5
"""Lines that overlap by more than this share of their height stand in one row."""
FARTHEST = 2.2
"""A step this many times the line's size from row to row ends what runs in columns."""
LARGER = 1.2
"""Lines differ in size by less than this within columns."""
RUNS_ON, LEAST_RUNS_ON = 0.5, 0.3
"""So many lines of all columns, and of each, go on with the sentence of the line above."""
BEGIN_TOGETHER = 0.5
"""Where so many sentences begin in one row of all columns, they are rows of a table."""
ENOUGH_ROWS, FEWEST_WORDS, LEAST_WIDTH, LEAST_LETTERS = 6, 4, 0.25, 0.7
"""Two columns of wide lines of words tell by these alone; the width is a share of the page."""
SENTENCE_ENDS = (".", "!", "?", ":", ";", ".’", ".”", "…")

Words = tuple[PlacedWord, ...]
Strip = tuple[float, float]
"""A stretch of the page's width without words."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Lines of a page that stand side by side, from left to right."""

    lines: tuple[Line, ...]

    @property
    def words(self) -> Words:
        if len(self.lines) == 1:
            return self.lines[0].words
        return tuple(word for line in self.lines for word in line.words)


@dataclass(slots=True)
class _Region:
    """Rows that the same strips part, with the number of rows that show each strip."""

    rows: list[_Row] = field(default_factory=list)
    strips: dict[Strip, int] = field(default_factory=dict)

    def gutters(self, rows: int = FEWEST_ROWS) -> list[float]:
        return [
            (left + right) / 2
            for (left, right), count in sorted(self.strips.items())
            if count >= rows
        ]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a column has of a row."""

    row: int
    line: Line


def columns_in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, in columns wherever it has some that are stored across."""
    rows = list(_rows(lines))
    if sum(_has_gap(row) for row in rows) < FEWEST_LINES:
        return list(lines)
    ordered: list[Line] = []
    known = 0
    for region in _regions(rows):
        columns = _columns(region)
        if columns and _is_running_text(columns):
            for column in columns:
                known += 1
                ordered += [replace(part.line, column=known) for part in column]
        else:
            ordered += [line for row in region.rows for line in row.lines]
    return ordered


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    row: list[Line] = []
    for line in lines:
        if row and not _is_beside(row[-1], line):
            yield _Row(tuple(row))
            row = []
        row.append(line)
    if row:
        yield _Row(tuple(row))


def _is_beside(line: Line, following: Line) -> bool:
    """Whether a line stands to the right of the one before, a gap between them."""
    if not line.words or not following.words:
        return False
    one, other = line.words[-1].box, following.words[0].box
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    return other.left - one.right >= LEAST_GAP and overlap > SAME_ROW * height


def _regions(rows: Sequence[_Row]) -> Iterator[_Region]:
    """Rows in order, parted wherever what ran in columns ends."""
    region = _Region()
    for row in rows:
        strips = _met(region.strips, row) if region.strips else {}
        ends = region.rows and (_ends_columns(region, strips) or _is_apart(region.rows[-1], row))
        if ends or not strips:
            if region.rows:
                yield region
            region, strips = _Region(), dict.fromkeys(_gaps(row), 1)
        region.rows.append(row)
        region.strips = strips
    if region.rows:
        yield region


def _met(strips: dict[Strip, int], row: _Row) -> dict[Strip, int]:
    """What is left of each strip beside the words of a further row."""
    met: dict[Strip, int] = {}
    boxes = [word.box for word in row.words]
    edges = zip(
        [0.0, *(box.right for box in boxes)], [*(box.left for box in boxes), 1.0], strict=True
    )
    free = [(left, right) for left, right in edges if right - left >= LEAST_GAP]
    for (left, right), count in strips.items():
        for begin, end in free:
            within = max(left, begin), min(right, end)
            if within[1] - within[0] >= LEAST_GAP:
                both = begin > 0 and end < 1
                met[within] = max(met.get(within, 0), count + both)
    return met


def _ends_columns(region: _Region, strips: dict[Strip, int]) -> bool:
    """Whether a row runs across a gutter that is well known by now."""
    return len(region.gutters()) > sum(count >= FEWEST_ROWS for count in strips.values())


def _is_apart(above: _Row, below: _Row) -> bool:
    """Whether a row stands too far below another, or is set otherwise, to go on with it."""
    one, other = above.lines[0], below.lines[0]
    step, size = one.bottom - other.top, max(one.size, other.size)
    return not -size < step <= FARTHEST * size or size > LARGER * min(one.size, other.size)


def _has_gap(row: _Row) -> bool:
    return next(_gaps(row), None) is not None


def _gaps(row: _Row) -> Iterator[Strip]:
    for word, following in pairwise(row.words):
        if following.box.left - word.box.right >= LEAST_GAP:
            yield word.box.right, following.box.left


def _columns(region: _Region) -> list[list[_Part]]:
    """The lines of each column from left to right; none where there are no columns."""
    gutters = region.gutters(min(FEWEST_ROWS, max(FEWEST_LINES, len(region.rows))))
    if not gutters:
        return []
    columns: list[list[_Part]] = [[] for _ in range(len(gutters) + 1)]
    for number, row in enumerate(region.rows):
        for line in row.lines:
            for place, part in _parted(line, gutters):
                columns[place].append(_Part(number, part))
    return columns if all(len(column) >= FEWEST_LINES for column in columns) else []


def _parted(line: Line, gutters: Sequence[float]) -> Iterator[tuple[int, Line]]:
    """The parts of a line between gutters, each with the place of its column."""
    places = [sum(_middle(word) >= gutter for gutter in gutters) for word in line.words]
    if len(set(places)) < 2:
        yield (places[0] if places else 0), line
        return
    for place in sorted(set(places)):
        words = tuple(word for word, at in zip(line.words, places, strict=True) if at == place)
        yield place, _part(line, words)


def _middle(word: PlacedWord) -> float:
    return (word.box.left + word.box.right) / 2


def _is_running_text(columns: Sequence[Sequence[_Part]]) -> bool:
    """Whether columns hold running text: wide lines of words, or lines that run on."""
    if not all(map(_is_of_lines, columns)):
        return False
    if len(columns) == 2 and all(map(_is_wide, columns)):
        return True
    begun = [
        {part.row for above, part in pairwise(column) if not _runs_on(above, part)}
        for column in columns
    ]
    steps = [len(column) - 1 for column in columns]
    shares = [1 - len(rows) / count for rows, count in zip(begun, steps, strict=True)]
    whole = 1 - sum(map(len, begun)) / sum(steps)
    return whole >= RUNS_ON and min(shares) >= LEAST_RUNS_ON and not _are_rows(begun)


def _runs_on(above: _Part, below: _Part) -> bool:
    """Whether a sentence goes on from one line of a column to the next."""
    text = above.line.text
    if text.endswith(HYPHEN_MARK):
        return True
    return not text.endswith(SENTENCE_ENDS) and below.line.text[:1].islower()


def _are_rows(begun: Sequence[set[int]]) -> bool:
    """Whether what begins in one column begins in all; below a head, whatever begins does."""
    beyond = [{row for row in rows if row > 1} for rows in begun]
    together, one = set.intersection(*beyond), set.union(*beyond)
    return len(together) >= BEGIN_TOGETHER * len(one) > 0


def _is_of_lines(column: Sequence[_Part]) -> bool:
    """Whether lines of a column have more words than one: wide blanks of a narrow text part single
    words. One of few lines begins as a sentence does; a cell begins anyhow."""
    several = sum(len(part.line.words) > 1 for part in column)
    begins = len(column) > FEWEST_ROWS or not column[0].line.text[:1].islower()
    return begins and 2 * several > len(column)


def _is_wide(column: Sequence[_Part]) -> bool:
    """Whether a column has many lines of words, most of them wide."""
    parts = [part.line.words for part in column if part.line.words]
    return (
        len(parts) >= ENOUGH_ROWS
        and median(map(len, parts)) >= FEWEST_WORDS
        and median(map(_width, parts)) >= LEAST_WIDTH
        and _share_of_letters(parts) >= LEAST_LETTERS
    )


def _share_of_letters(parts: Sequence[Words]) -> float:
    """Small letters among all signs: tables have more figures and capitals."""
    text = "".join(word.text for part in parts for word in part)
    return sum(sign.islower() for sign in text) / max(1, len(text))


def _width(words: Words) -> float:
    return words[-1].box.right - words[0].box.left


def _part(line: Line, words: Words) -> Line:
    """The line of one column."""
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
