"""Plain text: decoding, hard-wrapped paragraphs, lists and headings by their looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from qa_service.reading.blocks.canonical import canonical_text
from qa_service.reading.blocks.kinds import is_label_line
from qa_service.reading.blocks.line_ends import divides_a_figure, waits_for_more
from qa_service.reading.content import Block, Content
from qa_service.reading.formats.plain.bordered import with_rows
from qa_service.reading.formats.plain.decoding import decoded
from qa_service.reading.formats.plain.directives import (
    has_directives,
    plain_words,
    without_directives,
)
from qa_service.reading.formats.plain.numbered import lists_of_names, numbered_headings
from qa_service.reading.formats.plain.questions import questions_among, with_questions_apart
from qa_service.reading.formats.plain.underlined import levels_of, parted
from qa_service.reading.metadata.titles import LONGEST_TITLE_LINE, is_title_line, shortened

BULLET = re.compile(r"^[•‣◦▪■□●○◼◾◆◇❖▸►➢➤✓✔–—*·+-]\s+|^(?=\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s)")
"""A list item's beginning: a bullet to replace, or a number or letter to keep."""
LONGEST_HEADING = 60
LONGEST_TERM = 6
"""Words of a line that names what the lines right below it say."""
LOWEST_LEVEL = 6
LONGEST_SMALL_WORD = 4
_GOES_ON = re.compile(r"(?:means?|is|are|has|have|shall|refers?|includes?)\b")
"""Verbs with which a text goes on the sentence that a term above it begins: “Boat” means …"""
_PART = re.compile(
    r"(?i:Chapter|Part|Section|Article|Annex|Appendix|Schedule) (?:\d{1,3}|[A-Z]|[IVXL]{1,6})"
    r"(?:[.:]? [^\W\d_a-z][^\n]{0,80}[^\n.,;:])?"
)
"""Takes "Schedule 2: Fees and charges", "Part IV"; not "Section 4 applies to boats."."""
_FOR_PROGRAMS = re.compile("BEGIN:[A-Z]+")
"""What files of calendars and addresses begin with."""
_FOR_TERMINALS = re.compile("[^\b\n]\b|\x1b\\[[0-9;?]*[A-Za-z]")
"""A letter that is printed over, as pages of manuals have them, and codes for colours."""


def read_text(data: bytes) -> Content:
    """Plain text as content. Raises UnreadableDocument for bytes that are no text."""
    found = decoded(data)
    printed = _FOR_TERMINALS.sub("", found.text)
    marked = has_directives(printed)
    text, lost = without_directives(printed) if marked else (printed, ())
    blocks = text_blocks(text, plain_words if marked else str)
    return Content("text", blocks, title=title_of(blocks), warnings=(*found.warnings, *lost))


def text_blocks(text: str, shown: Callable[[str], str] = str) -> tuple[Block, ...]:
    """The blocks of plain text: paragraphs, list items, rows and headings by their looks.

    `shown` takes signs within lines away, once no table is held in shape by them.
    """
    rows, drawn = with_rows(text)
    tables = {canonical_text(shown(table)) for table in drawn}
    whole = with_questions_apart(canonical_text(shown(rows)).split("\n\n"))
    parts = [part for paragraph in whole for part in parted(paragraph)]
    paragraphs = [paragraph for paragraph, _ in parts]
    ranks = levels_of([sign for _, sign in parts], 1 if parts and parts[0][1] else 2, LOWEST_LEVEL)
    levels = _levels(paragraphs) | {
        place: ranks[sign] for place, (_, sign) in enumerate(parts) if sign
    }
    contents = lists_of_names(paragraphs)
    blocks: list[Block] = []
    for place, paragraph in enumerate(paragraphs):
        if place in levels:
            blocks.append(Block("heading", paragraph.strip(), level=levels[place]))
        elif paragraph in tables:
            blocks += [Block("row", row) for row in paragraph.split("\n")]
        elif place in contents:
            blocks += _with_contents(paragraph.split("\n"), contents[place])
        else:
            blocks += _blocks_of(paragraph)
    return _with_headings(blocks)


def _with_contents(rows: Sequence[str], first: int) -> Iterator[Block]:
    """The lines from `first` on as contents, those above it as what they are."""
    if first:
        yield from _blocks_of("\n".join(rows[:first]))
    yield from (Block("contents", row.strip()) for row in rows[first:])


def _levels(paragraphs: Sequence[str]) -> dict[int, int]:
    """Places and levels of the paragraphs that are headings: numbered ones, and questions."""
    numbers = {
        place: min(len(line.number) + 1, LOWEST_LEVEL)
        for place, line in numbered_headings(paragraphs).items()
        if _names(line.title)
    }
    parts = {place: 2 for place, text in enumerate(paragraphs) if _PART.fullmatch(text.strip())}
    return dict.fromkeys(questions_among(paragraphs), LOWEST_LEVEL) | numbers | parts


def _names(title: str) -> bool:
    """Whether what stands behind a number is a name: a question, or all in capitals with a stop."""
    bare = title.rstrip("?")
    if title.endswith(".") and len(title.split()) > 1:
        capital = all(word[0].isupper() for word in title.split() if len(word) > LONGEST_SMALL_WORD)
        bare = title[:-1] if capital else title
    return len(title) <= LONGEST_HEADING and _is_name(bare)


def split_bullet(line: str) -> str | None:
    """A list item's line with a plain bullet ("• …") or its number; None for other lines."""
    found = BULLET.match(line)
    if not found:
        return None
    rest = line[found.end() :].strip()
    return f"• {rest}" if found[0] else rest


