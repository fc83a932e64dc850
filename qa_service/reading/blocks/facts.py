"""What the lines and the small tables of a document state: labels with their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qa_service.nouns.documents import Block, Fact, Span
from qa_service.reading.blocks.cells import cell_spans
from qa_service.reading.blocks.kinds import LABEL_VALUE, is_label_value
from qa_service.reading.metadata.dates import only_date

MOST_FACTS = 2000
"""Of one document; a data table of more rows is searched, not kept as facts."""
LONGEST_VALUE = 300
LONGEST_LABEL = 120
_GRADED = re.compile(r"(?P<label>[^:\n]{3,110}): (?P<value>[^:\n.]{2,60})")
"""A heading with what it says of its subject: "The care of older people: good"."""
_IS = re.compile(
    r"(?P<label>(?!Wh|How\b)[A-Z][^:\n.?]{3,110})(?<! who)(?<! that)(?<! which)"
    r" (?:(?:is|are|was|were) (?P<is>[^:\n.,?]{2,40}?)|(?P<requires>requires? [^:\n.,?]{2,40}?))\.?"
)
"""A heading that is a sentence says the same: "The overall judgement is that care is good", "Care
requires improvement"."""
MOST_SAID = 5
"""Words that such a sentence says of its subject; of more it tells a story."""


def facts_of(
    text: str, blocks: Sequence[Block], breaks: Mapping[int, tuple[int, ...]]
) -> tuple[Fact, ...]:
    """The facts of a document in the order of its text.

    `breaks` gives, for the start of a block, the offsets at which further cells begin in it.
    """
    found: list[Fact] = []
    heads = set(_rows_of_names(text, blocks))
    for block in blocks:
        said = block.marker[1] + 1 if block.marker else block.start
        match block.kind:
            case "label_value":
                found += _of_line(text, (said, block.end), LABEL_VALUE)
            case "list_item" if is_label_value(text[said : block.end]):
                found += _of_line(text, (said, block.end), LABEL_VALUE)
            case "heading":
                found += _of_heading(text, (said, block.end))
            case "table_row" if (block.start, block.end) not in heads:
                found += _of_row(text, block, breaks)
        if len(found) >= MOST_FACTS:
            break
    return tuple(found)


def _rows_of_names(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """The first rows of tables whose other rows say the names in them again: "Term | Meaning"."""
    for block in blocks:
        if block.kind == "table_row" and block.lead:
            name, _, _ = text[slice(*block.lead)].partition(" | ")
            if text.startswith(f"{name}: ", block.start):
                yield block.lead


def _of_line(text: str, line: Span, pattern: re.Pattern[str]) -> Iterator[Fact]:
    start, end = line
    if said := pattern.fullmatch(text[start:end]):
        yield from _fact(text, line, said["label"], (start + said.start("value"), end))


def _of_heading(text: str, line: Span) -> Iterator[Fact]:
    yield from _of_line(text, line, _GRADED)
    start, end = line
    said = _IS.fullmatch(text[start:end])
    value = "is" if said and said["is"] else "requires"
    if said and len(said[value].split()) <= MOST_SAID:
        place = (start + said.start(value), start + said.end(value))
        yield from _fact(text, line, said["label"], place)


def _of_row(text: str, block: Block, breaks: Mapping[int, tuple[int, ...]]) -> Iterator[Fact]:
    """The first cell is the label; a further one is a value, named by the head of its column."""
    heads = _heads(text, block, breaks)
    row = text[block.start : block.end]
    first, *others = cell_spans(row, breaks.get(block.start, ()), heads)
    heads = heads if len(heads) == len(others) + 1 else []
    if not others or (len(others) > 1 and not heads):
        return
    label = row[slice(*first)]
    if block.marker:
        label = row[block.marker[1] - block.start : first[1]]
    columns = heads[1:] or [""] * len(others)
    for (first_sign, last_sign), column in zip(others, columns, strict=True):
        place = (block.start + first_sign, block.start + last_sign)
        yield from _fact(text, (block.start, block.end), label, place, column)


def _heads(text: str, block: Block, breaks: Mapping[int, tuple[int, ...]]) -> list[str]:
    if block.lead is None:
        return []
    row = text[slice(*block.lead)]
    return [row[slice(*span)] for span in cell_spans(row, breaks.get(block.lead[0], ()))]


def _fact(text: str, line: Span, label: str, place: Span, column: str = "") -> Iterator[Fact]:
    """The fact of a value at a place; none where label or value is empty or a whole text."""
    label, value = label.strip().rstrip(":").rstrip(), text[slice(*place)]
    if not any(map(str.isalpha, label)) or not any(map(str.isalnum, value)):
        return
    if len(label) <= LONGEST_LABEL and len(value) <= LONGEST_VALUE:
        yield Fact(label, value, *line, *place, column, only_date(value))
