"""Where the words of a paged document stand on its pages: packed small, found for any quote."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from qa_service.deadline import in_time
from qa_service.nouns.documents import Document, PageBox
from qa_service.reading.blocks.canonical import canonical_text
from qa_service.reading.content import Box, PlacedWord
from qa_service.translation.sentences import said

SLACK = 60
"""A word of the page stands at most so many characters after the one before it."""
_HYPHENS = ("-", "‐")
_SHARE = 65_535
_FIELDS = np.dtype(
    [("start", "<u4"), ("length", "<u2"), ("page", "<u2"), ("box", "<u2", (4,))],
)
_MOST_BYTES = 2**28

Placed = tuple[int, int, int, Box]
"""First offset in the text, number of characters, page, and box of a word."""


def placed_words(text: str, words: Sequence[PlacedWord], start: int) -> Iterator[Placed]:
    """The words of a page as they stand in the canonical text of a block at offset `start`.

    One that the text writes otherwise, as at a hyphen, is found without it or left out.
    """
    cursor = 0
    for word in words:
        written = word.text if word.text.isascii() else canonical_text(word.text)
        # Most words follow the one before, behind a blank.
        follows = written and text.startswith(" ", cursor) and text.startswith(written, cursor + 1)
        place = cursor + 1 if follows else _next(text, written, cursor)
        if place < 0 and written.endswith(_HYPHENS):
            written = written.rstrip("".join(_HYPHENS))
            place = _next(text, written, cursor)
        if place >= 0:
            yield start + place, len(written), word.page, word.box
            cursor = place + len(written)


def _next(text: str, written: str, cursor: int) -> int:
    return text.find(written, cursor, cursor + SLACK + len(written)) if written else -1


def packed(words: Sequence[Placed]) -> bytes:
    """Words in the order of their offsets as bytes; boxes to the 65,535th part of a page."""
    if not words:
        return b""
    rows = np.zeros(len(words), _FIELDS)
    rows["start"] = [word[0] for word in words]
    rows["length"] = [min(word[1], _SHARE) for word in words]
    rows["page"] = [min(word[2], _SHARE) for word in words]
    sides = chain.from_iterable(word[3] for word in words)
    boxes = np.fromiter(sides, np.float64, 4 * len(words)).reshape(-1, 4)
    rows["box"] = np.rint(np.clip(boxes, 0, 1) * _SHARE)
    # A column at a time, offsets as steps: like numbers stand together and pack well.
    rows["start"][1:] = np.diff(rows["start"])
    columns = [np.ascontiguousarray(rows[name]).tobytes() for name in ("start", "length", "page")]
    columns += [np.ascontiguousarray(rows["box"][:, side]).tobytes() for side in range(4)]
    return zlib.compress(b"".join(columns), 6)


def quote_boxes(document: Document, start: int, end: int) -> tuple[PageBox, ...]:
    """The boxes that cover `document.text[start:end]`: one a line of a page, in order.

    Empty for a document without pages. Where a quote begins or ends within a word, that
    word's box is cut in proportion to its characters. Raises ValueError for damaged data, and
    TookTooLong where a deadline is over.
    """
    boxes: list[PageBox] = []
    for row in in_time(_within(_unpacked(document.word_boxes), start, end)):
        box = _cut(row, start, end)
        if boxes and _is_beside(boxes[-1], box):
            boxes[-1] = _joined(boxes[-1], box)
        else:
            boxes.append(box)
    return tuple(boxes)


def _unpacked(data: bytes) -> NDArray[np.void]:
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(data, _MOST_BYTES) if data else b""
    except zlib.error as error:
        raise ValueError(
            said("the boxes of the words are damaged: %(error)s", error=error)
        ) from error
    count, rest = divmod(len(raw), _FIELDS.itemsize)
    if rest:
        raise ValueError(said("the boxes of the words are damaged: their length is wrong"))
    rows = np.zeros(count, _FIELDS)
    rows["start"] = np.cumsum(np.frombuffer(raw, "<u4", count))
    rows["length"] = np.frombuffer(raw, "<u2", count, 4 * count)
    rows["page"] = np.frombuffer(raw, "<u2", count, 6 * count)
    for side in range(4):
        rows["box"][:, side] = np.frombuffer(raw, "<u2", count, (8 + 2 * side) * count)
    return rows


def _within(rows: NDArray[np.void], start: int, end: int) -> NDArray[np.void]:
    starts = rows["start"].astype(np.int64)
    kept: NDArray[np.void] = rows[(starts < end) & (starts + rows["length"] > start)]
    return kept


def _cut(row: np.void, start: int, end: int) -> PageBox:
    """The part of a word's box that lies within the offsets."""
    first, length = int(row["start"]), int(row["length"])
    left, top, right, bottom = (float(side) / _SHARE for side in row["box"])
    step = (right - left) / length
    return PageBox(
        page=int(row["page"]),
        left=left + step * max(0, start - first),
        top=top,
        right=right - step * max(0, first + length - end),
        bottom=bottom,
    )


def _is_beside(box: PageBox, other: PageBox) -> bool:
    """Whether the second box goes on in the line of the first."""
    overlap = min(box.bottom, other.bottom) - max(box.top, other.top)
    least = min(box.bottom - box.top, other.bottom - other.top)
    return box.page == other.page and other.left >= box.left and overlap > least / 2


def _joined(box: PageBox, other: PageBox) -> PageBox:
    return PageBox(
        page=box.page,
        left=min(box.left, other.left),
        top=min(box.top, other.top),
        right=max(box.right, other.right),
        bottom=max(box.bottom, other.bottom),
    )
