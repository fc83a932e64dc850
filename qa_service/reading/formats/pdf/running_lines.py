"""Headers, footers and page numbers: what stands in the margin of many pages, and says nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from qa_service.reading.blocks.losses import LEFT_OUT, page_ranges
from qa_service.reading.formats.office.numerals import numeral
from qa_service.reading.formats.pdf.lines import Line, cell_offsets
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

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
MOST_AHEAD = 500
"""The number of a page is no further from its place in the file: 2021 is a year."""
FEWEST_WORDS = 4
"""A line of so many words that ends as a sentence does says something."""
_NUMBER = re.compile(r"\d{1,6}|(?<!\w)[ivxlc]{1,8}(?!\w)", re.IGNORECASE)
_ROMAN = {numeral(number, "lowerRoman"): number for number in range(1, 100)}
_LABELLED = re.compile(r"[:=£$€]\s*$")
_BESIDE_NUMBER = re.compile(
    r"(?:^|[|/·•–—,-]|\b(?:page|pg|p|slide|sheet|folio|seite|p[aá]gina))[\s.]*$", re.IGNORECASE
)
_OF_ALL = re.compile(r"\s*(?:of|/|von|de|sur)\s*\d+\s*$", re.IGNORECASE)
_PAGE = r"(?:\b(?:page|pg|p|slide|sheet|folio|seite|p[aá]gina)\b[\s.]*)?"
_PAGE_AT_END = re.compile(
    rf"[\s|/·•–—,-]*{_PAGE}(?:\d{{1,6}}|\b[ivxlc]{{1,8}})(?:\s*(?:of|/|von|de|sur)\s*\d+)?\W*$",
    re.IGNORECASE,
)
_PAGE_AT_START = re.compile(
    rf"^\W*{_PAGE}(?:\d{{1,6}}|[ivxlc]{{1,8}}\b)[\s|/·•–—,-]+", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"\d+(?:\s*(?:of|/|von|de|sur)\s*\d+)?(?=\W*$)|(?<=^“)\d+(?=\W)")
_SAYS = re.compile(r"\w.*[.!?][”’\"')]*$|\w\w:\s*.*[\d@]")
_DETAIL = re.compile(r"[\d@:]")
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
    elsewhere = _said_between(lines)
    left = {
        id(line): kept
        for alike in shapes.values()
        if len({line.page for line in alike}) >= enough
        for line, kept in _running(alike, enough, body, elsewhere)
    }
    said = [kept for line in lines if (kept := left.get(id(line), line))]
    return said, [line for line in lines if left.get(id(line), line) is None]


def _said_between(lines: Sequence[Line]) -> str:
    """What the pages say between their margins, in small letters."""
    return " ".join(line.text.casefold() for line in lines if FOOT <= line.height <= HEAD)


def _running(
    alike: Sequence[Line], enough: float, body: float, elsewhere: str
) -> Iterator[tuple[Line, Line | None]]:
    """The lines that run, and what is kept of each: where it stands first, a sentence, or a title
    that stands nowhere else, without the number of the page.

    Titles in large letters, and what has a figure or a label in it, do not run there.
    """
    counts = Counter(line.text for line in alike)
    paged = _number_pages(alike, body)
    said: set[str] = set()
    for line in alike:
        if not paged and counts[line.text] < enough:
            continue
        kept = _without_page(line) if paged else line
        first = kept.text not in said
        said.add(kept.text)
        title = not paged and line.page == 1 and line.size >= body * LARGER
        says = _says_something(kept.text)
        if first and says and not title and not _DETAIL.search(kept.text):
            yield line, replace(kept, running=True)
        elif first and (title or says):
            yield line, kept
        elif first and _is_long(kept.text) and kept.text.casefold() not in elsewhere:
            yield line, replace(kept, running=True)
        else:
            yield line, None


def _without_page(line: Line) -> Line:
    """A line without the number of its page at one of its ends."""
    text = _PAGE_AT_END.sub("", line.text)
    if text != line.text:
        return replace(line, text=text, words=line.words[: len(text.split())])
    text = _PAGE_AT_START.sub("", line.text)
    count = len(text.split())
    return replace(line, text=text, words=line.words[len(line.words) - count :])


def _is_long(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS


def _says_something(text: str) -> bool:
    """Whether a line is a sentence, or a label with a value: such a one is kept once."""
    return (_is_long(text) or ":" in text) and _SAYS.search(text) is not None


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
    long = len(_OF_ALL.sub("", line.text).split()) > LONGEST_LABEL and line.size <= body * LARGER
    return line.height < FOOT or apart or long


def _goes_up_with_pages(alike: Sequence[Line]) -> bool:
    """Whether one number of the lines goes up with the pages, at an end, and no other differs."""
    places = [list(_numbers(line.text)) for line in alike]
    numbers = [[_value(found[0]) for found in row] for row in places]
    varying = [place for place in range(min(map(len, numbers))) if _varies(numbers, place)]
    if len(varying) != 1:
        return False
    (place,) = varying
    steps = Counter(
        (row[place][0].isdigit(), _value(row[place][0]) - line.page)
        for row, line in zip(places, alike, strict=True)
    )
    # Pages before the first chapter count by themselves, in Roman numerals.
    usual = {is_figure: (step, count) for (is_figure, step), count in steps.most_common()[::-1]}
    count = sum(count for _, count in usual.values())
    ends = (_is_at_an_end(line.text, row[place]) for line, row in zip(alike, places, strict=True))
    near = all(abs(step) < MOST_AHEAD for step, _ in usual.values())
    return near and count >= RUNNING_SHARE * len(alike) and all(ends)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers of a line, Roman ones too: "iv", but no "civil"."""
    return (found for found in _NUMBER.finditer(text) if _value(found[0]) >= 0)


def _value(number: str) -> int:
    """What a number says; -1 for letters that are none."""
    return int(number) if number.isdigit() else _ROMAN.get(number.casefold(), -1)


def _varies(numbers: Sequence[Sequence[int]], place: int) -> bool:
    return len({row[place] for row in numbers}) > 1


def _is_at_an_end(text: str, number: re.Match[str]) -> bool:
    """Whether a number stands where that of a page does: first, last or behind “page”.

    One behind a label or a sign of money does not: “Deaths: 3”.
    """
    before, after = text[: number.start()], text[number.end() :]
    if _LABELLED.search(before) or (len(re.findall(r"[^\W\d_]+", before)) == 1 and not after):
        return False
    last = not after.strip() or _OF_ALL.fullmatch(after) is not None
    return last or _BESIDE_NUMBER.search(before) is not None


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _shape(line: Line) -> Shape:
    text = _NUMBER.sub(lambda found: "#" if _value(found[0]) >= 0 else found[0], line.text)
    return re.sub(r"\d+", "#", text.casefold()), round(line.size)


def told(running: Sequence[Line]) -> list[str]:
    """A sentence for each kind of running line that was left out, page numbers in one."""
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for line in running:
        numbered = _NUMBER_OF_PAGE.fullmatch(line.text)
        text = N_("page numbers") if numbered else f"“{line.text[:LONGEST_SHOWN]}”"
        pages[_PAGE_NUMBER.sub("…", text)].append(line.page)
    return [
        said(
            LEFT_OUT,
            pages=page_ranges(sorted(set(numbers))),
            what=text,
        )
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
