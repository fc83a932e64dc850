"""Lines of a PDF -> headings, paragraphs and list items, joined over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from qa_service.reading.blocks.canonical import RAISED_SIGNS, is_note_letter, raised
from qa_service.reading.blocks.heading_names import plain_title
from qa_service.reading.blocks.kinds import NOTE_NUMBER
from qa_service.reading.blocks.line_ends import divides_a_figure, waits_for_more
from qa_service.reading.content import Block, BlockKind
from qa_service.reading.formats.pdf.lines import CELL_GAP, HYPHEN_MARK, Line, cell_offsets
from qa_service.reading.formats.pdf.looks import (
    LONGEST_HEADING,
    Group,
    Looks,
    ends_early,
    is_heading,
    is_heading_line,
    is_note,
)
from qa_service.reading.formats.pdf.signs.mirrored import words_as_shown
from qa_service.reading.formats.pdf.signs.superscripts import RAISED, SMALLER
from qa_service.reading.formats.plain.text import split_bullet

SENTENCE_ENDS = (".", "!", "?", ":", ";", ".’", ".”", "…")
SAME_SIZE = 0.6
NARROW_GAP, FEW_LINES = 1.6, 2
"""In so few lines, which no one sets to a width, a narrower gap parts cells."""
MOST_ROW_LINES = 8
"""Cells of a row wrap over no more lines, all together."""
_NOTE = re.compile(rf"(?:{NOTE_NUMBER}|[*†‡{RAISED_SIGNS}]+)\s*\S")
_BEGINS_WORD = re.compile(r"[^\W\d_]|[£$€]\d")
PARAGRAPH_STEP = 1.35
"""A step this many times the usual pitch begins a new paragraph."""
FEWEST_LEADERS = 4
MARK_SIZE = 0.75
"""A number this much smaller than the body's size refers to a footnote."""


def to_blocks(lines: Sequence[Line], looks: Looks) -> list[Block]:
    """Blocks in reading order; a paragraph that runs over a page break is one block."""
    groups: list[Group] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        _join_page(groups, page_groups(list(page), looks), looks)
    levels = _heading_levels(groups, looks)
    return [_block(group, levels, looks) for group in groups]


