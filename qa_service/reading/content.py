"""What a reader of one format hands over: blocks in reading order, not yet canonical."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

BlockKind = Literal[
    "heading", "paragraph", "item", "row", "note", "caption", "contents", "boilerplate"
]


class Box(NamedTuple):
    """A rectangle on a page as it is shown, in shares (0 to 1) from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class PlacedWord(NamedTuple):
    """Characters without a blank as a page shows them, and where."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item (its bullet included), table row, note, caption or
    line of a table of contents.

    `level` is the rank of a heading (1 is the highest) or the depth of an item (from 0).
    `page` is the page it begins on, None where the format has no pages; `page_breaks`
    are (page number, offset in `text`) where it runs on over later pages. `words` are
    those of its text that have a place on a page, in order. `cells` are offsets in `text`
    at which a further cell begins, where a page shows it as a row of cells side by side.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    page_breaks: tuple[tuple[int, int], ...] = ()
    words: tuple[PlacedWord, ...] = ()
    cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDate:
    """An ISO 8601 date, perhaps shorter than a day, and where it was found."""

    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """A file within a file: of an archive, or attached to a mail.

    `read` gives its bytes; it may raise anything on a bad file.
    """

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Content:
    """One source file as its reader understands it.

    `date` is one the file declares; `property_date` a last resort, kept by the software
    that wrote the file. `page_count` is 0 where the format has no pages; pages are numbered
    from 1, `page_labels` are the numbers printed on them. `unread_pages` are pages on which
    something can be seen that could not be read, each with the reason.
    """

    format: str
    blocks: tuple[Block, ...]
    title: str | None = None
    date: FoundDate | None = None
    property_date: FoundDate | None = None
    page_count: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    pages_without_text: tuple[int, ...] = ()
    pages_by_ocr: tuple[int, ...] = ()
    unread_pages: dict[int, str] = field(default_factory=dict)
    page_labels: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


class Reader(Protocol):
    """Reads the bytes of one format. May raise anything on a bad file."""

    def __call__(self, data: bytes) -> Content: ...
