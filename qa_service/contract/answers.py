"""Answers and searches as JSON: the nouns of an answer -> the shapes of the endpoint -> members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from qa_service.contract import shapes
from qa_service.contract.documents import linked, listed, named
from qa_service.contract.parts import heading_text, members, permalink
from qa_service.nouns import answers as nouns
from qa_service.nouns.documents import DocumentSummary, Passage
from qa_service.nouns.lookups import SearchResult
from qa_service.nouns.questions import Correction
from qa_service.nouns.results import Hit, IndexInfo, MatchExplanation


def answer_object(answer: nouns.Answer) -> dict[str, Any]:
    """The response of `POST /api/ask`."""
    return members(answer_shape(answer))


def search_object(result: SearchResult) -> dict[str, Any]:
    """The response of `GET /api/search`."""
    found = shapes.SearchResult(
        query=result.query,
        corrections=_corrections(result.corrections),
        passages=[_passage(hit) for hit in result.hits],
        index=index_shape(result.index),
        took_ms=round(result.took_ms, 1),
    )
    return members(found)


def citation_object(citation: nouns.Citation) -> dict[str, Any]:
    """One entry of `citations`."""
    return members(citation_shape(citation))


def index_object(index: IndexInfo) -> dict[str, Any]:
    """The `index` member of a response."""
    return members(index_shape(index))


def index_shape(index: IndexInfo) -> shapes.Index:
    """Which build answers, and how large it is."""
    return shapes.Index(index.build, index.documents, index.passages)


def answer_shape(answer: nouns.Answer) -> shapes.Answer:
    """An answer with all of its parts."""
    catalogue = _catalogue(answer.catalogue) if answer.catalogue else None
    return shapes.Answer(
        question=answer.question,
        standalone_question=answer.standalone_question,
        answered=answer.answered,
        kind=answer.kind,
        confidence=round(answer.confidence, 4),
        reason=answer.reason,
        hint=answer.hint,
        corrections=_corrections(answer.corrections),
        answer=[shapes.Quote(quote.text, quote.citation) for quote in answer.quotes],
        citations=[citation_shape(citation) for citation in answer.citations],
        passages=[_passage(hit) for hit in answer.hits],
        understood=answer.understood,
        scope=_scope(answer.scope) if answer.scope else None,
        timeline=None if answer.timeline is None else [_moment(item) for item in answer.timeline],
        catalogue=catalogue,
        documents=catalogue.documents if catalogue else [],
        facts=_facts(answer.facts) if answer.facts else None,
        contradicted_by=citation_shape(answer.contradicted_by) if answer.contradicted_by else None,
        missing=list(answer.missing),
        nearest=[_alternative(item) for item in answer.nearest],
        parts=[answer_shape(part) for part in answer.parts],
        suggestions=list(answer.suggestions),
        mentions=_mentioned(answer.mentions) if answer.mentions else None,
        index=index_shape(answer.index),
        took_ms=round(answer.took_ms, 1),
    )


def citation_shape(citation: nouns.Citation) -> shapes.Citation:
    """A quote with all that finds it again."""
    return shapes.Citation(
        **_place(citation.document, citation),
        number=citation.number,
        passage_id=citation.passage_id,
        quote=citation.quote,
        exact=_stretch(citation.quote, citation.start, citation.exact),
        why=_why(citation.why, citation.quote, citation.start),
        also_in=[
            structs.replace(
                linked(other.document), permalink=permalink(other.document, other.start, other.end)
            )
            for other in citation.also_in
        ],
    )


def _passage(hit: Hit) -> shapes.Passage:
    passage = hit.passage
    return shapes.Passage(
        **_place(hit.document, passage),
        passage_id=passage.id,
        text=passage.text,
        score=round(hit.score, 4),
        dense_rank=hit.dense_rank,
        keyword_rank=hit.keyword_rank,
        duplicates=[named(twin) for twin in hit.duplicates],
        folded_into=hit.folded_into,
        why=_why(hit.why, passage.text, passage.start),
    )


def _place(document: DocumentSummary, place: nouns.Citation | Passage) -> dict[str, Any]:
    """The members of shapes.Place."""
    return {
        "document_id": document.id,
        "document_version": document.version,
        "title": document.title,
        "source": document.source,
        "date": document.date,
        "page": place.page,
        "heading": heading_text(place.heading_path),
        "publisher": document.metadata.get("publisher") or None,
        "address": document.metadata.get("address") or None,
        "language": document.extraction.language,
        "start": place.start,
        "end": place.end,
        "permalink": permalink(document, place.start, place.end),
    }


def _stretch(text: str, text_start: int, stretch: tuple[int, int] | None) -> shapes.Stretch | None:
    """A stretch (start, end) of a document, with the words from `text`, which holds it."""
    if stretch is None:
        return None
    start, end = stretch
    return shapes.Stretch(text[start - text_start : end - text_start], start, end)


def _why(why: MatchExplanation | None, text: str, start: int) -> shapes.Why | None:
    """Why a passage matched, where that was looked at; `text` begins at `start`."""
    if why is None:
        return None
    sentence = _stretch(text, start, why.sentence)
    return shapes.Why(list(why.shared_terms), list(why.absent_terms), sentence)


def _scope(scope: nouns.Scope) -> shapes.Scope:
    return shapes.Scope(
        date_from=scope.filters.date_from,
        date_to=scope.filters.date_to,
        collections=list(scope.filters.collections),
        documents=[named(document) for document in scope.documents],
        words=list(scope.words),
        lifted=list(scope.lifted),
    )


def _moment(entry: nouns.TimelineEntry) -> shapes.Moment:
    document = entry.document
    return shapes.Moment(
        document_id=document.id,
        title=document.title,
        date=document.date,
        citation=entry.citation,
        nearest=_passage(entry.nearest) if entry.nearest else None,
        place=entry.place or None,
    )


def _catalogue(catalogue: nouns.Catalogue) -> shapes.Catalogue:
    documents = [listed(document) for document in catalogue.documents]
    return shapes.Catalogue(catalogue.text, catalogue.total, documents)


def _facts(facts: nouns.FactsTable) -> shapes.FactsTable:
    return shapes.FactsTable(
        labels=list(facts.labels),
        rows=_rows(facts.rows),
        others=_rows(facts.others),
        other_citations=[citation_shape(citation) for citation in facts.other_citations],
    )


def _rows(rows: Sequence[nouns.FactsRow]) -> list[shapes.FactsRow]:
    return [
        shapes.FactsRow(**structs.asdict(linked(row.document)), cells=list(row.cells))
        for row in rows
    ]


def _alternative(item: nouns.Alternative) -> shapes.Alternative:
    return shapes.Alternative(item.text, linked(item.document) if item.document else None)


def _mentioned(mentioned: nouns.Mentioned) -> shapes.Mentioned:
    filters = mentioned.filters
    return shapes.Mentioned(
        query=mentioned.words,
        document_ids=list(filters.document_ids),
        collections=list(filters.collections),
        date_from=filters.date_from,
        date_to=filters.date_to,
    )


def _corrections(corrections: tuple[Correction, ...]) -> list[shapes.Correction]:
    return [shapes.Correction(item.typed, item.taken) for item in corrections]
