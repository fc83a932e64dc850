"""A stretch of time that a question names."""

from __future__ import annotations

from dataclasses import dataclass

_FAR_OFF = "9999-12-31"


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

    def holds(self, when: str | None) -> bool:
        """Whether any day of a date, which may be shorter than a day, lies within."""
        if when is None:
            return False
        return f"{when}-99-99"[:10] >= (self.first or "") and when <= (self.last or _FAR_OFF)
