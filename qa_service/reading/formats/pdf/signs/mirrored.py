"""Pages that are read from right to left, seen in a mirror: there all that holds for others holds.

Lines begin on the left, columns follow one another to the right, and a line that ends early ends
before its right edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa_service.reading.content import PlacedWord
from qa_service.reading.formats.pdf.lines import Line
from qa_service.reading.formats.pdf.signs.bidi import is_right_to_left
from qa_service.reading.formats.pdf.signs.right_to_left import RIGHT_TO_LEFT


def from_the_reading_side(lines: Sequence[Line], width: float) -> list[Line]:
    """The lines of a page so wide, mirrored where most of its words are Arabic or Hebrew."""
    text = "\n".join(line.text for line in lines)
    turned = RIGHT_TO_LEFT.search(text) and is_right_to_left(text)
    return [mirrored(line, width) for line in lines] if turned else list(lines)


def mirrored(line: Line, width: float) -> Line:
    """A line with places that count from the right edge of a page so wide."""
    return replace(
        line,
        left=width - line.right,
        right=width - line.left,
        words=tuple(map(_other_way, line.words)),
        mirrored=True,
    )


def words_as_shown(line: Line) -> Iterable[PlacedWord]:
    """The words of a line with their places as the page shows them."""
    return map(_other_way, line.words) if line.mirrored else line.words


def _other_way(word: PlacedWord) -> PlacedWord:
    box = word.box
    return word._replace(box=box._replace(left=1 - box.right, right=1 - box.left))
