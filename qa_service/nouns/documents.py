"""What walks from a source file to the passages of an index. Frozen.

Every `start` and `end` counts Unicode code points in the canonical text of a document,
`end` exclusive. Dates are ISO 8601 and may be shorter than a day ("2016-02", "2016")
where the document says no more; None where it says nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

TABLE_NAME = "metadata.csv"
"""The table at the top of a folder that states of its files what they don't say themselves."""

Span = tuple[int, int]
"""Start and end of a stretch of a document's text."""

BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "table_row",
    "label_value",
    "contents",
    "boilerplate",
    "note",
    "caption",
]
"""What a stretch of text is; lines of contents and boilerplate are searched, never quoted."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged document; `number` counts from 1 as the reader's software does.

    `label` is the number printed on it, None where that is not known or not another.
    """

    number: int
    start: int
    end: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page as it is shown, in shares (0 to 1) from its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text; `level` 1 is the highest."""

    level: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is one thing: a heading, a paragraph, an item of a list, a row.

    `marker` is the stretch of its number, bullet or note sign: no part of what it says.
    Items of one list, and rows of one table, share a `group`, counted from 0 in a document.
    `lead` is what introduces them: the sentence above a list, the row of column heads.
    """

    kind: BlockKind
    start: int
    end: int
    marker: Span | None = None
    group: int | None = None
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value: of a line "Lead inspector: …", or of cells of a table.

    `start` and `end` are those of the line or row, `value_start` and `value_end` those of
    the value in it. `column` is the head of the column that the value stands in, "" for
    none. `date` is the value as an ISO 8601 date, the last day of a period, None where it
    says anything else: what kind of date it is, the label says.
    """

    label: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int
    column: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """How the text of a document was got, and what a reader of it should know.

    `pages_without_text` hold nothing that could be read, `pages_by_ocr` were recognised
    from pictures. `language` is an ISO 639-1 code, None where the text is too short to tell.
    """

    words: int = 0
    tables: int = 0
    pages_without_text: tuple[int, ...] = ()
    pages_by_ocr: tuple[int, ...] = ()
    language: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, or a file within it, as canonical text.

    `source` is the POSIX path under the corpus (or an address); `version` the sha256 of
    the source bytes, in hex; `blocks` what its text is made of, in order; `metadata` holds
    plain strings such as publisher, author, date_source, format; `word_boxes` where the
    words of a paged document stand on its pages, as `reading.word_boxes` packs them.
    """

    id: str
    version: str
    title: str
    source: str
    date: str | None
    text: str
    collection: str = "default"
    pages: tuple[Page, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    extraction: Extraction = Extraction()
    word_boxes: bytes = field(default=b"", repr=False)


def page_at(document: Document, offset: int) -> int | None:
    """Number of the page on which the text at an offset stands; None where there are no pages."""
    place = bisect_right(document.pages, offset, key=lambda page: page.start)
    return document.pages[place - 1].number if place else None


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file of the corpus that could not be read, and why.

    `version` is the sha256 of its bytes, in hex; empty where not even those could be had.
    """

    source: str
    reason: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """One file of the corpus and all that was read in it.

    `version` is the sha256 of its bytes, in hex, empty where not even those could be had;
    `stated` what a table beside the files says of it, as JSON; `reused` whether an earlier
    reading of the same bytes was taken over; `spent` the seconds of each stage of reading it.
    """

    name: str
    version: str
    items: tuple[Document | SkippedFile, ...]
    stated: str = ""
    reused: bool = False
    spent: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document that an earlier build held and this one does not.

    `date` is the day of the first build without it; `moved_to` the id under which the same
    bytes are found now, None where they are gone.
    """

    id: str
    title: str
    source: str
    version: str
    date: str
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text. `pages` is None where the format has none.

    `sources` are all places at which the same bytes lie, `source` the first of them;
    `collections` are those of all these places, `collection` that of the first.
    """

    id: str
    version: str
    title: str
    source: str
    date: str | None
    collection: str
    pages: int | None
    passages: int
    metadata: dict[str, str] = field(default_factory=dict)
    extraction: Extraction = Extraction()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is searched and quoted as one.

    `text` is `document.text[start:end]`. `row` is its position in every index of one
    build. `sentences` are (start, end) pairs in document offsets, in order; headings are
    not among them, and none begins with the marker of a block. `blocks` are those that it
    holds, or holds a part of.
    """

    id: str
    row: int
    document_id: str
    heading_path: tuple[str, ...]
    text: str
    start: int
    end: int
    page: int | None
    sentences: tuple[Span, ...]
    blocks: tuple[Block, ...] = ()


class StoredFact(NamedTuple):
    """A fact, its document, and where it stands among all of the build: the row of its passage
    and the place of its sentence, None where it is no sentence, as in a heading."""

    document_id: str
    row: int | None
    sentence: int | None
    fact: Fact
