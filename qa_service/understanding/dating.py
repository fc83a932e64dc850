"""Dates that a question names: documents of that year, or month, come first."""

from __future__ import annotations

import re

from qa_service.nouns.dates import MONTHS, YEAR
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import says, word_set

YEAR_SHARE = 2 / 3
"""Of a whole match: the year alone, where the question names a month too."""

_YEAR = re.compile(rf"\b{YEAR}\b")
_PAST = word_set(
    "was were did had wasn weren didn hadn led wrote said ever once since before previous "
    "previously earlier"
) | {"back then"}
"""What a question of the past says: “wasn” of “wasn’t” too."""
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)}),?\s+({YEAR})\b", re.IGNORECASE)

_SHORT_YEAR = rule(
    "a year of two digits",
    r"(?:(?<!\bone )(?<!\d )(?P<lead>\bin )['’]?|\B['’])(?P<year>[0-4]\d)(?=\s*(?:$|[?.!,]))",
    "and Leeds in 22?",
    "it is one in 10",
)


def with_full_years(text: str) -> str:
    """A text with its years in four digits: “in 22” is of this century."""
    return _SHORT_YEAR.sub(r"\g<lead>20\g<year>", text)


def asks_of_now(text: str) -> bool:
    """Whether a question asks how things are: in no past form, and of no year."""
    return not (says(text, _PAST) or _YEAR.search(text))


def named_dates(text: str) -> tuple[str, ...]:
    """Years ("2016") and months ("2016-02") that a question names, in ISO 8601."""
    months = [f"{year}-{MONTHS.index(name.title()) + 1:02d}" for name, year in _MONTH.findall(text)]
    return tuple(dict.fromkeys([*_YEAR.findall(text), *months]))


def years_in(text: str) -> list[str]:
    """Every year of four digits in a text, in order."""
    return _YEAR.findall(text)


def named_years(text: str) -> set[str]:
    """The same, each once."""
    return set(years_in(text))


def date_match(date: str | None, named: tuple[str, ...]) -> float:
    """How far a document's date is one that the question names: 0, YEAR_SHARE or 1."""
    matching = [name for name in named if date and date.startswith(name)]
    year = YEAR_SHARE * any(len(name) == 4 for name in matching)
    return year + (1 - YEAR_SHARE) * any(len(name) > 4 for name in matching)