def page_groups(lines: Sequence[Line], looks: Looks) -> list[Group]:
    """The lines of one page as headings, paragraphs and list items, in order."""
    groups: list[Group] = []
    for line in lines:
        if groups and _is_raised(groups[-1], line, looks):
            groups[-1][-1] = _with_mark(groups[-1][-1], line)
        elif groups and _is_mark_of(groups[-1], line, looks):
            mark = raised(groups[-1][0].text)
            groups[-1] = [replace(line, text=f"{mark} {line.text}")]
        elif (groups and _same_row(groups[-1], line)) or (
            groups and _continues(groups[-1][-1], line, looks)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _same_row(group: Group, line: Line) -> bool:
    """Whether a line stands to the right of a group, as the next cell of a table row."""
    reach = max(line.size, group[-1].size) / 2
    return (
        line.column == group[-1].column
        and line.left > group[-1].right - reach
        and group[-1].bottom - reach <= line.top <= group[0].top + reach
    )


def _is_raised(group: Group, line: Line, looks: Looks) -> bool:
    """Whether a line beside a group is nothing but a raised figure."""
    return _same_row(group, line) and _is_note_mark(line, group[-1].bottom, group[-1].size, looks)


def _is_note_mark(mark: Line, foot: float, size: float, looks: Looks) -> bool:
    """Whether a line is a figure far smaller than the text, or small and above a line's foot,
    or a letter that is."""
    high = mark.top - foot >= RAISED * size and mark.size <= SMALLER * size
    if mark.text.isdigit():
        return high or mark.size < looks.body_size * MARK_SIZE
    return high and is_note_letter(mark.text)


def _with_mark(line: Line, mark: Line) -> Line:
    """A line with the sign of a note at its end."""
    text, words = raised(mark.text), mark.words
    words = tuple(word._replace(text=raised(word.text)) for word in words)
    return replace(line, text=line.text + text, right=mark.right, words=(*line.words, *words))


def _is_mark_of(group: Group, line: Line, looks: Looks) -> bool:
    """Whether a group is nothing but the sign of a note that a line begins right after."""
    (mark,) = group if len(group) == 1 else (line,)
    return (
        mark is not line
        and _is_note_mark(mark, line.top, line.size, looks)
        and 0 <= line.left - mark.right + mark.size <= 3 * line.size
        and 0 <= mark.top - line.top <= line.size * 0.75
    )


def _continues(above: Line, below: Line, looks: Looks) -> bool:
    """Whether two lines of a page are of one heading, paragraph or item."""
    if not _set_alike(above, below, looks) or _starts_item(above, below, looks):
        return False
    step = (above.bottom - below.top) / below.size if below.size else 0.0
    if step < 0:
        return _runs_on(above, below)
    if step > looks.pitch * PARAGRAPH_STEP:
        return False
    return (
        is_heading_line(below, looks)
        or _runs_on(above, below)
        or not ends_early(above, below, looks)
    )


def _set_alike(above: Line, below: Line, looks: Looks) -> bool:
    apart = above.typed != below.typed or above.running != below.running
    if abs(above.size - below.size) > SAME_SIZE or apart:
        return False
    heading = is_heading_line(above, looks)
    if heading != is_heading_line(below, looks):
        return False
    return not heading or above.bold == below.bold or _runs_on(above, below)


def _starts_item(above: Line, below: Line, looks: Looks) -> bool:
    """Whether a line begins a list item; a dash inside a sentence does not."""
    if split_bullet(below.text) is None:
        return False
    if below.text[0].isdigit() and waits_for_more(above.text):
        return False
    inside = not above.text.endswith(SENTENCE_ENDS) and not ends_early(above, below, looks)
    return not (below.text.startswith(("–", "—", "-")) and inside)


def _runs_on(above: Line, below: Line) -> bool:
    """Whether a sentence goes on from one line to the next, wherever they stand."""
    if above.text.endswith(HYPHEN_MARK) or divides_a_figure(above.text, below.text):
        return True
    if waits_for_more(above.text) or (above.text.endswith(",") and below.text[:1].isdigit()):
        return True
    return not above.text.endswith(SENTENCE_ENDS) and below.text[:1].islower()


def _join_page(groups: list[Group], page: list[Group], looks: Looks) -> None:
    """Appends a page's groups; the first goes on with the last paragraph above, if it does.

    Notes at the foot of the page above then move before that paragraph, which keeps
    the sentence whole and every note on its page.
    """
    place = _last_of_body(groups, looks)
    if place >= 0 and page and _goes_on(groups[place][-1], page[0][0], looks):
        continued = groups.pop(place)
        continued += page[0]
        groups.append(continued)
        page = page[1:]
    groups.extend(page)


def _last_of_body(groups: Sequence[Group], looks: Looks) -> int:
    """The place of the last page's last group that is no footnote; -1 where there is none."""
    place = len(groups) - 1
    while place >= 0 and (is_note(groups[place], looks) or groups[place][0].running):
        place -= 1
    return place if place >= 0 and groups[place][-1].page == groups[-1][-1].page else -1


def _goes_on(above: Line, below: Line, looks: Looks) -> bool:
    """Whether the first line of a page goes on with the last paragraph of the one before."""
    if abs(above.size - below.size) > SAME_SIZE or _starts_item(above, below, looks):
        return False
    if is_heading_line(above, looks) or is_heading_line(below, looks):
        return False
    ended = above.text.endswith(SENTENCE_ENDS)
    return _runs_on(above, below) or not (ended or ends_early(above, below, looks))


def _heading_levels(groups: Sequence[Group], looks: Looks) -> dict[tuple[int, bool], int]:
    """A level for each style of heading: larger before smaller, bold before plain."""
    styles = {_style(group[0]) for group in groups if is_heading(group, looks)}
    ordered = sorted(styles, reverse=True)
    return {style: min(rank, 6) for rank, style in enumerate(ordered, start=1)}


def _style(line: Line) -> tuple[int, bool]:
    return round(line.size), line.bold


def _block(group: Group, levels: dict[tuple[int, bool], int], looks: Looks) -> Block:
    text, breaks, cells = _joined(group)
    page = group[0].page
    words = tuple(word for line in group for word in words_as_shown(line))
    if group[0].running:
        return Block("boilerplate", text, 0, page, breaks, words)
    if is_heading(group, looks):
        return Block("heading", text, levels[_style(group[0])], page, breaks, words)
    if level := _bookmark_level(group, text, looks):
        return Block("heading", text, level, page, breaks, words)
    item = split_bullet(group[0].text)
    kind: BlockKind = "paragraph" if item is None else "item"
    if item is None and _NOTE.match(text) and is_note(group, looks):
        kind = "note"
    return Block(kind, text, 0, page, breaks, words, cells if len(group) <= MOST_ROW_LINES else ())


def _bookmark_level(group: Group, text: str, looks: Looks) -> int:
    """The level of the bookmark that leads to a group and says the same; 0 without one."""
    page = group[0].page
    if not looks.bookmarks or len(text) > LONGEST_HEADING or page in looks.contents_pages:
        return 0
    return looks.bookmarks.get((page, plain_title(text)), 0)


def _joined(group: Group) -> tuple[str, tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The text of a group, where in it each further page begins, and each further cell."""
    first, *others = group
    texts = [split_bullet(first.text) or first.text, *(line.text for line in others)]
    parts: list[str] = []
    breaks: list[tuple[int, int]] = []
    cells: list[int] = []
    length, page = 0, first.page
    gap = NARROW_GAP if len(group) <= FEW_LINES else CELL_GAP
    for place, (line, text, below) in enumerate(zip(group, texts, [*texts[1:], ""], strict=True)):
        if line.page != page:
            page = line.page
            breaks.append((page, length))
        elif place and _is_apart(group[:place], line):
            cells.append(length)
        cells += [length + offset for offset in cell_offsets(line, gap)]
        parts.append(_with_seam(_without_leaders(text), below))
        length += len(parts[-1])
    return "".join(parts), tuple(breaks), tuple(cells)


def _is_apart(group: Group, line: Line) -> bool:
    """Whether a line stands to the right of a group as a cell of its own, behind a wide gap."""
    return _same_row(group, line) and line.left - group[-1].right > line.size


def _with_seam(text: str, below: str) -> str:
    """A line with what parts it from the line below: a blank, or nothing at a hyphen."""
    if text.endswith(HYPHEN_MARK):
        return text.removesuffix(HYPHEN_MARK)
    if below[:1] and (
        below[0] in RAISED_SIGNS or (text[-1] in RAISED_SIGNS and below[0] in ".,;:)")
    ):
        return text
    letters = (
        re.search(r"\w-$|\S[–—]$", text[-2:]) is not None and _BEGINS_WORD.match(below) is not None
    )
    keeps_hyphen = letters or divides_a_figure(text, below)
    return text if keeps_hyphen or not below else f"{text} "


def _without_leaders(text: str) -> str:
    """A line of a table of contents without the dots that lead to the page number."""
    if text.count(".") < FEWEST_LEADERS and "…" not in text:
        return text
    return re.sub(rf"\s*(?:\.\s?){{{FEWEST_LEADERS},}}\s*|\s*…{{2,}}\s*", " … ", text)
