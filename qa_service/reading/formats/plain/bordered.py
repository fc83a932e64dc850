"""Tables that a plain text draws with borders, as reStructuredText has them: each row a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from docutils import DataError  # type: ignore[import-untyped]
from docutils.parsers.rst.tableparser import (  # type: ignore[import-untyped]
    GridTableParser,
    SimpleTableParser,
)
from docutils.statemachine import StringList  # type: ignore[import-untyped]

from qa_service.reading.blocks.canonical import canonical_text
from qa_service.reading.formats.plain.tables import table_blocks

_BORDER = re.compile(r" *=+(?: +=+)+ *$")
_GRID = re.compile(r" *\+-[-+]+-\+ *$")
_IN_GRID = re.compile(r" *[+|].*[+|] *$")
_EMPTY = "\\"
"""Stands for an empty cell at the beginning of a row."""
_WIDE = "\0"
"""Fills the second place of signs that are two places wide."""

Table = tuple[int, list[list[str]]]
"""How many rows are heads, and all rows."""


def with_rows(text: str) -> tuple[str, frozenset[str]]:
    """The text with each table as a paragraph of rows, and these paragraphs, canonical."""
    lines, written, tables, place = text.split("\n"), [], set(), 0
    while place < len(lines):
        end = _end(lines, place)
        rows = list(_rows(lines[place:end])) if end > place else []
        if rows:
            tables.add(canonical_text("\n".join(rows)))
            written += ["", *rows, ""]
            place = end
        else:
            written.append(lines[place])
            place += 1
    return "\n".join(written), frozenset(tables)


def _end(lines: Sequence[str], first: int) -> int:
    """The place behind the table that begins at a line; `first` where none does."""
    if _BORDER.match(lines[first]):
        borders = 0
        for place in range(first + 1, len(lines)):
            if _BORDER.match(lines[place]):
                borders += 1
                last = place + 1 == len(lines) or not lines[place + 1].strip()
                if last or borders == 2:
                    return place + 1
    elif _GRID.match(lines[first]):
        place = first
        while place < len(lines) and _IN_GRID.match(lines[place]):
            place += 1
        return place
    return first


def _rows(lines: Sequence[str]) -> Iterator[str]:
    """Each row of a table as a line; nothing for what is none after all."""
    depth = len(lines[0]) - len(lines[0].lstrip())
    table = _parsed([line[depth:].rstrip() for line in lines])
    heads, rows = table or (0, [])
    if heads:
        names = [
            " ".join(filter(None, dict.fromkeys(column)))
            for column in zip(*rows[:heads], strict=True)
        ]
        rows = [names, *rows[heads:]]
    for block in table_blocks(rows, has_header=heads > 0):
        yield block.text


def _parsed(lines: Sequence[str]) -> Table | None:
    parser = SimpleTableParser() if lines[0].startswith("=") else GridTableParser()
    block = StringList(list(lines), source="")
    block.pad_double_width(_WIDE)
    try:
        columns, heads, body = parser.parse(block)
    except (DataError, AssertionError, LookupError, ValueError):
        return None
    return len(heads), _spread([*heads, *body], len(columns))


def _spread(rows: Sequence[Sequence[Any]], width: int) -> list[list[str]]:
    """The words of each cell, in every row and column that it covers."""
    spread = [[""] * width for _ in rows]
    for place, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell is None:
                column += 1
                continue
            deeper, wider, _, words = cell
            text = " ".join(" ".join(words).replace(_WIDE, "").split())
            for down in range(place, min(place + deeper + 1, len(rows))):
                for across in range(column, min(column + wider + 1, width)):
                    spread[down][across] = "" if text == _EMPTY else text
            # A row of a grid names every column, covered ones too.
            column += 1 if len(row) == width else wider + 1
    return spread
