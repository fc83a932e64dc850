"""Lines of a PDF -> headings, paragraphs and list items, joined over page breaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from qa_service.reading.content import Block
from qa_service.reading.dates import parse_date
from qa_service.reading.pdf_lines import HYPHEN_MARK, Line
from qa_service.reading.text import split_bullet

LONGEST_HEADING = 200
SENTENCE_ENDS = (".", "!", "?", ":", ";", ".’", ".”", "…")

Group = list[Line]


@dataclass(frozen=True, slots=True)
class Looks:
    """What the text of one PDF looks like: body size, line pitch in sizes, right edges.

    `right_edges` gives, for a page and a left edge in steps, where its lines usually end.
    """

    body_size: float
    pitch: float
    right_edges: dict[tuple[int, int], float]
    bold_body: bool


def looks_of(lines: Sequence[Line]) -> Looks:
    """The looks of a document, to judge its lines by."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) * line.bold
    steps = [
        (above.bottom - below.top) / below.size
        for above, below in pairwise(lines)
        if above.size == below.size and 0 < above.bottom - below.top < 3 * below.size
    ]
    return Looks(
        body_size=sizes.most_common(1)[0][0] if sizes else 0.0,
        pitch=median(steps) if steps else 1.2,
        right_edges=_right_edges(lines),
        bold_body=bold > sizes.total() / 2,
    )


def _right_edges(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    ends: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        for step in (-1, 0, 1):
            ends[line.page, _column(line) + step].append(line.right)
    return {place: sorted(rights)[int(len(rights) * 0.9)] for place, rights in ends.items()}


def _column(line: Line) -> int:
    return int(line.left // 40)


def to_blocks(lines: Sequence[Line], looks: Looks) -> list[Block]:
    """Blocks in reading order; a paragraph that runs over a page break is one block."""
    groups: list[Group] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        _join_page(groups, _page_groups(list(page), looks), looks)
    levels = _heading_levels(groups, looks)
    return [_block(group, levels, looks) for group in groups]


def _page_groups(lines: list[Line], looks: Looks) -> list[Group]:
    groups: list[Group] = []
    for line in lines:
        if groups and _continues(groups[-1], line, looks):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: Group, line: Line, looks: Looks) -> bool:
    above = group[-1]
    if _same_row(group, line):
        return True
    if split_bullet(line.text) or _is_heading(above, looks) != _is_heading(line, looks):
        return False
    if abs(above.size - line.size) > 0.6 or above.bold != line.bold and _is_heading(line, looks):
        return False
    step = (above.bottom - line.top) / line.size
    if not -0.2 < step <= looks.pitch * 1.35:
        return step < 0 and _runs_on(above, line)
    return _is_heading(line, looks) or _runs_on(above, line) or not _breaks_early(above, line, looks)


def _same_row(group: Group, line: Line) -> bool:
    """Whether a line stands to the right of a group, as the next cell of a table row."""
    above = group[-1]
    lowest, highest = group[-1].bottom, group[0].top
    return line.left > above.right and lowest - 2 <= line.top <= highest + 2


def _runs_on(above: Line, below: Line) -> bool:
    """Whether a sentence goes on from one line to the next, wherever they stand."""
    if above.text.endswith(HYPHEN_MARK):
        return True
    return not above.text.endswith(SENTENCE_ENDS) and below.text[:1].islower()


def _breaks_early(above: Line, below: Line, looks: Looks) -> bool:
    """Whether the next word would have fitted: the line was ended on purpose."""
    edge = looks.right_edges.get((above.page, _column(above)), above.right)
    word = below.text.split(" ", 1)[0]
    return above.right + (len(word) + 1) * above.size * 0.5 < edge


def _join_page(groups: list[Group], page: list[Group], looks: Looks) -> None:
    """Appends a page's groups; the first goes on with the last paragraph above, if it does.

    Notes at the foot of the page above then move before that paragraph, which keeps
    the sentence whole and every note on its page.
    """
    place = len(groups) - 1
    while place >= 0 and _is_note(groups[place], looks) and groups[place][0].page == groups[-1][0].page:
        place -= 1
    if place >= 0 and page and _goes_on(groups[place][-1], page[0][0], looks):
        groups.append(groups.pop(place) + page[0])
        page = page[1:]
    groups.extend(page)


def _is_note(group: Group, looks: Looks) -> bool:
    return all(line.size < looks.body_size * 0.92 for line in group)


def _goes_on(above: Line, below: Line, looks: Looks) -> bool:
    if split_bullet(below.text) or _is_heading(above, looks) or _is_heading(below, looks):
        return False
    if abs(above.size - below.size) > 0.6:
        return False
    ended = above.text.endswith(SENTENCE_ENDS)
    return _runs_on(above, below) or not (ended or _breaks_early(above, below, looks))


def _is_heading(line: Line, looks: Looks) -> bool:
    if not re.search(r"[^\W\d_]{2}", line.text) or len(line.text) > LONGEST_HEADING:
        return False
    if line.size >= looks.body_size * 1.12:
        return True
    bold = line.bold and not looks.bold_body and line.size >= looks.body_size * 0.95
    return bold and not line.text.endswith((".", ";", ",")) and parse_date(line.text) is None


def _heading_levels(groups: Sequence[Group], looks: Looks) -> dict[tuple[int, bool], int]:
    """A level for each style of heading: larger before smaller, bold before plain."""
    styles = {_style(group[0]) for group in groups if _is_heading_group(group, looks)}
    ordered = sorted(styles, reverse=True)
    return {style: min(rank, 6) for rank, style in enumerate(ordered, start=1)}


def _style(line: Line) -> tuple[int, bool]:
    return round(line.size), line.bold


def _is_heading_group(group: Group, looks: Looks) -> bool:
    length = sum(len(line.text) for line in group)
    return length <= LONGEST_HEADING and all(_is_heading(line, looks) for line in group)


def _block(group: Group, levels: dict[tuple[int, bool], int], looks: Looks) -> Block:
    text, breaks = _joined(group)
    page = group[0].page
    if _is_heading_group(group, looks):
        return Block("heading", text, levels[_style(group[0])], page, breaks)
    item = split_bullet(group[0].text) is not None
    return Block("item" if item else "paragraph", text, 0, page, breaks)


def _joined(group: Group) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a group, and where in it each further page begins."""
    text = ""
    breaks: list[tuple[int, int]] = []
    for above, line in zip([None, *group], group, strict=False):
        written = _plain(line.text) if above else _plain(split_bullet(line.text) or line.text)
        if text.endswith(HYPHEN_MARK):
            text = text[:-1]
        elif above and not _hyphen_kept(text, written):
            text += " "
        if above and line.page != above.page:
            breaks.append((line.page, len(text)))
        text += written
    return text.removesuffix(HYPHEN_MARK), tuple(breaks)


def _hyphen_kept(text: str, below: str) -> bool:
    return bool(re.search(r"\w-$", text)) and below[:1].isalpha()


def _plain(text: str) -> str:
    """A line without the dots that lead to a page number in a table of contents."""
    return re.sub(r"\s*(?:\.\s?){4,}\s*|\s*…{2,}\s*", " … ", text)


def headings_of_first_page(lines: Sequence[Line], looks: Looks) -> Iterator[Group]:
    """The headings of page 1 as groups of lines, in order."""
    first = [line for line in lines if line.page == 1]
    yield from (group for group in _page_groups(first, looks) if _is_heading_group(group, looks))
