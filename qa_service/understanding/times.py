"""Times that a question names: years, months, days, and stretches of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from qa_service.nouns.dates import MONTHS, YEAR, Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import LAWS, MAKING, PAST, UNITS, says, words_of

YEAR_SHARE = 2 / 3
"""Of a whole match: the year alone, where the question names a month too."""
MOST_BETWEEN = 3
"""Words from a date on, among which the documents are named: “the 2016 joint inspection”."""

_YEAR = re.compile(rf"\b{YEAR}\b")
_SHORT_YEAR = rule(
    "a year of two digits",
    r"(?:(?<!\bone )(?<!\d )(?P<lead>\bin )['’]?|\B['’])(?P<year>[0-4]\d)(?=\s*(?:$|[?.!,]))",
    "and Leeds in 22?",
    "it is one in 10",
)
_MONTH = "|".join(MONTHS)


def _point(number: int) -> str:
    """A year, a month or a day, in groups of this number."""
    day = rf"(?:the\s+)?(?P<day{number}>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+"
    month = rf"(?:{day})?(?P<month{number}>{_MONTH}),?\s+"
    return rf"(?:{month})?(?P<year{number}>{YEAR})(?![\d,.]*\d)(?!\s+{UNITS}\b)"


_STRETCH = rule(
    "a time",
    rf"\b(?:(?P<pair>between|from)\s+|(?P<in>in|during|for|of|dated|on|throughout)\s+"
    r"|(?P<beyond>later\s+than|after|earlier\s+than|prior\s+to|before|since|up\s+to|until|till)"
    r"\s+(?:(?:the|its|their|this|that|\w+['’]s?)\s+)?(?:last\s+)?)?"
    rf"(?P<point>{_point(1)})(?:\s*(?:to|until|through|[-–—]|(?(pair)(?:and|till)|(?!)))\s*"
    rf"{_point(2)}|(?(pair)\s+(?P<on>on(?:wards)?)\b))?",
    "what was said between May 2016 and 2018?",
    "after 2000 hours of flying",
)
"""A point in time, with what leads to it, or two that bound a stretch."""
_AFTER, _BEFORE = ("later than", "after"), ("earlier than", "prior to", "before")


def with_full_years(text: str) -> str:
    """A text with its years in four digits: “in 22” is of this century."""
    return _SHORT_YEAR.sub(r"\g<lead>20\g<year>", text)


def years_in(text: str) -> list[str]:
    """Every year of four digits in a text, in order."""
    return _YEAR.findall(text)


def asks_of_now(text: str) -> bool:
    """Whether a question asks how things are: in no past form, and of no year."""
    return not (says(text, PAST) or years_in(text))


def named_dates(text: str) -> tuple[str, ...]:
    """Years ("2016") and months ("2016-02") that a question names, in ISO 8601."""
    points = [(found, at) for found in _STRETCH.finditer(text) for at in (1, 2)]
    months = [_first_day(found, at)[:7] for found, at in points if found[f"month{at}"]]
    return tuple(dict.fromkeys([*years_in(text), *months]))


def date_match(date: str | None, named: tuple[str, ...]) -> float:
    """How far a document's date is one that the question names: 0, YEAR_SHARE or 1."""
    matching = [name for name in named if date and date.startswith(name)]
    year = YEAR_SHARE * any(len(name) == 4 for name in matching)
    return year + (1 - YEAR_SHARE) * any(len(name) > 4 for name in matching)


def stretches(text: str) -> Iterator[re.Match[str]]:
    """Every time that a text names, with what leads to it and its `point`; years that name a
    law are none."""
    for found in _STRETCH.finditer(text):
        if not {word.lower() for word in words_of(text[: found.start()])[-1:]} & LAWS:
            yield found


def named_periods(text: str, names: CollectionNames) -> list[Period]:
    """Every period that a question names, in order."""
    found = ((match, *_days(match)) for match in stretches(text))
    return [
        _period(text, match, (first, last), names)
        for match, first, last in found
        if not (first and last and first > last)
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


def _days(match: re.Match[str]) -> tuple[str | None, str | None]:
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


def _period(
    text: str, match: re.Match[str], days: tuple[str | None, str | None], names: CollectionNames
) -> Period:
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
    words = rest.partition(",")[0].split()[:MOST_BETWEEN] if rest[:1].isspace() else []
    plain = (word.strip("?.!:;()’'\"").lower().removeprefix("re-") for word in words)
    return any(names.calls_documents(word) for word in plain if word)


def _is_before(before: str, names: CollectionNames) -> bool:
    """Whether documents, or what is done to make them, stand before a date: “inspected in 2018”."""
    words = before.split()
    last = next((word for word in reversed(words) if word.lower() not in MAKING), "")
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
