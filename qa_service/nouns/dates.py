"""Dates as people write them."""

from __future__ import annotations

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
YEAR = r"(?:19|20)\d\d"
"""A year as text holds it: part of patterns, which say what may stand around it."""


def date_in_words(date: str) -> str:
    """ "2023-05-24" -> "24 May 2023", "2016-02" -> "February 2016", "2016" -> "2016"."""
    year, *rest = date.split("-")
    parts = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1] for month in rest[:1]]
    return " ".join([*parts, year])
