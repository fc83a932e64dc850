"""Dates as documents write them -> ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qa_service.nouns.dates import MONTHS, YEAR

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s+)?"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_DAY_OF = r"(?:\s+day)?(?:\s+of)?"
_DAY_FIRST = rf"(?:{_DAY}{_DAY_OF}\s+)?{_MONTH},?\s+{YEAR}"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY},?\s+{YEAR}"
_ISO = rf"{YEAR}-[01]\d-[0-3]\d"
_NUMERIC = rf"[0-3]?\d[/.][0-3]?\d[/.]{YEAR}"
DATE = rf"{_WEEKDAY}\b(?:{_MONTH_FIRST}|{_DAY_FIRST}|{_ISO}|{_NUMERIC})(?!\d)"
FIRST_DAY = rf"{_WEEKDAY}(?:{DATE}|{_DAY}(?:\s+{_MONTH})?|{_MONTH}(?:\s+{_DAY})?)"
UNTIL = r"\s*(?:to|and|until|through|[-–—])\s*"
PERIOD = (
    rf"(?:(?:from|between|in|on(?:\s+the)?|th(?:e|is))\s+)?(?:{FIRST_DAY}{UNTIL})?(?P<last>{DATE})"
)
_ONLY = re.compile(
    rf"{PERIOD}(?:,?\s+(?:at\s+)?\d\d?[:.]\d\d(?:\s*[ap]m)?)?", re.IGNORECASE | re.MULTILINE
)


def only_date(value: str) -> str | None:
    """The date that a value is, or the last day of the period; None where it says more.

    Takes "24 to 28 April 2023" and "on 3 May 2019"; not "signed on 3 May 2019".
    """
    found = _ONLY.fullmatch(value.strip(" ."))
    return parse_date(found["last"]) if found else None


# The files that python-docx and python-pptx begin with were made then, and so say all others;
# reportlab writes the last where it is asked for the same bytes each time.
_TEMPLATES = ("2013-12-23T23:15", "2013-01-27T09:14", "D:20000101000000")
_EPOCHS = ("1601-01-01", "1899-12-30", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01")


def created_date(stamp: str) -> str | None:
    """The day of a time of creation; None for that of a template, or of no clock."""
    found = parse_date(stamp)
    if stamp.startswith(_TEMPLATES) or found in _EPOCHS:
        return None
    return found


def parse_date(value: str) -> str | None:
    """The first date in `value` as ISO 8601, as precise as it is; None where there is none.

    Understands ISO dates and times, "24th May 2023", "May 24, 2023", "May 2023", "2023"
    and PDF's "D:20230524…". Of "03/04/2023", which day and month may swap, only the
    year is certain.
    """
    return next(_readings(value.strip().lower()), None)


def _readings(value: str) -> Iterator[str]:
    """What each notation makes of `value`, the most telling first."""
    if found := re.match(rf"(?:d:|(?=\d{{8}}$))({YEAR})([01]\d)([0-3]\d)", value):
        yield from _iso(found[1], found[2], found[3])
    if found := re.search(rf"\b({YEAR})-([01]\d)-([0-3]\d)(?!\d)", value):
        yield from _iso(found[1], found[2], found[3])
    if found := re.search(rf"\b({_DAY}){_DAY_OF}\s+({_MONTH}),?\s+({YEAR})\b", value):
        yield from _iso(found[3], _month_number(found[2]), re.sub(r"\D", "", found[1]))
    elif found := re.search(rf"\b({_MONTH})\s+({_DAY}),?\s+({YEAR})\b", value):
        yield from _iso(found[3], _month_number(found[1]), re.sub(r"\D", "", found[2]))
    elif found := re.search(rf"\b({_MONTH}),?\s+({YEAR})\b", value):
        yield f"{found[2]}-{_month_number(found[1]):02}"
    if found := re.fullmatch(rf"({YEAR})(?:-(0[1-9]|1[0-2]))?", value):
        yield found[0]
    if found := re.search(rf"\b(\d\d?)[/.](\d\d?)[/.]({YEAR})\b", value):
        yield from _numeric(int(found[1]), int(found[2]), found[3])


def _month_number(name: str) -> int:
    return [month[:3].lower() for month in MONTHS].index(name[:3]) + 1


def _numeric(first: int, second: int, year: str) -> Iterator[str]:
    if first == second or first > 12:
        yield from _iso(year, second, first)
    elif second > 12:
        yield from _iso(year, first, second)
    else:
        yield year


def _iso(year: str, month: str | int, day: str | int) -> Iterator[str]:
    """The day in ISO 8601; nothing where the calendar has no such day."""
    try:
        yield date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return
