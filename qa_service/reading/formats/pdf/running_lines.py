"""Headers, footers and page numbers: what stands in the margin of many pages, and says nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from qa_service.reading.blocks.losses import page_ranges
from qa_service.reading.formats.pdf.lines import Line, cell_offsets

FOOT = 0.1
HEAD = 0.92
"""Shares of a page's height below and above which running lines stand."""
RECURRING_SHARE = 0.3
RUNNING_SHARE = 0.8
"""Of lines with a page number, so many have one that goes up with the pages."""
LARGER = 1.05
LONGEST_LABEL = 3
"""A heading with a number, such as "Recommendation 3", is no longer at the head of each page."""
LONGEST_SHOWN = 80
_NUMBER_OF_PAGE = re.compile(
    r"(?:page|pg|p|slide|sheet|folio|seite|p[aá]gina|of|von|de|sur|[ivxl]+|[\W\d_])*", re.IGNORECASE
)
_SET_APART = re.compile(r"^\d+\W|(?:[|/·•–—-]|\s{2,})\s*\d+$")

Shape = tuple[str, int]
"""A line's text without its numbers, and its size."""


def parted_by_running(lines: Sequence[Line], page_count: int) -> tuple[list[Line], list[Line]]:
    """The lines that say something, and those that only run along the margin of many pages.

    A line runs if many pages have it alike. One that differs by its numbers does so only where
    they number the pages: "Recommendation 3" and "Visits in 2022" are said on one page each.
    """
    shapes: defaultdict[Shape, list[Line]] = defaultdict(list)
    for line in lines:
        if not FOOT <= line.height <= HEAD:
            shapes[_shape(line)].append(line)
    enough, body = max(2.0, page_count * RECURRING_SHARE), _body_size(lines)
    running = {
        id(line)
        for alike in shapes.values()
        if len({line.page for line in alike}) >= enough
        for line in _running(alike, enough, body)
    }
    kept = [line for line in lines if id(line) not in running]
    return kept, [line for line in lines if id(line) in running]


def _running(alike: Sequence[Line], enough: float, body: float) -> Iterator[Line]:
    counts = Counter(line.text for line in alike)
    paged = _number_pages(alike, body)
    yield from (line for line in alike if paged or counts[line.text] >= enough)


def _number_pages(alike: Sequence[Line], body: float) -> bool:
    """Whether the numbers of lines that are otherwise alike are those of their pages."""
    if all(_NUMBER_OF_PAGE.fullmatch(line.text) for line in alike):
        return True
    if not _goes_up_with_pages(alike):
        return False
    return all(_is_title_with_number(line, body) for line in alike)


def _is_title_with_number(line: Line, body: float) -> bool:
    """Whether a line is that of a whole document, with the page's number beside it.

    A heading is larger than the text, and its number stands right beside a word or two.
    """
    apart = _SET_APART.search(line.text) is not None or any(True for _ in cell_offsets(line))
    long = len(line.text.split()) > LONGEST_LABEL and line.size <= body * LARGER
    return line.height < FOOT or apart or long


def _goes_up_with_pages(alike: Sequence[Line]) -> bool:
    numbers = [[int(found) for found in re.findall(r"\d{1,6}", line.text)] for line in alike]
    for place in range(min(map(len, numbers))):
        steps = Counter(row[place] - line.page for row, line in zip(numbers, alike, strict=True))
        if steps.most_common(1)[0][1] >= RUNNING_SHARE * len(alike):
            return True
    return False


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _shape(line: Line) -> Shape:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.size)


def told(running: Sequence[Line]) -> list[str]:
    """A sentence for each kind of running line that was left out, page numbers in one."""
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for line in running:
        numbered = _NUMBER_OF_PAGE.fullmatch(line.text)
        text = "page numbers" if numbered else f"“{line.text[:LONGEST_SHOWN]}”"
        pages[re.sub(r"\d+(?=\W*$)", "…", text)].append(line.page)
    return [
        f"left out at the head or foot of {page_ranges(sorted(set(numbers)))}: {text}"
        for text, numbers in pages.items()
    ]


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines with each page's foot, which some software stores first, at its end."""
    ordered: list[Line] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        rest = list(page)
        foot = list(takewhile(lambda line: line.height < FOOT, rest))
        ordered += rest[len(foot) :] + foot
    return ordered
