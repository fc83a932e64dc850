"""Stretches of time that a question names, and how it speaks of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from qa_service.nouns.dates import MONTHS, YEAR, Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.lexicon import MONTH, UNITS, word_set

Days = tuple[str | None, str | None]

MOST_BETWEEN = 3
"""Words from a date on, among which the documents are named: “the 2016 joint inspection”."""


def _point(number: int) -> str:
    """A year, a month or a day, in groups of this number."""
    day = rf"(?:the\s+)?(?P<day{number}>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+"
    month = rf"(?:{day})?(?P<month{number}>{MONTH}),?\s+"
    return rf"(?:{month})?(?P<year{number}>{YEAR})(?![\d,.]*\d)(?!\s+{UNITS}\b)"


_THE = r"(?:(?:the|its|their|this|that|\w+['’]s?)\s+)?(?:last\s+)?"
_TO = r"to|until|through|[-–—]"
_STRETCH = re.compile(
    rf"\b(?:(?P<pair>between|from)\s+|(?P<in>in|during|for|of|dated|on|throughout)\s+"
    r"|(?P<beyond>later\s+than|after|earlier\s+than|prior\s+to|before|since|up\s+to|until|till)"
    rf"\s+{_THE})?(?P<point>{_point(1)})"
    rf"(?:\s*(?:{_TO}|(?(pair)(?:and|till)|(?!)))\s*{_point(2)}|(?(pair)\s+(?P<on>on(?:wards)?)\b))?",
    re.IGNORECASE,
)
"""A point in time, with what leads to it, or two that bound a stretch."""
_AFTER, _BEFORE = ("later than", "after"), ("earlier than", "prior to", "before")
_MAKING = word_set("published dated made held carried out that took place")
"""What stands between documents and their date: “reports published in 2016”."""
_LAWS = word_set(
    "act regulation regulations order bill rule rules code convention directive treaty charter "
    "measure"
)
"""What a year may belong to in a name: “the Children Act 1989”."""


def named_periods(text: str, names: CollectionNames) -> list[Period]:
    """Every period that a question names, in order; years that name a law are none."""
    return [
        _period(text, match, days, names)
        for match in _STRETCH.finditer(text)
        if _is_stretch(days := _days(match)) and not _names_law(text[: match.start()])
    ]


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


def _days(match: re.Match[str]) -> Days:
    """The first and the last day, None where it has none."""
    first, last = _first_day(match, 1), _last_day(match, 1)
    beyond = " ".join((match["beyond"] or "").lower().split())
    if match["year2"]:
        return first, _last_day(match, 2)
    if beyond in _AFTER:
        return _moved(last, 1), None
    if beyond in _BEFORE:
        return None, _moved(first, -1)
    if beyond == "since" or match["on"]:
        return first, None
    return (None, last) if beyond else (first, last)


def _is_stretch(days: Days) -> bool:
    first, last = days
    return not (first and last and first > last)


def _names_law(before: str) -> bool:
    return before.rstrip(" ,").rpartition(" ")[2].lower() in _LAWS


def _period(text: str, match: re.Match[str], days: Days, names: CollectionNames) -> Period:
    ranging = None in days or bool(match["year2"])
    bare = not ranging and (match["pair"] or "").lower() == "between"
    start, end = match.start("point" if bare else 0), match.end()
    tied = ranging or start < match.start("point")
    said = _is_before(text[:start], names) if tied else _is_after(text[end:], names)
    ahead = tied and not text[:start].strip() and text[end:].startswith(":")
    words = match.group() if ranging and not match["in"] else text[match.start("point") : end]
    return Period(*days, words, start, said or ahead, ranging, loose=not tied)


def _is_after(rest: str, names: CollectionNames) -> bool:
    """Whether documents are named after a date: “the 2016 report”."""
    stretch = re.match(r"(?:\s+[\w-]+){1,3}", rest)
    words = stretch.group().split()[:MOST_BETWEEN] if stretch else []
    return any(names.calls_documents(word.lower().removeprefix("re-")) for word in words)


def _is_before(before: str, names: CollectionNames) -> bool:
    """Whether documents, or what is done to make them, stand before a date: “inspected in 2018”."""
    words = before.split()
    last = next((word for word in reversed(words) if word.lower() not in _MAKING), "")
    made = last.endswith("ed") and bool(names.document_noun(last))
    return names.calls_documents(last) or made or bool(words and not last)


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
