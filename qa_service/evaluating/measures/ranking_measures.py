"""How high what is relevant was ranked: among documents, pages and passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa_service.errors import MissingPackage
from qa_service.evaluating.questions.datasets import AnswerSpan, EvaluationQuestion
from qa_service.nouns.documents import Document, Passage
from qa_service.nouns.results import Hit

try:
    import ir_measures
    from ir_measures import RR, R, nDCG
except ModuleNotFoundError as error:
    raise MissingPackage(
        "measuring needs the package ir-measures; run: pip install 'qa-service[evaluate]'"
    ) from error

MEASURES = {
    "ndcg_at_10": nDCG @ 10,
    "recall_at_1": R @ 1,
    "recall_at_5": R @ 5,
    "recall_at_10": R @ 10,
    "mrr_at_10": RR @ 10,
}
LEVELS = {"documents": "", "pages": "page_", "passages": "passage_"}
"""What is ranked, and what the names of its figures begin with."""
DEEPEST = 10
"""No measure looks further down."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first ten units found for a question, best first, and the grade of every right one."""

    grades: Mapping[str, int]
    found: tuple[str, ...]


def rankings(
    question: EvaluationQuestion,
    hits: Sequence[Hit],
    documents: Mapping[str, Document],
    passages: Mapping[str, Sequence[Passage]],
) -> dict[str, Ranking]:
    """The rankings by level that a question can be judged at.

    `documents` and `passages` are all of the index by document id. A document counts as
    found where nearly the same passage of it was folded into a hit; a page where a passage
    touches it; a passage is right where it overlaps an answer span.
    """
    ranked = {"documents": _ranking(question.grades, _document_ids(hits))}
    if pages := _right_pages(question.spans, documents):
        ranked["pages"] = _ranking(pages, _pages_of_hits(hits, documents))
    if right := _right_passages(question.spans, passages):
        ranked["passages"] = _ranking(right, (hit.passage.id for hit in hits))
    return ranked


def ranking_scores(level: str, by_question: Mapping[str, Ranking]) -> dict[str, dict[str, float]]:
    """Question id -> figure name -> value, with ir-measures."""
    grades = {name: dict(ranking.grades) for name, ranking in by_question.items()}
    # A rank each, not the score: equal scores must keep the order that a user sees.
    run = {
        name: {unit: -float(place) for place, unit in enumerate(ranking.found)}
        for name, ranking in by_question.items()
    }
    names = {measure: LEVELS[level] + name for name, measure in MEASURES.items()}
    scores: dict[str, dict[str, float]] = {
        question: dict.fromkeys(names.values(), 0.0) for question in by_question
    }
    if by_question:
        for metric in ir_measures.iter_calc(list(names), grades, run):
            scores[metric.query_id][names[metric.measure]] = float(metric.value)
    return scores


def _ranking(grades: Mapping[str, int], units: Iterator[str]) -> Ranking:
    return Ranking(grades, tuple(dict.fromkeys(units))[:DEEPEST])


def _document_ids(hits: Sequence[Hit]) -> Iterator[str]:
    """Documents in the order of their best passage."""
    for hit in hits:
        yield from (document.id for document in (hit.document, *hit.duplicates))


def _pages_of_hits(hits: Sequence[Hit], documents: Mapping[str, Document]) -> Iterator[str]:
    for hit in hits:
        passage = hit.passage
        yield from _page_names(documents[passage.document_id], passage.start, passage.end)


def _right_pages(spans: Sequence[AnswerSpan], documents: Mapping[str, Document]) -> dict[str, int]:
    return {
        name: 1
        for span in spans
        for name in _page_names(documents[span.document_id], span.start, span.end)
    }


def _page_names(document: Document, start: int, end: int) -> Iterator[str]:
    """The pages of a document that a stretch of its text touches."""
    for page in document.pages:
        if page.start < end and start < page.end:
            yield f"{document.id} page {page.number}"


def _right_passages(
    spans: Sequence[AnswerSpan], passages: Mapping[str, Sequence[Passage]]
) -> dict[str, int]:
    return {
        passage.id: 1
        for span in spans
        for passage in passages.get(span.document_id, ())
        if passage.start < span.end and span.start < passage.end
    }
