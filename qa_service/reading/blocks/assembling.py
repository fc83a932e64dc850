"""Content -> Document: the canonical text, and exact offsets of headings and pages in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qa_service.errors import UnreadableDocument
from qa_service.nouns.documents import Block as KnownBlock
from qa_service.nouns.documents import Document, Extraction, Heading, Page
from qa_service.plain_names import acts_when_opened
from qa_service.reading.blocks.canonical import canonical_text, one_line
from qa_service.reading.blocks.facts import facts_of
from qa_service.reading.blocks.kinds import Laid, is_label_line, known_blocks
from qa_service.reading.blocks.losses import page_ranges
from qa_service.reading.blocks.running_blocks import running_blocks
from qa_service.reading.blocks.word_boxes import Placed, packed, placed_words
from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.language.detection import language_of
from qa_service.reading.metadata.stated_dates import find_date
from qa_service.reading.metadata.titles import (
    FROM_FILE_NAME,
    readable_title,
    shortened,
    without_program,
)
from qa_service.reading.timing import stage
from qa_service.translation.sentences import said

LONGEST_TITLE = 200
INDENTATION = "  "


@dataclass(slots=True)
class _Layout:
    """The canonical text as it grows, and what was met on the way."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    headings: list[Heading] = field(default_factory=list)
    laid: list[Laid] = field(default_factory=list)
    page_starts: dict[int, int] = field(default_factory=dict)
    last_kind: str = ""
    tables: int = 0
    words: list[Placed] = field(default_factory=list)


def assemble(
    content: Content, document_id: str, version: str, source: str, collection: str = "default"
) -> Document:
    """The document of a source file.

    Blocks are made canonical one by one and then joined, so that no offset is ever
    mapped from one text to another. Raises UnreadableDocument where no text is left.
    """
    with stage("text"):
        layout = _laid_out(content)
    text = "".join(layout.parts)
    if not any(character.isalnum() for character in text):
        raise UnreadableDocument(_no_text(content))
    with stage("dates"):
        date = content.date or find_date(text) or content.property_date
    title = shortened(without_program(one_line(content.title or "")), LONGEST_TITLE)
    with stage("blocks and facts"):
        headings, blocks = _structure(layout)
        facts = facts_of(text, blocks, {item.start: item.cells for item in layout.laid})
    metadata = _metadata(content, date) | ({} if title else {"title_source": FROM_FILE_NAME})
    return Document(
        id=document_id,
        version=version,
        title=title or readable_title(source),
        source=source,
        date=date.date if date else None,
        text=text,
        collection=metadata.get("collection") or collection,
        pages=_pages(layout.page_starts, content, len(text)),
        headings=headings,
        blocks=blocks,
        facts=facts,
        metadata=metadata,
        extraction=_extraction(content, text, layout.tables),
        word_boxes=packed(layout.words),
    )


def _laid_out(content: Content) -> _Layout:
    """The blocks of a file, one after another; a label above a line is no heading, but the
    title at the top is."""
    layout, above = _Layout(), ""
    title = next(iter(content.blocks), None)
    for block, below in pairwise([*content.blocks, None]):
        if block:
            may = block.kind == "heading" and (block is not title or block.level != 1)
            stands = may and is_label_line(block.text, above, below)
            _append(layout, replace(block, kind="paragraph", level=0) if stands else block)
            sure = block.kind != "heading" or is_label_line(block.text, "", None)
            above = block.text if sure else ""
    return layout


def _structure(layout: _Layout) -> tuple[tuple[Heading, ...], tuple[KnownBlock, ...]]:
    """The headings of a document, each once, and what kind each of its blocks is."""
    running = running_blocks(layout.laid, sorted(layout.page_starts.values()))
    headings = _told_once(layout, running)
    return headings, known_blocks(layout.laid, headings, running)


def _told_once(layout: _Layout, running: frozenset[int]) -> tuple[Heading, ...]:
    """The headings but those that run through the pages."""
    again = {layout.laid[place].start for place in running}
    return tuple(heading for heading in layout.headings if heading.start not in again)


