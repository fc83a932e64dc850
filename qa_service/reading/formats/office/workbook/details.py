"""What of a workbook its cells' values do not tell: formats, what is hidden, what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_service.reading.content import Block, Member
from qa_service.reading.formats.office.looks.cell_texts import Piece, shown
from qa_service.reading.formats.office.looks.cells import PLAIN, CellLook, Grounds, Place


@dataclass(frozen=True, slots=True)
class Looks:
    """Of a workbook: number format of each style of cells, whether it strikes them out, and its
    colours."""

    codes: Sequence[str]
    strikes: Sequence[bool]
    cells: Sequence[CellLook]


@dataclass(slots=True)
class SheetDetails:
    """Of one sheet: the formats of its cells, or what they show; those with struck-out text, with
    what nobody sees, and with errors; its hidden rows and columns, first and last cell of those
    merged, formulas without a stored value, what its drawings and margins say, what is said of
    each picture, the files within it, and how many other objects it has. `rows` and `columns`
    are how far its cells reach, where that is known."""

    formats: dict[Place, str] = field(default_factory=dict)
    struck: dict[Place, str] = field(default_factory=dict)
    unseen: dict[Place, str] = field(default_factory=dict)
    shown: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    without_value: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    drawn: tuple[Block, ...] = ()
    lost: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    has_comments: bool = False
    pictures: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    objects: int = 0
    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """Over how many cells it reaches, empty ones included."""
        return self.rows * self.columns

    def is_hidden(self, place: Place) -> bool:
        """Whether a cell stands in a hidden row or column."""
        return place[0] in self.hidden_rows or place[1] in self.hidden_columns


def take_look(
    place: Place,
    style: int,
    parts: Sequence[Piece],
    details: SheetDetails,
    looks: Looks,
    grounds: Grounds,
) -> None:
    """Notes what of a cell's text is struck out or seen by nobody, and what it shows then."""
    look = looks.cells[style] if style < len(looks.cells) else PLAIN
    whole, seen = shown(parts, look, judged=False), shown(parts, look, judged=True)
    struck = style < len(looks.strikes) and looks.strikes[style]
    if struck or whole.struck:
        details.struck[place] = reference(place)
    elif seen.unseen:
        details.unseen[place] = reference(place)
        grounds.doubtful.append((place, look.filled, whole))
    if struck or parts or seen.unseen:
        details.shown[place] = "" if struck else seen.text or ""


def look_again(details: SheetDetails, grounds: Grounds) -> None:
    """Takes for seen what stands where the ground of its cell may be another colour."""
    for place, filled, whole in grounds.doubtful:
        if grounds.judges(place, filled):
            continue
        if not whole.unseen:
            del details.unseen[place]
        if whole.text is None:
            del details.shown[place]
        else:
            details.shown[place] = whole.text


def reference(place: Place) -> str:
    """A cell's place as sheets write it: "B2"."""
    letters, number = "", place[1] + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{place[0] + 1}"
