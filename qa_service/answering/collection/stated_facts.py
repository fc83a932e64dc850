"""Facts of documents by their label, each cited to the line that states it."""

from __future__ import annotations

from qa_service.answering.collection.places import cursor_to, newest_first, page_of
from qa_service.answering.stopwatch import Stopwatch
from qa_service.errors import InputError
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.answers import Citation
from qa_service.nouns.documents import DocumentSummary, StoredFact, page_at
from qa_service.nouns.lookups import StatedFact, StatedFacts
from qa_service.stems import terms


def find_facts(
    opened: OpenedBuild, label: str, limit: int | None = None, cursor: str | None = None
) -> StatedFacts:
    """Up to `limit` facts whose label has all words of the one given, or all such facts.

    The newest document comes first, and its facts in their order. Raises InputError for a label
    of function words alone and for a cursor that leads nowhere.
    """
    watch = Stopwatch()
    if not terms(label):
        raise InputError("label", "holds function words alone; name what documents state")
    stored: dict[str, list[StoredFact]] = {}
    for fact in opened.store.facts(label):
        stored.setdefault(fact.document_id, []).append(fact)
    documents = newest_first(opened, stored)
    found = [(document, fact) for document in documents for fact in stored[document.id]]
    first, last = page_of(opened, len(found), limit, cursor)
    shown = enumerate(found[first:last], start=first + 1)
    return StatedFacts(
        label=label,
        total=len(found),
        facts=tuple(_stated(opened, number, *item) for number, item in shown),
        cursor=cursor_to(opened, last, len(found)),
        index=opened.info,
        took_ms=watch.elapsed_ms,
    )


def _stated(
    opened: OpenedBuild, number: int, summary: DocumentSummary, stored: StoredFact
) -> StatedFact:
    fact, citation = stored.fact, fact_citation(opened, number, summary, stored)
    return StatedFact(fact.label, fact.value, fact.column, fact.date, citation)


def fact_citation(
    opened: OpenedBuild, number: int, summary: DocumentSummary, stored: StoredFact
) -> Citation:
    """A fact cited to its line or row, with the value as its exact words."""
    fact, document = stored.fact, opened.cache.document(summary.id)
    rows = () if stored.row is None else opened.store.passages([stored.row])
    return Citation(
        number=number,
        passage_id=rows[0].id if rows else "",
        document=summary,
        heading_path=rows[0].heading_path if rows else (),
        page=page_at(document, fact.value_start),
        quote=document.text[fact.start : fact.end],
        start=fact.start,
        end=fact.end,
        source_text=document.text,
        exact=(fact.value_start, fact.value_end),
    )