def _extraction(content: Content, text: str, tables: int) -> Extraction:
    warnings = [one_line(warning) for warning in content.warnings]
    warnings += _unread(content)
    with stage("language"):
        language = language_of(text)
    return Extraction(
        words=len(text.split()),
        tables=tables,
        pages_without_text=content.pages_without_text,
        pages_by_ocr=content.pages_by_ocr,
        language=language,
        warnings=tuple(warnings),
    )


def _unread(content: Content) -> list[str]:
    """A sentence for each reason why pages could not be read."""
    pages: dict[str, list[int]] = {}
    for page, reason in sorted(content.unread_pages.items()):
        pages.setdefault(one_line(reason), []).append(page)
    return [
        said("%(pages)s not read: %(reason)s", pages=page_ranges(numbers), reason=reason)
        for reason, numbers in pages.items()
    ]


def _append(layout: _Layout, block: Block) -> None:
    text = one_line(block.text) if block.kind == "heading" else canonical_text(block.text)
    if not text:
        return
    separator = _separator(layout.last_kind, block.kind)
    if block.kind == "item" and layout.parts:
        separator += INDENTATION * block.level
    start = layout.length + len(separator)
    layout.parts += [separator, text]
    layout.length = start + len(text)
    if block.kind == "row" and layout.last_kind != "row":
        layout.tables += 1
    layout.last_kind = block.kind
    cells = tuple(offset for _, offset in _offsets(block, text, list(enumerate(block.cells))))
    layout.laid.append(Laid(block.kind, text, start, cells))
    if block.kind == "heading":
        layout.headings.append(Heading(block.level, text, start, layout.length))
    layout.words += placed_words(text, block.words, start)
    _note_pages(layout, block, text, start)


def _separator(above: str, below: str) -> str:
    if not above:
        return ""
    return "\n" if above == below and below in ("item", "row", "contents") else "\n\n"


def _note_pages(layout: _Layout, block: Block, text: str, start: int) -> None:
    if block.page is not None:
        layout.page_starts.setdefault(block.page, start)
    for page, offset in _offsets(block, text, block.page_breaks):
        layout.page_starts.setdefault(page, start + offset)


def _offsets(
    block: Block, text: str, breaks: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Each name and raw offset of `breaks`, in order, as one in the canonical `text`.

    Measured from blank to blank, over which no characters compose: `length` is always
    that of the canonical form of all before `measured`.
    """
    measured = length = 0
    for name, raw_offset in breaks:
        blank = block.text.rfind(" ", measured, raw_offset)
        if blank > measured:
            length = _grown(length, block.text[measured:blank])
            measured = blank
        offset = _grown(length, block.text[measured:raw_offset])
        yield name, offset + (text[offset : offset + 1] == " ")


def _grown(length: int, raw: str) -> int:
    """The length of a canonical text with `raw` and the blank before it at its end."""
    added = len(canonical_text(raw))
    return length + added + bool(length and added)


def _pages(starts: dict[int, int], content: Content, length: int) -> tuple[Page, ...]:
    """Pages from 1 on cover the whole text; one without text is an empty span."""
    pages: list[Page] = []
    end = length
    for number in range(content.page_count, 0, -1):
        start = 0 if number == 1 else min(starts.get(number, end), end)
        label = content.page_labels[number - 1] if content.page_labels else ""
        pages.append(Page(number, start, end, label or None))
        end = start
    return tuple(reversed(pages))


def _metadata(content: Content, date: FoundDate | None) -> dict[str, str]:
    metadata = {"format": content.format}
    for name, value in content.metadata.items():
        if plain := one_line(value):
            metadata[name] = plain
    if acts_when_opened(metadata.get("address", "")):
        del metadata["address"]
    if date:
        metadata["date_source"] = one_line(date.source)
    return metadata


def _no_text(content: Content) -> str:
    if unread := _unread(content):
        return "; ".join(unread)
    return said("no text: the file holds no words to search")
