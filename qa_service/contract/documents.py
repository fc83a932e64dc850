"""Documents, and what is told of the index, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from qa_service.contract import document_shapes
from qa_service.contract.parts import Count, Offset, Share, Version, document_link, members
from qa_service.nouns.answers import Completion
from qa_service.nouns.documents import Document, DocumentSummary, PageBox


class Suggestions(Struct, frozen=True):
    """Questions that the documents answer."""

    questions: list[str]


class Completions(Struct, frozen=True):
    """What may be meant by the beginning of a question, best first."""

    completions: list[Completion]


class Boxes(Struct, frozen=True):
    """Where a stretch of a document stands on its pages."""

    document_id: str
    document_version: Version
    start: Offset
    end: Offset
    boxes: Annotated[
        list[PageBox],
        Meta(description="In shares of the page as it is shown, from its upper left corner."),
    ]


class NearestPlace(Struct, frozen=True):
    """Where in today's text the words are that are most like those cited."""

    start: Offset
    end: Offset
    quote: str
    likeness: Share
    permalink: str


class Verification(Struct, frozen=True, kw_only=True):
    """Whether a citation still holds."""

    state: Annotated[
        Literal["verified", "changed", "withdrawn", "absent"],
        Meta(description="Absent: a quote without a place that stands nowhere in the document."),
    ]
    detail: Annotated[str, Meta(description="The state in words.")]
    document_id: str
    title: str | None = None
    cited_version: str
    current_version: str | None = None
    quote: Annotated[str | None, Meta(description="The words cited, where they are known.")] = None
    permalink: str | None = None
    nearest: NearestPlace | None = None
    moved_to: Annotated[
        str | None, Meta(description="Where a withdrawn document is found now.")
    ] = None


class DocumentsPage(Struct, frozen=True, kw_only=True):
    """Some of the documents, by title."""

    total: Count
    documents: list[document_shapes.ListedDocument]
    cursor: Annotated[
        str | None, Meta(description="Sent back, it gives the next page; null on the last.")
    ]


class ReadStretch(Struct, frozen=True, kw_only=True):
    """A stretch of a document as it was read."""

    document: document_shapes.DocumentLink
    document_version: Version
    page: Annotated[int | None, Meta(description="On which it begins.")]
    start: Offset
    end: Offset
    text: str
    length: Annotated[Count, Meta(description="Of the document's whole text.")]
    permalink: str


class StoredFeedback(Struct, frozen=True):
    """A verdict that is stored."""

    id: str
    stored: Annotated[str, Meta(description="When: UTC, ISO 8601.")]


class Health(Struct, frozen=True, kw_only=True):
    """Whether questions can be answered, and from what."""

    status: Annotated[
        Literal["ok", "degraded"],
        Meta(description="Degraded while fewer processes answer than should."),
    ]
    processes: Annotated[int, Meta(ge=1, description="That should answer questions.")]
    answering: Annotated[int, Meta(ge=1, description="Of these, those that do.")]
    build: str | None
    documents: Count
    passages: Count
    model: str
    building: Annotated[bool, Meta(description="Whether another build is being written.")]


def document_object(document: DocumentSummary) -> dict[str, Any]:
    """One entry of `GET /api/documents`."""
    return members(document_shapes.DocumentSummary(**_members(document)))


def full_document_object(summary: DocumentSummary, document: Document) -> dict[str, Any]:
    """The response of `GET /api/documents/{id}`: the summary, the canonical text, and the numbers
    printed on its pages, None for pages that are not numbered otherwise."""
    labels = [page.label for page in document.pages]
    whole = document_shapes.Document(**_members(summary), text=document.text, page_labels=labels)
    return members(whole)


def boxes_object(
    document: DocumentSummary, start: int, end: int, boxes: tuple[PageBox, ...]
) -> dict[str, Any]:
    """The response of `GET /api/documents/{id}/boxes`."""
    return members(Boxes(document.id, document.version, start, end, list(boxes)))


def suggestions_object(questions: tuple[str, ...]) -> dict[str, Any]:
    """The response of `GET /api/suggestions`."""
    return members(Suggestions(list(questions)))


def completions_object(completions: tuple[Completion, ...]) -> dict[str, Any]:
    """The response of `GET /api/complete`."""
    return members(Completions(list(completions)))


def named(document: DocumentSummary) -> document_shapes.DocumentName:
    """A document that is named."""
    return document_shapes.DocumentName(document_id=document.id, title=document.title)


def linked(document: DocumentSummary) -> document_shapes.DocumentLink:
    """A document that is named with its date and address."""
    return document_shapes.DocumentLink(
        document_id=document.id,
        title=document.title,
        date=document.date,
        permalink=document_link(document),
    )


def listed(document: DocumentSummary) -> document_shapes.ListedDocument:
    """A document of a list."""
    return document_shapes.ListedDocument(**_members(document), permalink=document_link(document))


def _members(document: DocumentSummary) -> dict[str, Any]:
    """The members of document_shapes.DocumentSummary."""
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "date": document.date,
        "collection": document.collection,
        "pages": document.pages,
        "passages": document.passages,
        "version": document.version,
        "metadata": document.metadata,
        "sources": list(document.sources or (document.source,)),
        "extraction": document_shapes.Extraction(
            **asdict(document.extraction), date_source=document.metadata.get("date_source")
        ),
    }
