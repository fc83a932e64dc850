"""Questions that a collection answers: made of headings and phrases, and each asked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from math import ceil

from threadpoolctl import threadpool_limits

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
from qa_service.answering.ranking.retrieval import Query, make_query
from qa_service.answering.scope.scope_search import find_in_scope
from qa_service.answering.stopwatch import Stopwatch
from qa_service.answering.suggesting.making import Candidate, candidates
from qa_service.config import Settings
from qa_service.contract.cautions import SURE
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.suggested import SuggestedQuestion
from qa_service.nouns.questions import Question
from qa_service.stems import terms
from qa_service.understanding.parsing import parse

MOST_ASKED = 60
"""Candidates that are checked; each costs about what an answer costs."""
MOST_ASKED_OF_PLACES = 60
"""And so many of what is said of a thing at a place."""
MOST_KEPT = 96
MOST_OF_DOCUMENT = 8
MOST_OF_FORM = 8
"""So many are kept that differ only in the place they ask about."""
MOST_TRIED = 12
"""So many of one form are asked."""
FEWEST_NEW = 2
"""Stems that an answer must say beyond its question, or it echoes it."""


def suggest(
    opened: OpenedBuild,
    embedder: Embedder,
    settings: Settings,
    reader: PassageReader | None,
    kept: Sequence[SuggestedQuestion] = (),
    among: Collection[str] | None = None,
) -> list[SuggestedQuestion]:
    """Up to 96 questions that the documents answer, the surest first, few of one document.

    Beside those `kept` of an earlier build, questions are made of the documents `among` by id,
    and so many asked as is their share of all documents; without it, of all.
    """
    share = 1.0 if among is None else len(among) / len(opened.catalogue)
    of_all, of_places = (_distinct(made, kept) for made in candidates(opened, among))
    found = [(item, item.text) for item in kept]
    found += [
        (item, candidate.form)
        for candidate in chain(
            islice(of_all, ceil(share * MOST_ASKED)),
            islice(of_places, ceil(share * MOST_ASKED_OF_PLACES)),
        )
        if (item := _checked(opened, embedder, settings, reader, candidate))
    ]
    chosen: list[SuggestedQuestion] = []
    used: Counter[str] = Counter()
    for item, form in sorted(found, key=lambda pair: -pair[0].confidence):
        few = used[item.document_id] < MOST_OF_DOCUMENT and used[form] < MOST_OF_FORM
        if few and len(chosen) < MOST_KEPT:
            used.update((item.document_id, form))
            chosen.append(item)
    return chosen


def _distinct(found: Iterable[Candidate], kept: Sequence[SuggestedQuestion]) -> Iterator[Candidate]:
    """Those that ask for something new, and few of one form."""
    seen = {frozenset(terms(item.text)) for item in kept}
    forms: Counter[str] = Counter()
    for candidate in found:
        asked = frozenset(terms(candidate.text))
        if asked not in seen and forms[candidate.form] < MOST_TRIED:
            seen.add(asked)
            forms[candidate.form] += 1
            yield candidate


def _checked(
    opened: OpenedBuild,
    embedder: Embedder,
    settings: Settings,
    reader: PassageReader | None,
    candidate: Candidate,
) -> SuggestedQuestion | None:
    """The candidate as a suggestion, where the right document answers it surely enough."""
    settings = replace(settings, minimum_confidence=SURE)
    parsed = parse(candidate.text, (), NamesOfBuild(opened))
    query = make_query(candidate.text, embedder, parsed.expectation)
    finder = Finder(opened, query, embedder, settings, Stopwatch(), reader)
    found, _ = find_in_scope(finder, Question(candidate.text, limit=1), parsed)
    if not found.chosen:
        return None
    best = max(found.chosen, key=lambda item: item.score).hit
    ids = {best.document.id, *(twin.id for twin in best.duplicates)}
    if candidate.document_ids and not ids & candidate.document_ids:
        return None
    first = found.chosen[0]
    quote = _quote(opened, first, found.chosen)
    if _echoes(quote, query) or not _is_answered(opened, first, quote, candidate):
        return None
    return SuggestedQuestion(candidate.text, best.document.id, round(found.confidence, 4))


def _quote(opened: OpenedBuild, first: Evidence, chosen: Sequence[Evidence]) -> str:
    """What is quoted first, with what else is of its passage, as these are shown together."""
    text = opened.cache.document(first.hit.document.id).text
    beside = [item for item in chosen if item.hit.passage.id == first.hit.passage.id]
    ordered = sorted(beside, key=lambda item: item.start)
    return " ".join(text[item.start : item.end] for item in ordered)


def _echoes(quote: str, query: Query) -> bool:
    """Whether a quote says next to nothing that its question does not say already."""
    return len(set(terms(quote)) - set(terms(query.text))) < FEWEST_NEW


def _is_answered(opened: OpenedBuild, first: Evidence, quote: str, candidate: Candidate) -> bool:
    """Whether the first quote begins a sentence and holds the phrase that is asked about, or holds
    the sentence that the question was made of, or stands right below its heading; not where a
    neighbour, or another chapter, comes nearer to its words."""
    if candidate.made_of is None:
        return not quote[:1].islower() and set(terms(candidate.form)) <= set(terms(quote))
    document = opened.cache.document(first.hit.document.id)
    above = [heading.text for heading in document.headings if heading.start <= first.start]
    heading = above[-1] if above else document.title
    return heading == candidate.made_of or candidate.made_of in quote


def suggested_questions(
    opened: OpenedBuild,
    settings: Settings,
    embedder: Embedder,
    kept: Sequence[SuggestedQuestion] = (),
    among: Collection[str] | None = None,
) -> list[SuggestedQuestion]:
    """Questions that a finished build answers, see suggest. Raises ModelError."""
    with threadpool_limits(1, user_api="blas"):
        return suggest(opened, embedder, settings, open_passage_reader(settings), kept, among)
