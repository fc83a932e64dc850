"""Dates as people write them, and stretches of time."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
YEAR = r"(?:19|20)\d\d"
"""A year as text holds it: part of patterns, which say what may stand around it."""
_FAR_OFF = "9999-12-31"
_YEAR_ALONE = re.compile(rf"(?<!\d){YEAR}(?!\d)")


def years_in(text: str) -> list[str]:
    """The years that a text names, in their order."""
    return _YEAR_ALONE.findall(text)


def date_in_words(date: str) -> str:
    """ "2023-05-24" -> "24 May 2023", "2016-02" -> "February 2016", "2016" -> "2016"."""
    year, *rest = date.split("-")
    parts = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1] for month in rest[:1]]
    return " ".join([*parts, year])


def as_day(date: str) -> datetime.date:
    """The first day of a date that may be as short as a year."""
    year, month, day = (*date.split("-"), "1", "1")[:3]
    return datetime.date(int(year), int(month), int(day))


def lies_within(date: str | None, first: str | None, last: str | None) -> bool:
    """Whether any day of a date, which may be shorter than a day, lies from the first to the
    last, each None where open; an unknown date lies nowhere."""
    if date is None:
        return False
    return f"{date}-99-99"[:10] >= (first or "") and date <= (last or _FAR_OFF)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time named in a question, first and last day in ISO 8601, None where open.

    `words` stand in the question, with what ties them to it from `start` on. `of_reports`
    where it says which reports are meant (“the 2016 report”, “Before 2016: who led it?”);
    `ranging` where it is more than a year or month (“since 2020”); `loose` where no
    preposition ties it to the question.
    """

    first: str | None
    last: str | None
    words: str
    start: int
    of_reports: bool
    ranging: bool
    loose: bool = False

    @property
    def year(self) -> Period:
        """The whole years that it touches."""
        first = f"{self.first[:4]}-01-01" if self.first else None
        last = f"{self.last[:4]}-12-31" if self.last else None
        return Period(first, last, self.words, self.start, self.of_reports, self.ranging)

    @property
    def is_of_years(self) -> bool:
        """Whether it begins and ends with a year."""
        return (self.first, self.last) == (self.year.first, self.year.last)

    def holds(self, when: str | None) -> bool:
        """Whether any day of a date, which may be shorter than a day, lies within."""
        return lies_within(when, self.first, self.last)
