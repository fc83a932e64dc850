"""Lines of a plain text that are underlined: its headings, as in many a README and minute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_UNDERLINE = re.compile(r"([=~^*+#_\"'`─━-])\1{2,}")
_LONGEST_TITLE = 90
_AS_LONG = 3
"""So many signs may an underline be longer or shorter than its title, and is as long."""
_OF_TITLES = "=*#"
"""Signs that no table has below its head: these may be of any length."""


def parted(paragraph: str) -> Iterator[tuple[str, str]]:
    """The paragraph in parts, each with the sign that it is underlined with, "" for none.

    Lines of nothing but such signs are left out: what they mean, the sign says.
    """
    rows = paragraph.split("\n")
    pending: list[str] = []
    for place, row in enumerate(rows):
        below = rows[place + 1] if place + 1 < len(rows) else ""
        if is_rule(row):
            continue
        if sign := _sign(row, below, first=not pending):
            if pending:
                yield "\n".join(pending), ""
            yield row.strip(), sign
            pending = []
        else:
            pending.append(row)
    if pending:
        yield "\n".join(pending), ""


def levels_of(signs: Sequence[str], highest: int, lowest: int) -> dict[str, int]:
    """The level of the headings underlined with each sign: first met, first in rank."""
    return {
        sign: min(highest + rank, lowest) for rank, sign in enumerate(dict.fromkeys(signs)) if sign
    }


def is_rule(row: str) -> bool:
    """Whether a line is one sign again and again: under a title, or to part a text."""
    return _UNDERLINE.fullmatch(row.strip()) is not None


def _sign(row: str, below: str, *, first: bool) -> str:
    """The sign that underlines a title; "" where a line is none, or the end of a text."""
    title, line = row.strip(), below.strip()
    if not is_rule(below) or not any(map(str.isalpha, title)) or len(title) > _LONGEST_TITLE:
        return ""
    as_long = abs(len(line) - len(title)) <= _AS_LONG
    named = first and line[0] in _OF_TITLES and title[-1] not in ".,;"
    return line[0] if as_long or named else ""
