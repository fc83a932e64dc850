"""Table rows as lines that can be read and quoted alone."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.reading.canonical import one_line


def row_text(header: Sequence[str], cells: Sequence[str], place: int) -> str:
    """One row of a table as a line; `place` 0 is the header row itself.

    The header's cells are joined with bars. Below it each cell carries its column's
    name ("Grade: Good; Year: 2016") where names and cells pair up, else bars again.
    """
    names = [one_line(name) for name in header]
    values = [one_line(value) for value in cells]
    if place and len(names) == len(values) and len(set(names)) == len(names) > 1:
        return "; ".join(_named(*pair) for pair in zip(names, values, strict=True) if pair[1])
    return " | ".join(value for value in values if value)


def _named(name: str, value: str) -> str:
    return f"{name}: {value}" if name else value
