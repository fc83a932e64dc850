"""Which of many documents answer a question: each is asked, not only the best of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from qa_service.answering.comparison import MOST_COMPARED
from qa_service.nouns.answers import Answer, Citation
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import Question

Ask = Callable[[Question], Answer]


def best_places(
    ask: Ask,
    question: Question,
    documents: Sequence[DocumentSummary],
    most: int | None = None,
) -> tuple[Citation, ...]:
    """The best place of each of the documents that answers, the newest document first.

    What the question's own words narrow the search to holds, as it does where the question is
    asked by itself; of what is left, the newest `most` documents are asked. Dated ones are asked
    as a comparison asks them, many at once, others one by one.
    """
    wanted = sorted(_on_the_subject(ask, question, documents), key=lambda it: (it.title, it.id))
    wanted = sorted(wanted, key=lambda document: document.date or "", reverse=True)[:most]
    places = (*_of_dated(ask, question, wanted), *_of_undated(ask, question, wanted))
    first: dict[str, Citation] = {}
    for place in places:
        first.setdefault(place.document.id, place)
    return tuple(first[document.id] for document in wanted if document.id in first)


def _on_the_subject(
    ask: Ask, question: Question, documents: Sequence[DocumentSummary]
) -> list[DocumentSummary]:
    """Those that pass the question's limits; none where it names what the collection lacks."""
    readable = [it for it in documents if it.passages and question.filters.admits(it)]
    if not readable or ask(question).reason == "not_in_collection":
        return []
    scope = ask(replace(question, compare=True)).scope
    return [it for it in readable if scope is None or scope.filters.admits(it)]


def _of_dated(
    ask: Ask, question: Question, documents: Sequence[DocumentSummary]
) -> Iterator[Citation]:
    dated = [document for document in documents if document.date]
    for first in range(0, len(dated), MOST_COMPARED):
        some = dated[first : first + MOST_COMPARED]
        answer = ask(replace(_among(question, some), compare=True))
        for part in answer.parts or (answer,):
            yield from _of_timeline(part)


def _of_timeline(answer: Answer) -> Iterator[Citation]:
    cited = {citation.number: citation for citation in answer.citations}
    yield from (cited[entry.citation] for entry in answer.timeline or () if entry.citation)


def _of_undated(
    ask: Ask, question: Question, documents: Sequence[DocumentSummary]
) -> Iterator[Citation]:
    for document in documents:
        if not document.date:
            yield from ask(_among(question, (document,))).citations[:1]


def _among(question: Question, documents: Sequence[DocumentSummary]) -> Question:
    ids = tuple(document.id for document in documents)
    return replace(question, filters=replace(question.filters, document_ids=ids))
