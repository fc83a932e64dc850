"""Rows of the store -> the nouns that they hold, and which columns each takes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from qa_service.nouns.documents import Document, DocumentSummary, Extraction, Heading, Page, Passage

PASSAGE = 'row, id, document_id, heading_path, text, start, "end", page, sentences'
SUMMARY = """id, version, title, source, date, collection, json_array_length(pages), passages,
    metadata, extraction, (SELECT json_group_array(source) FROM sources
    WHERE document_id = documents.id)"""
DOCUMENT = """id, version, title, source, date, text, collection, pages, headings, metadata,
    extraction, word_boxes"""


class StoredSentences(NamedTuple):
    """The sentences of a passage: the position of the first among all of the build, their
    number, and a line of stems for each."""

    first: int
    number: int
    lines: str

    @property
    def stems(self) -> list[list[str]]:
        """The stems of each sentence, in order."""
        return [line.split() for line in self.lines.split("\n")[: self.number]]


def document_of(record: tuple[Any, ...]) -> Document:
    """The document of a row of the columns DOCUMENT."""
    name, version, title, source, date, text, collection, pages, headings = record[:9]
    metadata, extraction, word_boxes = record[9:]
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
        metadata=json.loads(metadata),
        extraction=_extraction(extraction),
        word_boxes=word_boxes,
    )


def summary_of(record: tuple[Any, ...]) -> DocumentSummary:
    """The document without its text of a row of the columns SUMMARY."""
    name, version, title, source, date, collection, pages, passages = record[:8]
    metadata, extraction, sources = record[8:]
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
        sources=tuple(sorted(json.loads(sources))),
    )


def _extraction(values: str) -> Extraction:
    fields = json.loads(values)
    for name in ("pages_without_text", "pages_by_ocr", "warnings"):
        fields[name] = tuple(fields[name])
    return Extraction(**fields)


def passage_of(record: tuple[Any, ...]) -> Passage:
    """The passage of a row of the columns PASSAGE."""
    row, name, document_id, heading_path, text, start, end, page, sentences = record
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
    )
