"""Table rows as lines that can be read and quoted alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Block


def table_blocks(rows: Sequence[Sequence[str]], has_header: bool) -> Iterator[Block]:
    """Each row with words as a block, the first row too.

    Below a header each cell carries its column's name ("School: North; Grade: Good")
    where names and cells pair up; other rows are their cells with bars between.
    """
    names = [one_line(name) for name in rows[0]] if rows and has_header else []
    for place, cells in enumerate(rows):
        values = [one_line(value) for value in cells]
        if place and len(names) == len(values) and len(set(names)) == len(names) > 1:
            values = [_named(*pair) for pair in zip(names, values, strict=True)]
            text = "; ".join(value for value in values if value)
        else:
            text = " | ".join(value for value in values if value)
        if text:
            yield Block("row", text)


def _named(name: str, value: str) -> str:
    return f"{name.removesuffix(':')}: {value}" if name and value else value
