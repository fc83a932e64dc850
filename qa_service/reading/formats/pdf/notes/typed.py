"""Words typed onto a PDF page, put among its lines where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import PlacedWord
from qa_service.reading.formats.pdf.geometry import Frame, Rectangle
from qa_service.reading.formats.pdf.lines import Line
from qa_service.reading.formats.pdf.signs.mirrored import mirrored

USUAL_SIZE = 11.0
"""Points of a typed line on a page without any other."""
FOOT = 0.25
"""Letters stand this share of their size above the foot of their line."""


def with_typed(
    lines: Sequence[Line], typed: Iterable[tuple[str, Rectangle]], number: int, frame: Frame
) -> list[Line]:
    """The lines of a page, what is typed beside one behind it, and else below what is higher."""
    ordered = list(lines)
    turned = any(line.mirrored for line in lines)
    for text, place in typed:
        sizes = sorted(line.size for line in ordered) or [USUAL_SIZE]
        for line in _typed_lines(text, place, number, sizes[len(sizes) // 2], frame):
            _put(ordered, mirrored(line, frame.width) if turned else line)
    return ordered


def _typed_lines(
    text: str, place: Rectangle, number: int, size: float, frame: Frame
) -> Iterator[Line]:
    """The lines of a note, one below the other from its upper edge on."""
    left, bottom, right, top = place
    rows = [row for row in map(one_line, text.splitlines()) if row]
    step = (top - bottom) / max(1, len(rows))
    size = min(size, step) or size
    for at, row in enumerate(rows):
        foot = top - step * (at + 0.5) - size * FOOT
        box = (left, foot - size * FOOT, right, foot - size * FOOT + size)
        words = tuple(PlacedWord(word, number, frame.box(*box)) for word in row.split())
        up = foot / frame.height if frame.height else 0.5
        yield Line(
            text=row,
            page=number,
            size=round(size, 1),
            bold=False,
            left=left,
            right=right,
            top=foot,
            bottom=foot,
            height=up,
            bold_cells=False,
            words=words,
            typed=True,
        )


def _put(lines: list[Line], typed: Line) -> None:
    """Puts a line behind the one that it stands beside, in its size; else below what is higher."""
    beside = [at for at, line in enumerate(lines) if _is_beside(line, typed)]
    if beside:
        line = lines[beside[-1]]
        set_alike = replace(typed, size=line.size, top=line.bottom, bottom=line.bottom)
        lines.insert(beside[-1] + 1, replace(set_alike, column=line.column))
        return
    higher = [at for at, line in enumerate(lines) if line.bottom > typed.top]
    lines.insert(higher[-1] + 1 if higher else 0, typed)


def _is_beside(line: Line, typed: Line) -> bool:
    """Whether a line ends where the typed one begins, at about its height."""
    near = max(line.size, typed.size)
    return line.right <= typed.left + near and abs(line.bottom - typed.bottom) < near
