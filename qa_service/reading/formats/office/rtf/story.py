"""A story of rich text as it is written: the body, a note, a box; its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_BULLETS = "•"
_FIRST, _MERGED = "clvmgf", "clvmrg"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the marker of a list before it, "" where it has none; `rank` is that of a
    heading, 0 of any other."""

    text: str
    marker: str = ""
    rank: int = 0

    @property
    def marked(self) -> str:
        """The paragraph with its marker."""
        return f"{self.marker} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell over several rows says the same in each of them."""

    rows: list[list[str]]


@dataclass(slots=True)
class Story:
    """What is written so far. `beside` are paragraphs of boxes that follow the paragraph."""

    pieces: list[str] = field(default_factory=list)
    marker: str = ""
    items: list[Paragraph | Table] = field(default_factory=list)
    beside: list[Paragraph | Table] = field(default_factory=list)
    in_row: bool = False
    _lines: list[str] = field(default_factory=list)
    _nested: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _merges: list[str] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)

    def end_paragraph(self, rank: int, *, in_table: bool) -> None:
        """Ends a paragraph, of a cell where it is `in_table`."""
        if in_table or self._cells or self._lines:
            self._end_line()
            return
        self._end_table()
        found = self._taken(rank)
        self.items.append(found if found.text else Paragraph(""))
        self.items += self.beside
        self.beside = []

    def begin_row(self) -> None:
        """Begins the definition of a row."""
        self.in_row, self._merges = True, []

    def define_cell(self, merge: str) -> None:
        """Defines the next cell of a row, and whether it goes on with the one above."""
        self._merges.append(merge)

    def end_cell(self) -> None:
        """Ends a cell of a row."""
        self._end_line()
        self._cells.append("\n".join(self._lines))
        self._lines = []

    def end_inner_cell(self) -> None:
        """Ends a cell of a table within a cell."""
        self._nested.append(self._taken(0).marked)

    def end_inner_row(self) -> None:
        """Ends a row of a table within a cell, which becomes a line of it."""
        self._lines.append(" | ".join(filter(None, self._nested)))
        self._nested = []

    def end_row(self) -> None:
        """Ends a row; cells that go on with those above say the same."""
        above = self._rows[-1] if self._rows else []
        for place, merge in enumerate(self._merges[: len(self._cells)]):
            if merge == _MERGED and place < len(above):
                self._cells[place] = self._cells[place] or above[place]
        self._rows += [self._cells] if self._cells else []
        self._cells, self.in_row = [], False

    def ended(self) -> list[Paragraph | Table]:
        """All that was written."""
        if self.pieces or self.marker or self.beside:
            self.end_paragraph(0, in_table=False)
        if self._cells or self._lines:
            self.end_cell()
            self.end_row()
        self._end_table()
        return self.items

    def words(self) -> str:
        """All that was written in one line."""
        return " ".join(" ".join(_texts(self.ended())).split())

    def _end_line(self) -> None:
        if text := self._taken(0).marked:
            self._lines.append(text)

    def _end_table(self) -> None:
        self.items += [Table(self._rows)] if self._rows else []
        self._rows = []

    def _taken(self, rank: int) -> Paragraph:
        text, marker = "".join(self.pieces).strip(), self.marker
        self.pieces, self.marker = [], ""
        return Paragraph(text, marker, rank)


def marker_of(text: str) -> str:
    """The marker of an item by what stands before it: a number as it is, a bullet for a sign."""
    shown = " ".join(text.split())
    return shown if any(map(str.isalnum, shown)) or not shown else _BULLETS


def _texts(items: list[Paragraph | Table]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Table):
            yield from (cell for row in item.rows for cell in row)
        else:
            yield item.marked
