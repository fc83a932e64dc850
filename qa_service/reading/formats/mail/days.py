"""The days that mail programs write, in the languages of their users."""

from __future__ import annotations

import re

from qa_service.reading.metadata.dates import parse_date
from qa_service.translation.months import months_by_name

_NAMED = re.compile(
    r"\b(\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_STAMP = re.compile(r"\b(\d{4})(\d\d)(\d\d)T\d{4,6}")


def written_day(text: str) -> str | None:
    """The first date in a line of a mail program, as `parse_date` has it.

    Takes "Montag, 3. Mai 2021" and "3 de mayo de 2021"; dates with full stops begin with the day.
    """
    text = _NAMED.sub(_named, text)
    text = _DOTTED.sub(lambda it: f"{it[3]}-{it[2]:0>2}-{it[1]:0>2}", text)
    return parse_date(_STAMP.sub(r"\1-\2-\3", text))


def _named(found: re.Match[str]) -> str:
    month = months_by_name().get(found[2].lower())
    return f"{found[3]}-{month:02}-{int(found[1]):02}" if month else found[0]
