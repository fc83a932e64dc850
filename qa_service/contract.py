"""The shapes of the endpoint: JSON made from the nouns. Both faces keep to these."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import quote, urlencode

from qa_service.nouns.answers import (
    Alternative,
    Answer,
    Catalogue,
    Citation,
    Completion,
    Correction,
    FactsTable,
    OtherSource,
    Scope,
    SearchResult,
    TimelineEntry,
    Understood,
)
from qa_service.nouns.documents import Document, DocumentSummary, PageBox, Passage
from qa_service.nouns.results import Hit, IndexInfo, MatchExplanation

HEADING_SEPARATOR = " › "


def answer_object(answer: Answer) -> dict[str, Any]:
    """The response of `POST /api/ask`."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "kind": answer.kind,
        "confidence": round(answer.confidence, 4),
        "reason": answer.reason,
        "hint": answer.hint,
        "corrections": _correction_objects(answer.corrections),
        "answer": [{"quote": part.text, "citation": part.citation} for part in answer.quotes],
        "citations": [citation_object(citation) for citation in answer.citations],
        "passages": [passage_object(hit) for hit in answer.hits],
        "understood": _understood_object(answer.understood),
        "scope": _scope_object(answer.scope),
        "timeline": _timeline_objects(answer.timeline),
        "catalogue": _catalogue_object(answer.catalogue),
        "documents": _listed_objects(answer.catalogue),
        "facts": _facts_object(answer.facts),
        "missing": list(answer.missing),
        "nearest": [_alternative_object(item) for item in answer.nearest],
        "parts": [answer_object(part) for part in answer.parts],
        "suggestions": list(answer.suggestions),
        "index": index_object(answer.index),
        "took_ms": round(answer.took_ms, 1),
    }


