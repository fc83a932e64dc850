"""The cells of a sheet as it shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineSheet

from qa_service.reading.formats.office.looks.cells import Place
from qa_service.reading.formats.office.number_formats.numbers import hides, shown_number
from qa_service.reading.formats.office.number_formats.times import shown_time
from qa_service.reading.formats.office.workbook.details import SheetDetails, reference

Cell = int | float | str | bool | time | date | datetime | timedelta


def shown_rows(sheet: CalamineSheet, details: SheetDetails) -> list[list[str]]:
    """The cells of a sheet as it shows them; hidden ones, and rows that show nothing, left out."""
    top, left = sheet.start or (0, 0)
    stored = sheet.to_python(skip_empty_area=True)
    rows = [
        [_text_at((top + r, left + c), cell, details) for c, cell in enumerate(row)]
        for r, row in enumerate(stored)
    ]
    # A row of which nothing is shown is no empty row, which would part two tables.
    emptied = {r for r, row in enumerate(rows) if not any(row) and any(stored[r])}
    _carry(sheet.merged_cell_ranges or details.merged, rows, top, left)
    return [
        [cell for c, cell in enumerate(row) if left + c not in details.hidden_columns]
        for r, row in enumerate(rows)
        if top + r not in details.hidden_rows and r not in emptied
    ]


def _text_at(place: Place, cell: Cell, details: SheetDetails) -> str:
    shown, code = details.shown.get(place), details.formats.get(place, "")
    if code and cell != "" and hides(cell, code) and not details.is_hidden(place):
        details.unseen[place] = reference(place)
        return ""
    return shown if shown is not None else _shown(cell, code)


def _carry(
    merged: Sequence[tuple[Place, Place]], rows: list[list[str]], top: int, left: int
) -> None:
    """Writes what a merged cell says into every row that it covers; names of columns stay."""
    for (first, column), (last, _) in merged:
        place = column - left
        if first <= top or not 0 <= first - top < len(rows) or not 0 <= place < len(rows[0]):
            continue
        for row in rows[first - top + 1 : last - top + 1]:
            row[place] = row[place] or rows[first - top][place]


def _shown(cell: Cell, code: str) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case int() | float():
            return shown_number(cell, code)
        case date() | time() | timedelta():
            return shown_time(cell, code)
        case _:
            return str(cell)
