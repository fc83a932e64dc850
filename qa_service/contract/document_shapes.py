"""The shapes of a document: its name, its address, what is known of it, and its text."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from qa_service.contract.parts import (
    Count,
    DocumentDate,
    Number,
    Permalink,
    Version,
)


class DocumentName(Struct, frozen=True, kw_only=True):
    """A document that is named."""

    document_id: str
    title: str


class DocumentLink(DocumentName, frozen=True, kw_only=True):
    """A document that is named with its date and address."""

    date: DocumentDate
    permalink: Permalink


class Extraction(Struct, frozen=True, kw_only=True):
    """How the text of a document was got."""

    words: Count
    tables: Count
    pages_without_text: Annotated[
        list[Number], Meta(description="Pages on which nothing could be read.")
    ]
    pages_by_ocr: Annotated[
        list[Number], Meta(description="Pages that were recognised from pictures.")
    ]
    language: Annotated[str | None, Meta(description="ISO 639-1, as the text shows it.")]
    date_source: Annotated[str | None, Meta(description="Where the document's date comes from.")]
    warnings: list[str]


class DocumentSummary(Struct, frozen=True, kw_only=True):
    """A document without its text."""

    id: str
    title: str
    source: str
    date: DocumentDate
    collection: str
    pages: Number | None
    passages: Count
    version: Version
    metadata: dict[str, str]
    sources: Annotated[list[str], Meta(description="Every place at which the same bytes lie.")]
    extraction: Extraction


class ListedDocument(DocumentSummary, frozen=True, kw_only=True):
    """A document of a list, with its address."""

    permalink: str


class Document(DocumentSummary, frozen=True, kw_only=True):
    """A document with the text that every offset counts in."""

    text: str
    page_labels: Annotated[list[str | None], Meta(description="Numbers printed on the pages.")]
