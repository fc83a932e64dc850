"""Stretches of time that a question names, and how it speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from qa_service.nouns.dates import MONTHS, YEAR, Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import MONTH, UNITS

MOST_BETWEEN = 3
"""Words from a date on, among which the documents are named: “the 2016 joint inspection”."""


def _point(number: int) -> str:
    """A year, a month or a day, in groups of this number."""
    day = rf"(?:the\s+)?(?P<day{number}>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+"
    month = rf"(?:{day})?(?P<month{number}>{MONTH}),?\s+"
    return rf"(?:{month})?(?P<year{number}>{YEAR})(?![\d,.]*\d)(?!\s+{UNITS}\b)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_FIRST, _SECOND = _point(1), _point(2)
_THE = r"(?:(?:the|its|their|this|that|\w+['’]s?)\s+)?(?:last\s+)?"
_RANGES = (
    _compiled(rf"(?:between|from)\s+{_FIRST}\s*(?:and|to|until|till|through|[-–—])\s*{_SECOND}"),
    _compiled(rf"{_FIRST}\s*(?:to|until|through|[-–—])\s*{_SECOND}"),
)
_SINCE = (_compiled(rf"since\s+{_THE}{_FIRST}"), _compiled(rf"from\s+{_FIRST}\s+on(?:wards?)?"))
_AFTER = _compiled(rf"(?:later\s+than|after)\s+{_THE}{_FIRST}")
_BEFORE = _compiled(rf"(?:earlier\s+than|prior\s+to|before)\s+{_THE}{_FIRST}")
_UNTIL = _compiled(rf"(?:up\s+to|until|till)\s+{_THE}{_FIRST}")
_ONE = _compiled(rf"(?:(?P<preposition>in|during|for|of|from|dated|on|throughout)\s+)?{_FIRST}")
_MADE = rule(
    "how documents came by a date",
    r"\s+(?:published|dated|made|held|carried\s+out|(?:that\s+)?took\s+place)\s*$",
    "reports published ",
    "reports on boats ",
)
"""What stands between documents and their date: “reports published in 2016”."""
# “the Children Act 1989” has a year for a name.
_LAW_BEFORE = rule(
    "a law before its year",
    r"\b(?:act|regulations?|order|bill|rules?|code|convention|directive|treaty|charter|measure)"
    r"(?:\s+\([^)]*\))?(?:\s+of)?,?\s+$",
    "the Children Act ",
    "the report of ",
)


def named_periods(text: str, names: CollectionNames) -> list[Period]:
    """Every period that a question names, in order; years that name a law are none."""
    found: list[Period] = []
    taken: list[tuple[int, int]] = []
    for match, first, last, ranging in _matches(text):
        start, end = match.span()
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        if (first and last and first > last) or _LAW_BEFORE.search(text[:start]):
            continue
        found.append(_period(text, match, (first, last), names, ranging=ranging))
    return sorted(found, key=lambda period: period.start)


def joined(periods: Sequence[Period]) -> Period:
    """From the first to the last day of all."""
    starts = [period.first for period in periods]
    ends = [period.last for period in periods]
    return Period(
        None if None in starts else min(filter(None, starts)),
        None if None in ends else max(filter(None, ends)),
        periods[0].words,
        periods[0].start,
        of_reports=any(period.of_reports for period in periods),
        ranging=len(periods) > 1 or periods[0].ranging,
    )


def of_period(documents: Sequence[DocumentSummary], period: Period | None) -> list[DocumentSummary]:
    """The documents of a period, or all where there is none."""
    return [item for item in documents if period is None or period.holds(item.date)]


def _matches(text: str) -> Iterator[tuple[re.Match[str], str | None, str | None, bool]]:
    """Matches with first and last day, and whether they range; the longer forms first."""
    for match in _found(text, *_RANGES):
        yield match, _first_day(match, 1), _last_day(match, 2), True
    for match in _found(text, _AFTER):
        yield match, _moved(_last_day(match, 1), 1), None, True
    for match in _found(text, _BEFORE):
        yield match, None, _moved(_first_day(match, 1), -1), True
    for match in _found(text, *_SINCE):
        yield match, _first_day(match, 1), None, True
    for match in _found(text, _UNTIL):
        yield match, None, _last_day(match, 1), True
    for match in _found(text, _ONE):
        yield match, _first_day(match, 1), _last_day(match, 1), False


def _found(text: str, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)


def _period(
    text: str,
    match: re.Match[str],
    days: tuple[str | None, str | None],
    names: CollectionNames,
    *,
    ranging: bool,
) -> Period:
    start, end = match.span()
    tied = ranging or bool(match["preposition"])
    said = _is_before(text[:start], names) if tied else _is_after(text[end:], names)
    ahead = tied and not text[:start].strip() and text[end:].startswith(":")
    words = match.group() if ranging else text[max(start, match.end("preposition")) : end].strip()
    return Period(*days, words, start, said or ahead, ranging, loose=not tied)


def _is_after(rest: str, names: CollectionNames) -> bool:
    """Whether documents are named after a date: “the 2016 report”."""
    stretch = re.match(r"(?:\s+[\w-]+){1,3}", rest)
    words = stretch.group().split()[:MOST_BETWEEN] if stretch else []
    return any(names.calls_documents(word.lower().removeprefix("re-")) for word in words)


def _is_before(before: str, names: CollectionNames) -> bool:
    """Whether documents, or what is done to make them, stand before a date: “inspected in 2018”."""
    words = _MADE.sub("", before).split()
    last = words[-1] if words else ""
    made = last.endswith("ed") and bool(names.document_noun(last))
    return names.calls_documents(last) or made or bool(_MADE.search(f" {last}"))


def _first_day(match: re.Match[str], at: int) -> str:
    year, month, day = (match[f"{part}{at}"] for part in ("year", "month", "day"))
    return f"{year}-{_month(month) if month else 1:02}-{int(day) if day and month else 1:02}"


def _last_day(match: re.Match[str], at: int) -> str:
    year, month, day = (match[f"{part}{at}"] for part in ("year", "month", "day"))
    if not month:
        return f"{year}-12-31"
    if day:
        return _first_day(match, at)
    following = date(int(year) + _month(month) // 12, _month(month) % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


def _month(name: str) -> int:
    return MONTHS.index(name.title()) + 1


def _moved(day: str, days: int) -> str:
    """So many days later; a day that the calendar lacks stays as it is."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except ValueError:
        return day
