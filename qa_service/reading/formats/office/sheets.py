"""Grids of cells -> blocks: the tables within a sheet, each with the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from qa_service.reading.content import Block
from qa_service.reading.formats.plain.tables import (
    NUMBER,
    Row,
    are_labels,
    label_blocks,
    table_blocks,
)

LONGEST_COLUMN_NAME = 80


def sheet_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Rows below the names of their columns; empty rows part tables from one another.

    Lines of a single cell above the names are paragraphs, as captions are. Names that
    stand in two rows, the upper one over several columns, are joined.
    """
    width = max((len(row) for row in rows), default=0)
    padded = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    for filled, run in groupby(padded, key=any):
        if filled:
            yield from _table(_without_empty_columns(list(run)))


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    used = [place for place, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return [[row[place] for place in used] for row in rows]


def _table(rows: list[list[str]]) -> Iterator[Block]:
    while rows and len(rows[0]) > 1 and sum(map(bool, rows[0])) == 1:
        yield Block("paragraph", next(filter(None, rows.pop(0))))
    if len(rows) > 2 and _is_upper_half(rows[0], rows[1]):
        rows = [_joined_names(rows[0], rows[1]), *rows[2:]]
    if are_labels(rows):
        yield from label_blocks(rows)
    else:
        yield from table_blocks(rows, has_header=len(rows) > 1 and _are_names(rows[0]))


def _are_names(row: Row) -> bool:
    """Whether cells read as the names of columns: short words, none a mere number."""
    return all(
        cell and len(cell) <= LONGEST_COLUMN_NAME and not NUMBER.fullmatch(cell) for cell in row
    )


def _is_upper_half(upper: Row, lower: Row) -> bool:
    """Whether two rows name columns together: what one leaves empty the other fills."""
    short = all(len(cell) <= LONGEST_COLUMN_NAME for cell in lower)
    together = all(above or below for above, below in zip(upper, lower, strict=True))
    names = _are_names([cell for cell in upper if cell])
    return not all(upper) and not all(lower) and together and names and short


def _joined_names(upper: Row, lower: Row) -> list[str]:
    names, above = [], ""
    for over, under in zip(upper, lower, strict=True):
        above = over or above
        names.append(f"{above} {under}".strip() if under else over)
    return names
