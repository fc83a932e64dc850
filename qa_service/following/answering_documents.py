"""Which of many documents answer a question: each is asked, not only the best of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.comparison import MOST_COMPARED
from qa_service.nouns.answers import Answer, Citation
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import Question

Ask = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """A document as it was when it was asked, and its best place; None where it has none."""

    document: DocumentSummary
    place: Citation | None = None


def asked_documents(
    ask: Ask,
    question: Question,
    documents: Sequence[DocumentSummary],
    most: int | None = None,
    before: Sequence[AskedDocument] = (),
) -> tuple[AskedDocument, ...]:
    """The documents that a question is to be asked of, with what they say, the newest first.

    What the question's own words narrow the search to holds, as it does where the question is
    asked by itself; of what is left, the newest `most` documents are meant. Those asked `before`
    that are still the same are not asked again. Dated ones are asked as a comparison asks them,
    many at once, others one by one.
    """
    wanted = sorted(_on_the_subject(ask, question, documents), key=lambda it: (it.title, it.id))
    wanted = sorted(wanted, key=lambda document: document.date or "", reverse=True)[:most]
    earlier = {item.document.id: item for item in before}
    known = {it.id: earlier[it.id] for it in wanted if it.id in earlier and _same(earlier, it)}
    new = [document for document in wanted if document.id not in known]
    dated = _of_dated(ask, question, new, [item.document for item in known.values()])
    first: dict[str, Citation] = {}
    for place in (*dated, *_of_undated(ask, question, new)):
        first.setdefault(place.document.id, place)
    return tuple(known.get(it.id) or AskedDocument(it, first.get(it.id)) for it in wanted)


def _same(earlier: dict[str, AskedDocument], document: DocumentSummary) -> bool:
    return earlier[document.id].document == document


def _on_the_subject(
    ask: Ask, question: Question, documents: Sequence[DocumentSummary]
) -> list[DocumentSummary]:
    """Those that pass the question's limits; none where it names what the collection lacks."""
    readable = [it for it in documents if it.passages and question.filters.admits(it)]
    if not readable:
        return []
    answer = ask(replace(question, compare=True))
    if answer.reason == "not_in_collection":
        return []
    return [it for it in readable if answer.scope is None or answer.scope.filters.admits(it)]


def _of_dated(
    ask: Ask,
    question: Question,
    documents: Sequence[DocumentSummary],
    others: Sequence[DocumentSummary],
) -> Iterator[Citation]:
    """Of `others`, so many stand beside the last few that these are compared with as many as the
    rest: in a comparison that one document answers for sure, less is asked of the next."""
    dated = [document for document in documents if document.date]
    beside = [document for document in others if document.date]
    for first in range(0, len(dated), MOST_COMPARED):
        some = (dated[first:] + beside)[:MOST_COMPARED]
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
