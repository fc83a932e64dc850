"""The same question answered for each of the places that it names: where something is better."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.collection.fact_tables import compared_facts
from qa_service.answering.comparison import (
    MOST_READ,
    Comparison,
    best_places,
    lists_asked_for,
)
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.scope.document_dates import bearing_date
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.dates import Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Filters, Question
from qa_service.nouns.results import Hit


def compare_places(finder: Finder, question: Question, parsed: ParsedQuestion) -> Comparison | None:
    """Each place with what is said of it, in the order in which they are named.

    None where fewer than two of them have documents, of the period that belongs to them, and
    where nothing close enough is said of any.
    """
    sides = {
        place.words: documents
        for place, period in zip(parsed.places, _period_of_each(parsed), strict=True)
        if (documents := _documents(finder.opened, question, place.document_ids, period))
    }
    if len(sides) < 2:
        return None
    hits = {words: _hits(finder, documents) for words, documents in sides.items()}
    newest = [documents[0] for documents in sides.values()]
    lists = lists_asked_for(finder, newest, [*sides])
    with finder.watch.stage("facts"):
        facts = None if lists else compared_facts(finder.opened, parsed, list(sides.values()))
    side_of = {item.id: words for words, documents in sides.items() for item in documents}
    shown = [hit for each in hits.values() for hit in each]
    places = best_places(finder, shown, facts, side_of, lists)
    if not places and facts is None:
        return None
    firsts = [places[words].hit if words in places else hits[words][0] for words in sides]
    return Comparison(
        documents=tuple(hit.document for hit in firsts),
        evidence=tuple(places.get(words) for words in sides),
        hits=tuple(sorted(shown, key=lambda hit: -hit.score)),
        scope=None,
        nearest={hit.document.id: hit for hit in firsts},
        facts=facts,
        places=tuple(sides),
    )


def _period_of_each(parsed: ParsedQuestion) -> Sequence[Period | None]:
    """The period of each place: its own where every place has one, else the first, if any."""
    if len(parsed.periods) == len(parsed.places):
        return parsed.periods
    return [next(iter(parsed.periods), None)] * len(parsed.places)


def _documents(
    opened: OpenedBuild, question: Question, ids: frozenset[str], period: Period | None
) -> Sequence[DocumentSummary]:
    """Those of a place with passages, newest first, of a period if there is one, which the filters
    admit."""
    held = [
        document
        for document in sorted(opened.catalogue, key=lambda item: item.date or "", reverse=True)
        if document.id in ids and document.passages and question.filters.admits(document)
    ]
    if period is None:
        return held
    if period.ranging:
        return [document for document in held if period.holds(document.date)]
    return bearing_date(opened, held, period) or bearing_date(opened, held, period.year)


def _hits(finder: Finder, documents: Sequence[DocumentSummary]) -> list[Hit]:
    """The best passages of a place."""
    filters = Filters(document_ids=tuple(document.id for document in documents))
    with finder.watch.stage("ranking"):
        return rank(finder.opened, finder.query, MOST_READ, filters, finder.settings)
