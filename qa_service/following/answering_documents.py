"""Which of many documents answer a question: each is asked, not only the best of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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
    that are still the same are not asked again. Each is asked by itself, so that its place is the
    one that the page shows for the document alone.
    """
    wanted = sorted(_on_the_subject(ask, question, documents), key=lambda it: (it.title, it.id))
    wanted = sorted(wanted, key=lambda document: document.date or "", reverse=True)[:most]
    earlier = {item.document.id: item for item in before}
    return tuple(
        earlier[it.id] if it.id in earlier and _same(earlier, it) else _asked(ask, question, it)
        for it in wanted
    )


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


def _asked(ask: Ask, question: Question, document: DocumentSummary) -> AskedDocument:
    filters = replace(question.filters, document_ids=(document.id,))
    citations = ask(replace(question, filters=filters)).citations
    return AskedDocument(document, citations[0] if citations else None)
