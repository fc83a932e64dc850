"""Table rows as lines that can be read and quoted alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Block
from qa_service.reading.metadata.dates import only_date

Row = Sequence[str]
FEWEST_LABELS, MOST_LABELS = 3, 20
"""Rows of a table of labels with their values; a longer one is a list of things."""
LONGEST_LABEL = 8
NUMBER = re.compile(r"[-+(]?[^\w\s]?\s*\d[\d\s.,:/-]*[%)]?")


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


def label_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Each row of a table of labels as a line: "Lead inspector: Ann Lee"."""
    for label, value in rows:
        if text := _named(one_line(label), one_line(value)) or one_line(label):
            yield Block("paragraph", text)


def are_labels(rows: Sequence[Row]) -> bool:
    """Whether two columns are labels with their values, and the first row names no columns.

    Then what the values are differs: words, a number, a day; or the labels end in colons.
    """
    if not FEWEST_LABELS <= len(rows) <= MOST_LABELS or any(len(row) != 2 for row in rows):
        return False
    labels = [label.strip() for label, _ in rows]
    if not all(map(_is_label, labels)) or len(set(labels)) < len(labels):
        return False
    kinds = {_kind(value.strip()) for _, value in rows[1:] if value.strip()}
    return len(kinds) > 1 or all(label.endswith(":") for label in labels)


def _is_label(text: str) -> bool:
    return 0 < len(text.split()) <= LONGEST_LABEL and not NUMBER.fullmatch(text)


def _kind(value: str) -> str:
    if only_date(value):
        return "date"
    return "number" if NUMBER.fullmatch(value) else "words"


def _named(name: str, value: str) -> str:
    return f"{name.removesuffix(':')}: {value}" if name and value else value
