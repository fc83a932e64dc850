"""What the text of a PDF looks like as a whole, and which of its lines stand out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from qa_service.reading.formats.pdf.lines import Line
from qa_service.reading.formats.plain.text import split_bullet
from qa_service.reading.metadata.dates import parse_date

LONGEST_HEADING = 200
LARGER = 1.12
"""A line this many times as large as the body's is a heading."""
LARGE = 1.3
"""A line this many times as large as the body's may be the title."""
CONTENTS_LINES = 5
"""A page with this many lines that end in a page number is a table of contents."""
COLUMN_STEP = 40
USUAL_PITCH = 1.2
ENOUGH_STEPS = 5

Bookmarks = dict[tuple[int, str], int]
"""Page number and title, in plain letters, of each bookmark -> its level, from 1."""
Group = list[Line]
"""Lines that belong together: one heading, paragraph or list item."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Measures of one PDF, to judge its lines by.

    `pitch` is the usual step from line to line in line sizes. `right_edges` gives, for a
    page and a column of left edges, where its lines end at the most.
    """

    body_size: float
    pitch: float
    bold_body: bool
    right_edges: dict[tuple[int, int], float]
    contents_pages: frozenset[int]
    bookmarks: Bookmarks = field(default_factory=dict)


def looks_of(lines: Sequence[Line], bookmarks: Bookmarks | None = None) -> Looks:
    """The measures of a document's lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    bold = sum(len(line.text) for line in lines if line.bold)
    numbered = Counter(line.page for line in lines if _ends_in_page_number(line))
    return Looks(
        body_size=sizes.most_common(1)[0][0] if sizes else 0.0,
        pitch=_pitch(lines),
        bold_body=bold > sizes.total() / 2,
        right_edges=_right_edges(lines),
        contents_pages=frozenset(page for page, n in numbered.items() if n >= CONTENTS_LINES),
        bookmarks=bookmarks or {},
    )


def _pitch(lines: Sequence[Line]) -> float:
    steps = [
        (above.bottom - below.top) / below.size
        for above, below in pairwise(lines)
        if above.size == below.size > 0 and 0 < above.bottom - below.top < 3 * below.size
    ]
    return median(steps) if len(steps) >= ENOUGH_STEPS else USUAL_PITCH


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """The right edge that a tenth of a column's lines pass; neighbours count as one column."""
    ends: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        for step in (-1, 0, 1):
            ends[line.page, _column(line) + step].append(line.right)
    return {place: sorted(rights)[int(len(rights) * 0.9)] for place, rights in ends.items()}


def _column(line: Line) -> int:
    """What tells the column of a line; those stored across never are neighbours."""
    return -1000 * line.column if line.column else int(line.left // COLUMN_STEP)


def ends_early(above: Line, below: Line, looks: Looks) -> bool:
    """Whether the first word of `below` had fitted: the line was ended on purpose."""
    edge = looks.right_edges.get((above.page, _column(above)), above.right)
    word = below.text.split(" ", 1)[0]
    return above.right + (len(word) + 1) * above.size * 0.5 < edge


def is_heading_line(line: Line, looks: Looks) -> bool:
    """Whether a line is set as a heading: larger than the body, or bold and short."""
    if not re.search(r"[^\W\d_]{2}", line.text) or len(line.text) > LONGEST_HEADING:
        return False
    if line.page in looks.contents_pages and _ends_in_page_number(line):
        return False
    if line.size >= looks.body_size * LARGE:
        return True
    stands_out = line.size >= looks.body_size * LARGER or _is_bold_heading(line, looks)
    return stands_out and parse_date(line.text) is None


def _is_bold_heading(line: Line, looks: Looks) -> bool:
    stands_out = line.bold and not looks.bold_body and line.size >= looks.body_size * 0.95
    return stands_out and not line.text.endswith((".", ";", ","))


def _ends_in_page_number(line: Line) -> bool:
    return line.text[0].isalpha() and re.search(r"\D\d{1,3}$", line.text) is not None


def is_heading(group: Group, looks: Looks) -> bool:
    """Whether a whole group is one heading."""
    return (
        sum(len(line.text) for line in group) <= LONGEST_HEADING
        and not group[0].text[0].islower()
        and not (split_bullet(group[0].text) or "").startswith("•")
        and all(is_heading_line(line, looks) for line in group)
        and not _is_table_row(group, looks)
    )


def _is_table_row(group: Group, looks: Looks) -> bool:
    """Whether a group of the body's size is a row of cells, as bold column names are."""
    larger = group[0].size >= looks.body_size * LARGER
    return not larger and any(line.bold_cells for line in group)


def is_note(group: Group, looks: Looks) -> bool:
    """Whether a group is set smaller than the body, as footnotes are."""
    return all(line.size < looks.body_size * 0.92 for line in group)
