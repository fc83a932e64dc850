"""Rows of the store -> the nouns that they hold, which columns each takes, and which rows pass
filters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import DamagedBuild, DocumentWithdrawn
from qa_service.nouns.documents import (
    Block,
    Document,
    DocumentSummary,
    Extraction,
    Fact,
    Heading,
    Page,
    Passage,
    Span,
    Withdrawal,
)
from qa_service.nouns.questions import Filters
from qa_service.translation.sentences import said

PASSAGE = """row, id, document_id, heading_path, text, start, "end", page, sentences, blocks,
    recurring"""
SOURCES = """(SELECT json_group_array(json_array(source, sources.collection))
    FROM sources WHERE document_id = documents.id)"""
FACTS = """(SELECT json_group_array(json_array(label, value, start, "end",
    value_start, value_end, "column", facts.date)) FROM facts WHERE document_id = documents.id)"""
SUMMARY = f"""id, version, title, source, date, collection, json_array_length(pages), passages,
    metadata, extraction, {SOURCES}"""
DOCUMENT = f"""id, version, title, source, date, text, collection, pages, headings, metadata,
    extraction, word_boxes, blocks, {FACTS}"""

OUTLINE = "id, headings"
WITHDRAWAL = "id, title, source, version, date, moved_to"

Item = TypeVar("Item")


@dataclass(frozen=True)
class StoredSentences:
    """The sentences of a passage: the position of the first among all of the build, their
    number, and a line of stems for each."""

    first: int
    number: int
    lines: str

    @property
    def stems(self) -> list[list[str]]:
        """The stems of each sentence, in order."""
        return [line.split() for line in self.lines.split("\n")[: self.number]]

    @cached_property
    def spaced(self) -> tuple[str, ...]:
        """The stems of each sentence as one text, a space before and after each stem.

        In such a text a stem is found as " stem ", much faster than in sets made of each.
        """
        return tuple(f" {line} " for line in self.lines.split("\n")[: self.number])

    @cached_property
    def run(self) -> str:
        """The stems of all sentences, as in `spaced`."""
        return f" {' '.join(' '.join(self.spaced).split())} "


def document_of(record: tuple[Any, ...]) -> Document:
    """The document of a row of the columns DOCUMENT."""
    name, version, title, source, date, text, collection, pages, headings = record[:9]
    metadata, extraction, word_boxes, blocks, facts = record[9:]
    return Document(
        id=name,
        version=version,
        title=title,
        source=source,
        date=date,
        text=text,
        collection=collection,
        pages=tuple(Page(**page) for page in json.loads(pages)),
        headings=tuple(Heading(**heading) for heading in json.loads(headings)),
        blocks=blocks_of(blocks),
        facts=tuple(Fact(*values) for values in json.loads(facts)),
        metadata=json.loads(metadata),
        extraction=_extraction(extraction),
        word_boxes=word_boxes,
    )


def summary_of(record: tuple[Any, ...]) -> DocumentSummary:
    """The document without its text of a row of the columns SUMMARY."""
    name, version, title, source, date, collection, pages, passages = record[:8]
    metadata, extraction, places = record[8:]
    sources = sorted(tuple(place) for place in json.loads(places))
    return DocumentSummary(
        id=name,
        version=version,
        title=title,
        source=source,
        date=date,
        collection=collection,
        pages=pages or None,
        passages=passages,
        metadata=json.loads(metadata),
        extraction=_extraction(extraction),
        sources=tuple(source for source, _ in sources),
        collections=tuple(sorted({held_in for _, held_in in sources})),
    )


def _extraction(values: str) -> Extraction:
    fields = json.loads(values)
    for name in ("pages_without_text", "pages_by_ocr", "warnings"):
        fields[name] = tuple(fields[name])
    return Extraction(**fields)


def passage_of(record: tuple[Any, ...]) -> Passage:
    """The passage of a row of the columns PASSAGE."""
    row, name, document_id, heading_path, text, start, end, page, sentences = record[:9]
    blocks, recurring = record[9:]
    return Passage(
        id=name,
        row=row,
        document_id=document_id,
        heading_path=tuple(json.loads(heading_path)),
        text=text,
        start=start,
        end=end,
        page=page,
        sentences=tuple((first, last) for first, last in json.loads(sentences)),
        blocks=with_boilerplate(blocks_of(blocks), recurring),
    )


def blocks_text(blocks: Sequence[Block]) -> str:
    """Blocks as JSON without a name: a list of values for each, in the order of its fields."""
    return json.dumps([astuple(block) for block in blocks], separators=(",", ":"))


def blocks_of(text: str) -> tuple[Block, ...]:
    """What `blocks_text` was given."""
    return tuple(
        Block(kind, start, end, _span(marker), group, _span(lead))
        for kind, start, end, marker, group, lead in json.loads(text)
    )


def with_boilerplate(blocks: Iterable[Block], recurring: str) -> tuple[Block, ...]:
    """The blocks, those that begin at an offset of `recurring`, which is JSON, as boilerplate."""
    offsets = set(json.loads(recurring))
    return tuple(
        replace(block, kind="boilerplate") if block.start in offsets else block for block in blocks
    )


def _span(values: list[int] | None) -> Span | None:
    return (values[0], values[1]) if values else None


def filter_conditions(filters: Filters) -> tuple[list[str], list[str]]:
    """What a WHERE over documents joins by AND, and its values; nothing without filters."""
    within = "(SELECT value FROM json_each(?))"
    conditions = {
        f"id IN {within}": _json_list(filters.document_ids),
        f"id IN (SELECT document_id FROM sources WHERE collection IN {within})": _json_list(
            filters.collections
        ),
        "substr(date || '-99-99', 1, 10) >= ?": filters.date_from,
        "date <= ?": filters.date_to,
    }
    kept = {condition: value for condition, value in conditions.items() if value}
    return list(kept), list(kept.values())


def _json_list(values: tuple[str, ...]) -> str | None:
    return json.dumps(values) if values else None


def withdrawn_document(gone: Withdrawal) -> DocumentWithdrawn:
    """What is said to somebody who asks for it."""
    told = said(
        "the document %(title)s was withdrawn from the corpus by %(day)s",
        title=repr(gone.title),
        day=gone.date,
    )
    if gone.moved_to:
        told = said(
            "%(reason)s; the same file is now at /documents/%(name)s",
            reason=told,
            name=gone.moved_to,
        )
    return DocumentWithdrawn(told, gone.moved_to)


def joined_ranges(firsts: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """The rows of ranges, of each its first row and how many, in order."""
    # Every row is its place among all plus what its range is off.
    off = firsts - (np.cumsum(counts) - counts)
    return np.repeat(off, counts) + np.arange(counts.sum())


def in_order(found: Mapping[int, Item], wanted: Iterable[int]) -> list[Item]:
    """What was found of rows. Raises DamagedBuild where one is not there."""
    try:
        return [found[row] for row in wanted]
    except KeyError as error:
        raise DamagedBuild(
            said("the index has no passage %(error)s; run: qa-service build --full", error=error)
        ) from error
