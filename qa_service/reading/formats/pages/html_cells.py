"""What a page shows by place alone, written out: raised figures, cells over several rows."""

from __future__ import annotations

import copy
from itertools import islice

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.pages.html_links import Element
from qa_service.reading.formats.pages.unseen import RAISED

MOST_CELLS = 10_000
"""So many cells at most are added to a page."""


def write_raised(page: Element) -> None:
    """Makes raised figures signs of their own, so that "£320<sup>1</sup>" is not £3201."""
    for element in page.xpath(f"//sup | //*[@{RAISED}]"):
        for inner in element.iter():
            if isinstance(inner.tag, str) and inner.text:
                inner.text = raised(inner.text)


def _lift_captions(page: Element) -> None:
    """Puts captions above their tables: the extractor takes one for the names of columns."""
    for caption in list(page.iter("caption")):
        table = caption.getparent()
        if table is not None and table.tag == "table" and table.getparent() is not None:
            caption.tag, caption.tail = "p", None
            table.addprevious(caption)


def carry_cells(page: Element) -> None:
    """Repeats a cell that covers several rows or columns in each of them, captions put above."""
    _lift_captions(page)
    left = MOST_CELLS
    for table in page.iter("table"):
        if table.find(".//table") is None:
            left -= _carry_down(table, left)


def _carry_down(table: Element, most: int) -> int:
    """Adds cells to the rows of one table, so many at most; how many were added."""
    covering: dict[int, tuple[int, Element]] = {}
    added = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        column, later = 0, dict(covering)
        covering = {place: (rows - 1, cell) for place, (rows, cell) in later.items() if rows > 1}
        for cell in [*cells, None]:
            while column in later and added < most:
                copied = copy.deepcopy(later[column][1])
                copied.tail = None
                _place(row, cell, copied)
                added, column = added + 1, column + 1
            if cell is not None:
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                if cell.tag == "td" and len(cells) > 1:
                    added += _spread(cell, min(width, most - added))
                if height > 1:
                    cell.attrib.pop("rowspan")
                    places = islice(range(column, column + width), 50)
                    covering |= dict.fromkeys(places, (height - 1, cell))
                column += width
    return added


def _spread(cell: Element, width: int) -> int:
    """Writes a cell over several columns into each of them; how many were added."""
    cell.attrib.pop("colspan", None)
    for _ in range(width - 1):
        copied = copy.deepcopy(cell)
        copied.tail = None
        cell.addnext(copied)
    return max(0, width - 1)


def _place(row: Element, before: Element | None, cell: Element) -> None:
    if before is None:
        row.append(cell)
    else:
        before.addprevious(cell)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(1, int(value)), 1000) if value.isdecimal() else 1
