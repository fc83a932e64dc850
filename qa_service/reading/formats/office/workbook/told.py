"""What the extraction report says of the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_service.reading.blocks.losses import objects_told, pictures_told
from qa_service.reading.formats.office.workbook.details import SheetDetails
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.sentences import said

MOST_NAMED = 10
"""So many cells or rows that are not read are named; of more, their number is told."""
LONGEST_SHOWN = 80


def lost_of(name: str, details: SheetDetails) -> Iterator[str]:
    """A sentence for each thing of a sheet that was not read."""
    yield from _hidden(name, details)
    yield from _without_text(name, details)
    yield from pictures_told(details.pictures, said(" on sheet %(name)s", name=name))
    yield from objects_told(details.objects)
    yield from details.lost
    for text in dict.fromkeys(details.margins):
        if any(map(str.isalnum, text)):
            line = shortened(text, LONGEST_SHOWN)
            yield said(
                'the margins of sheet %(name)s were not read: "%(text)s"', name=name, text=line
            )


def _hidden(name: str, details: SheetDetails) -> Iterator[str]:
    if details.hidden_rows:
        rows = [str(row + 1) for row in sorted(details.hidden_rows)]
        yield said(
            "hidden rows of sheet %(name)s were not read: %(places)s",
            name=name,
            places=named(rows),
        )
    if details.hidden_columns:
        yield said(
            "hidden columns of sheet %(name)s were not read: %(number)s",
            name=name,
            number=len(details.hidden_columns),
        )


def _without_text(name: str, details: SheetDetails) -> Iterator[str]:
    """Of cells whose text is struck out, which hold no value, or have comments."""
    if details.struck:
        yield said(
            "struck-out text of sheet %(name)s was not read: %(places)s",
            name=name,
            places=named(list(details.struck.values())),
        )
    if details.unseen:
        yield said(
            "what is not to be seen on sheet %(name)s was not read: %(places)s",
            name=name,
            places=named([details.unseen[place] for place in sorted(details.unseen)]),
        )
    if details.without_value:
        yield said(
            "formulas of sheet %(name)s hold no value: %(places)s; open and save the file "
            "in a spreadsheet program",
            name=name,
            places=named(details.without_value),
        )
    if details.errors:
        yield said(
            "cells of sheet %(name)s show an error: %(places)s",
            name=name,
            places=named(details.errors),
        )
    if details.has_comments:
        yield said("comments on cells of sheet %(name)s were not read", name=name)


def named(items: Sequence[str]) -> str:
    """The first of some cells or rows by name, and how many more there are."""
    named, more = ", ".join(items[:MOST_NAMED]), len(items) - MOST_NAMED
    return said("%(places)s and %(number)s more", places=named, number=more) if more > 0 else named
