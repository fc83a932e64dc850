"""Lines of a table of contents among the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.reading.blocks.heading_names import plain_name

FEWEST_LINES = 3
LONGEST_LINE = 200
WRAPPED = 1
"""So many lines without a number may stand between two that have one."""

_NUMBERED = re.compile(r"(?P<title>.*[^\W\d_].*?)[\s.…·_]+(?P<page>\d{1,4}|[ivxl]{1,6})$")
_LEADERS = re.compile(r"(?:…|\.{3,}|_{3,}|(?:\. ){3,})\s*(?:\d{1,4}|[ivxl]{1,6})$")
_ENTRY = re.compile(r"(?:…|\.{3,}|(?:\. ){3,})\s*(?P<page>\d{1,4})(?!\S)")
_CONTENTS = re.compile(
    r"(?:table of )?contents|in this (?:document|section|guide|report)|on this page", re.IGNORECASE
)


def contents_lines(texts: Sequence[str], headings: Sequence[str]) -> frozenset[int]:
    """Places of the blocks that are lines of a table of contents, its heading not included.

    They are lines with leaders, runs of lines that end in page numbers that never fall and
    say what headings say or stand below "Contents", and lists of nothing but headings there.
    """
    known = {plain_name(heading) for heading in headings}
    found = {place for place, text in enumerate(texts) if _has_leaders(text)}
    for run in _runs(texts):
        first = run[0]
        below = first > 0 and _is_title(texts[first - 1])
        numbered = [place for place in run if _page(texts[place]) is not None]
        named = sum(
            plain_name(_NUMBERED.sub(r"\g<title>", texts[place])) in known for place in numbered
        )
        if below or 2 * named >= len(numbered):
            found.update(run)
    found.update(_listed(texts, known))
    return frozenset(found)


def _has_leaders(text: str) -> bool:
    if len(_ENTRY.findall(text)) >= FEWEST_LINES:
        return True
    return len(text) <= LONGEST_LINE and _LEADERS.search(text) is not None


def _is_title(text: str) -> bool:
    return _CONTENTS.fullmatch(text.strip(" :")) is not None


def _page(text: str) -> int | None:
    """The page number that a line ends with; 0 for a roman one, None for none."""
    entries = _ENTRY.findall(text)
    if len(entries) >= FEWEST_LINES:
        return int(entries[-1])
    may = len(text) <= LONGEST_LINE and (text[-1].isdigit() or text[-1] in "ivxl")
    found = _NUMBERED.fullmatch(text) if may else None
    if found is None or re.search(r"[.!?]$", found["title"]):
        return None
    return int(found["page"]) if found["page"].isdigit() else 0


def _runs(texts: Sequence[str]) -> Iterator[list[int]]:
    """Runs of lines that end in page numbers, each at least that of the line before."""
    run: list[int] = []
    last = waiting = 0
    for place, text in enumerate(texts):
        page = _page(text)
        if page is not None and page >= last:
            run += [*range(place - waiting, place), place] if run else [place]
            last, waiting = page, 0
        elif run and waiting < WRAPPED and page is None and len(text) <= LONGEST_LINE:
            waiting += 1
        else:
            yield from _long_enough(run, texts)
            run, waiting = ([place] if page is not None else []), 0
            last = page or 0
    yield from _long_enough(run, texts)


def _long_enough(run: list[int], texts: Sequence[str]) -> Iterator[list[int]]:
    if sum(_page(texts[place]) is not None for place in run) >= FEWEST_LINES:
        yield run


def _listed(texts: Sequence[str], known: set[str]) -> Iterator[int]:
    """Lines below "Contents" that say no more than headings do."""
    below = False
    for place, text in enumerate(texts):
        if _is_title(text):
            below = True
        elif below and plain_name(text) in known and text.startswith(("•", "1", "–")):
            yield place
        elif below and not re.match(r"\W|\d", text):
            below = False