def _blocks_of(paragraph: str) -> Iterator[Block]:
    """One paragraph, and each list item in it on its own; a term above its meaning as a heading."""
    rows = paragraph.split("\n")
    lines = _with_whole_figures([line.strip() for line in rows])
    if _hangs(rows) and _GOES_ON.match(lines[1]):
        yield Block("paragraph", " ".join(lines))
        return
    if _hangs(rows) or _is_term(lines):
        yield Block("heading", lines[0], level=LOWEST_LEVEL)
        yield Block("paragraph", " ".join(lines[1:]))
        return
    line_end = " " if _is_wrapped(lines) else "\n"
    groups: list[list[str]] = []
    for line in lines:
        if groups and (split_bullet(line) is None or _goes_on(groups[-1][-1], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    for first, *others in groups:
        item = split_bullet(first)
        if item is None:
            yield Block("paragraph", line_end.join([first, *others]))
        elif _is_titled([item, *others]):
            yield Block("heading", item, level=LOWEST_LEVEL)
            yield Block("paragraph", " ".join(others))
        else:
            yield Block("item", " ".join([item, *others]))


def _with_whole_figures(lines: list[str]) -> list[str]:
    """The lines, those joined between which a decimal figure is divided."""
    whole: list[str] = []
    for line in lines:
        if whole and divides_a_figure(whole[-1], line):
            whole[-1] += line
        else:
            whole.append(line)
    return whole


def _goes_on(above: str, below: str) -> bool:
    """Whether what looks like an item's number is the end of the sentence above."""
    return below[0].isdigit() and waits_for_more(above)


def _hangs(rows: Sequence[str]) -> bool:
    """Whether a first short line names what the deeper indented text below it says."""
    term, *others = rows
    depths = [len(row) - len(row.lstrip()) for row in rows]
    hangs = bool(others) and depths[0] < min(depths[1:]) and len(set(depths[1:])) == 1
    short = len(term.split()) <= LONGEST_TERM and term.strip()[-1:] not in ".,;:"
    return hangs and short and not any(split_bullet(row.strip()) for row in rows)


def _is_term(lines: list[str]) -> bool:
    """Whether the first line is a term and the others are one text that says what it means."""
    return len(lines[0].split()) <= LONGEST_TERM and _is_name(lines[0]) and _stands_apart(lines)


def _is_titled(lines: list[str]) -> bool:
    """Whether the first line of a numbered item is its title, above its text."""
    number, _, title = lines[0].partition(" ")
    named = number[-1:] in ".)" and len(title) <= LONGEST_HEADING and _is_name(title)
    return named and _stands_apart(lines)


def _stands_apart(lines: list[str]) -> bool:
    """Whether the lines below the first are a text of their own.

    The text ends as a sentence does, and its first word would have fitted behind the line above.
    """
    first, *others = lines
    if not others:
        return False
    one_text = all(line[:1].islower() for line in others[1:]) or _is_wrapped(others)
    begins = others[0][:1].isupper() and not any(map(split_bullet, others))
    fitted = len(first) + 1 + len(others[0].split(maxsplit=1)[0]) <= max(map(len, others))
    return one_text and begins and fitted and others[-1].endswith(".")


def _is_wrapped(lines: list[str]) -> bool:
    """Whether line ends come from a fixed width: the next word never fitted any more."""
    prose = [line for line in lines if line]
    width = max(map(len, prose), default=0)
    if len(prose) < 2 or not 50 <= width <= 130:
        return False
    return all(
        split_bullet(below) or len(above) + 1 + len(below.split()[0]) > width - 8
        for above, below in pairwise(prose)
    )


def _with_headings(blocks: list[Block]) -> tuple[Block, ...]:
    """The same blocks, with title-like lines above longer text or lists made headings."""
    headings = {
        place
        for place, (block, below) in enumerate(pairwise(blocks))
        if _looks_like_heading(block, below, LONGEST_HEADING if place else LONGEST_TITLE_LINE)
    }
    return tuple(
        Block("heading", block.text, level=2 if place else 1) if place in headings else block
        for place, block in enumerate(blocks)
    )


def _looks_like_heading(block: Block, below: Block, longest: int) -> bool:
    return (
        block.kind == "paragraph"
        and len(block.text) <= longest
        and _is_name(block.text)
        and (below.kind == "item" or len(below.text) > len(block.text) or longest > LONGEST_HEADING)
    )


def _is_name(line: str) -> bool:
    """Whether a text reads as the name of what stands below it."""
    unlike = re.search(r"[:!?\"”…\n]|\d{4}", line)
    return is_title_line(line) and line[0].isupper() and not unlike


def opening_title(blocks: Sequence[Block]) -> str | None:
    """The first paragraph of a text as its title, if it is a line that may be one; a label with
    its value, above another one, is none."""
    first, below = [*blocks[:2], None, None][:2]
    if first is None or first.kind != "paragraph" or not is_title_line(first.text):
        return None
    return None if is_label_line(first.text, "", below) else first.text


def title_of(blocks: Sequence[Block]) -> str | None:
    """The first line of a text below its contents, if it has letters, cut where it is long."""
    said = [block for block in blocks if block.kind != "contents"]
    if not said:
        return None
    first = said[0].text.split("\n")[0].removeprefix("• ")
    if not any(character.isalpha() for character in first) or _FOR_PROGRAMS.fullmatch(first):
        return None
    return first if is_title_line(first) else shortened(first, LONGEST_TITLE_LINE)