def search_object(result: SearchResult) -> dict[str, Any]:
    """The response of `GET /api/search`."""
    return {
        "query": result.query,
        "corrections": _correction_objects(result.corrections),
        "passages": [passage_object(hit) for hit in result.hits],
        "index": index_object(result.index),
        "took_ms": round(result.took_ms, 1),
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """One entry of `citations`."""
    return {
        "number": citation.number,
        "passage_id": citation.passage_id,
        **_place_fields(citation.document, citation),
        "quote": citation.quote,
        "exact": _stretch_object(citation.quote, citation.start, citation.exact),
        "why": _why_object(citation.why, citation.quote, citation.start),
        "also_in": [_other_source_object(source) for source in citation.also_in],
    }


def _understood_object(understood: Understood | None) -> dict[str, Any] | None:
    if understood is None:
        return None
    carried = [{"text": item.text, "kind": item.kind} for item in understood.carried]
    return {"text": understood.text, "carried": carried}


def _stretch_object(
    text: str, text_start: int, stretch: tuple[int, int] | None
) -> dict[str, Any] | None:
    """A stretch (start, end) of a document, with the words from `text`, which holds it."""
    if stretch is None:
        return None
    start, end = stretch
    return {"text": text[start - text_start : end - text_start], "start": start, "end": end}


def passage_object(hit: Hit) -> dict[str, Any]:
    """One entry of `passages`."""
    passage = hit.passage
    return {
        "passage_id": passage.id,
        **_place_fields(hit.document, passage),
        "text": passage.text,
        "score": round(hit.score, 4),
        "dense_rank": hit.dense_rank,
        "keyword_rank": hit.keyword_rank,
        "duplicates": [_document_name(twin) for twin in hit.duplicates],
        "folded_into": hit.folded_into,
        "why": _why_object(hit.why, passage.text, passage.start),
    }


def _correction_objects(corrections: tuple[Correction, ...]) -> list[dict[str, Any]]:
    return [{"typed": item.typed, "taken": item.taken} for item in corrections]


def _other_source_object(source: OtherSource) -> dict[str, Any]:
    document = source.document
    return {
        **_document_name(document),
        "date": document.date,
        "permalink": permalink(document, source.start, source.end),
    }


def _scope_object(scope: Scope | None) -> dict[str, Any] | None:
    if scope is None:
        return None
    return {
        "date_from": scope.filters.date_from,
        "date_to": scope.filters.date_to,
        "collections": list(scope.filters.collections),
        "documents": [_document_name(document) for document in scope.documents],
        "words": list(scope.words),
        "lifted": list(scope.lifted),
    }


def _timeline_objects(
    timeline: tuple[TimelineEntry, ...] | None,
) -> list[dict[str, Any]] | None:
    if timeline is None:
        return None
    return [
        {
            "date": entry.document.date,
            **_document_name(entry.document),
            "citation": entry.citation,
        }
        for entry in timeline
    ]


def _catalogue_object(catalogue: Catalogue | None) -> dict[str, Any] | None:
    if catalogue is None:
        return None
    listed = _listed_objects(catalogue)
    return {"text": catalogue.text, "total": catalogue.total, "documents": listed}


def _listed_objects(catalogue: Catalogue | None) -> list[dict[str, Any]]:
    return [
        {**document_object(document), "permalink": document_link(document)}
        for document in (catalogue.documents if catalogue else ())
    ]


def _facts_object(facts: FactsTable | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    rows = [
        {
            **_linked_document(row.document),
            "cells": [
                {"value": cell.value, "citation": cell.citation} if cell else None
                for cell in row.cells
            ],
        }
        for row in facts.rows
    ]
    return {"labels": list(facts.labels), "rows": rows}


def _alternative_object(item: Alternative) -> dict[str, Any]:
    document = _linked_document(item.document) if item.document else None
    return {"text": item.text, "document": document}


def _linked_document(document: DocumentSummary) -> dict[str, Any]:
    """A document that is named, not quoted, with its date and address."""
    link = document_link(document)
    return {**_document_name(document), "date": document.date, "permalink": link}


def _document_name(document: DocumentSummary) -> dict[str, Any]:
    return {"document_id": document.id, "title": document.title}


def _why_object(why: MatchExplanation | None, text: str, start: int) -> dict[str, Any] | None:
    """Why a passage matched, where that was looked at; `text` begins at `start`."""
    if why is None:
        return None
    return {
        "shared_terms": list(why.shared_terms),
        "absent_terms": list(why.absent_terms),
        "sentence": _stretch_object(text, start, why.sentence),
    }


def document_object(document: DocumentSummary) -> dict[str, Any]:
    """One entry of `GET /api/documents`."""
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
        "extraction": _extraction_object(document),
    }


def _extraction_object(document: DocumentSummary) -> dict[str, Any]:
    """How the text of a document was got."""
    read = document.extraction
    return {
        "words": read.words,
        "tables": read.tables,
        "pages_without_text": list(read.pages_without_text),
        "pages_by_ocr": list(read.pages_by_ocr),
        "language": read.language,
        "date_source": document.metadata.get("date_source"),
        "warnings": list(read.warnings),
    }


def full_document_object(summary: DocumentSummary, document: Document) -> dict[str, Any]:
    """The response of `GET /api/documents/{id}`: the summary, the canonical text, and the numbers
    printed on its pages, None for pages that are not numbered otherwise."""
    labels = [page.label for page in document.pages]
    return {**document_object(summary), "text": document.text, "page_labels": labels}


def boxes_object(
    document: DocumentSummary, start: int, end: int, boxes: tuple[PageBox, ...]
) -> dict[str, Any]:
    """The response of `GET /api/documents/{id}/boxes`."""
    return {
        "document_id": document.id,
        "document_version": document.version,
        "start": start,
        "end": end,
        "boxes": [asdict(box) for box in boxes],
    }


def index_object(index: IndexInfo) -> dict[str, Any]:
    """The `index` member of a response."""
    return {"build": index.build, "documents": index.documents, "passages": index.passages}


def heading_text(heading_path: tuple[str, ...]) -> str | None:
    """The headings above a place as one line, outermost first; None where there is none."""
    return HEADING_SEPARATOR.join(heading_path) or None


def suggestions_object(questions: tuple[str, ...]) -> dict[str, Any]:
    """The response of `GET /api/suggestions`."""
    return {"questions": list(questions)}


def completions_object(completions: tuple[Completion, ...]) -> dict[str, Any]:
    """The response of `GET /api/complete`."""
    found = [
        {"text": item.text, "kind": item.kind, "document_id": item.document_id}
        for item in completions
    ]
    return {"completions": found}


def document_link(document: DocumentSummary) -> str:
    """The address of a document's page."""
    return f"/documents/{quote(document.id, safe='')}"


def permalink(document: DocumentSummary, start: int, end: int) -> str:
    """The address of a place in a document, pinned to the version that was quoted."""
    place = urlencode({"start": start, "end": end, "version": document.version})
    return f"{document_link(document)}?{place}"


def _place_fields(document: DocumentSummary, place: Citation | Passage) -> dict[str, Any]:
    """Where a quote or a passage stands."""
    return {
        "document_id": document.id,
        "document_version": document.version,
        "title": document.title,
        "source": document.source,
        "date": document.date,
        "page": place.page,
        "heading": heading_text(place.heading_path),
        "publisher": document.metadata.get("publisher") or None,
        "start": place.start,
        "end": place.end,
        "permalink": permalink(document, place.start, place.end),
    }
