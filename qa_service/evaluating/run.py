"""Question set -> figures: builds an index of the set, asks every question, measures."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, R, nDCG

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import DatasetError
from qa_service.evaluating.datasets import Dataset, EvaluationQuestion, load_dataset
from qa_service.indexing.build import build_index
from qa_service.indexing.embedding import Embedder
from qa_service.indexing.progress import Progress
from qa_service.schema import Answer, Citation, Document, Filters, Question

EVALUATIONS_FOLDER = "evaluations"
RANKED_PASSAGES = 100
MEASURES = {
    "ndcg_at_10": nDCG @ 10,
    "recall_at_1": R @ 1,
    "recall_at_5": R @ 5,
    "recall_at_10": R @ 10,
    "mrr_at_10": RR @ 10,
}


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Figures of one set. Ranking is by document; times are of a whole answer, model included.

    `false_answers` is the share of unanswerable questions that were answered, `answered`
    that of the others; `span_in_first_quote` the share of questions with answer spans whose
    first quote holds one whole. Where a set has no such questions the figure is None.
    `misplaced_quotes` counts quotes and passages that are not their document's text.
    """

    dataset: str
    documents: int
    passages: int
    questions: int
    unanswerable: int
    ndcg_at_10: float | None
    recall_at_1: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mrr_at_10: float | None
    answered: float | None
    false_answers: float | None
    span_in_first_quote: float | None
    quotes: int
    misplaced_quotes: int
    median_ms: float
    percentile_95_ms: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question with its answer and its ranking: (document id, score), best first."""

    question: EvaluationQuestion
    answer: Answer
    ranking: tuple[tuple[str, float], ...]


def evaluate(
    folder: Path, settings: Settings, embedder: Embedder, progress: Progress
) -> EvaluationReport:
    """Measures the set in `folder`, keeping its build below the index folder for the next run.

    Raises DatasetError where the folder is not a question set.
    """
    dataset = load_dataset(folder, settings)
    if not dataset.questions or not dataset.documents:
        raise DatasetError(f"{folder} holds no questions or no documents")
    index_dir = settings.index_dir / EVALUATIONS_FOLDER / dataset.name
    build_index(dataset.documents, index_dir, embedder, progress=progress, keep_builds=1)
    service = AnswerService(replace(settings, index_dir=index_dir), embedder)
    try:
        progress.start("asking questions", len(dataset.questions))
        asked = [_ask(service, question, progress) for question in dataset.questions]
        progress.finish()
        return _report(dataset, asked, service.index_info().passages)
    finally:
        service.close()


def report_object(report: EvaluationReport) -> dict[str, Any]:
    """The report as JSON."""
    return asdict(report)


def _ask(service: AnswerService, question: EvaluationQuestion, progress: Progress) -> _Asked:
    filters = Filters(document_ids=question.document_ids)
    answer = service.ask(Question(question.text, filters=filters))
    ranking = _ranking(service, question.text, filters) if question.grades else ()
    progress.advance()
    return _Asked(question, answer, ranking)


def _ranking(service: AnswerService, text: str, filters: Filters) -> tuple[tuple[str, float], ...]:
    """Documents in the order of their best passage."""
    scores: dict[str, float] = {}
    for hit in service.search(text, RANKED_PASSAGES, filters).hits:
        for document in (hit.document, *hit.duplicates):
            scores.setdefault(document.id, hit.score)
    return tuple(scores.items())


def _report(dataset: Dataset, asked: Sequence[_Asked], passages: int) -> EvaluationReport:
    graded = [item for item in asked if item.question.grades]
    without = [item for item in asked if not item.question.grades]
    times = [item.answer.took_ms for item in asked]
    texts = {document.id: document for document in dataset.documents}
    return EvaluationReport(
        dataset=dataset.name,
        documents=len(dataset.documents),
        passages=passages,
        questions=len(graded),
        unanswerable=len(without),
        **_ranking_figures(graded),
        answered=_share(item.answer.answered for item in graded),
        false_answers=_share(item.answer.answered for item in without),
        span_in_first_quote=_share(
            _holds_span(item.answer.citations, item.question)
            for item in graded
            if item.question.spans
        ),
        quotes=sum(len(item.answer.quotes) for item in asked),
        misplaced_quotes=sum(_misplaced(item.answer, texts) for item in asked),
        median_ms=statistics.median(times),
        percentile_95_ms=sorted(times)[math.ceil(0.95 * len(times)) - 1],
    )


def _ranking_figures(asked: Sequence[_Asked]) -> dict[str, float | None]:
    if not asked:
        return dict.fromkeys(MEASURES)
    grades = {item.question.id: item.question.grades for item in asked}
    # A rank each, not the score: equal scores must keep the order that a user sees.
    run = {
        item.question.id: {name: -float(rank) for rank, (name, _) in enumerate(item.ranking)}
        for item in asked
    }
    figures = ir_measures.calc_aggregate(MEASURES.values(), grades, run)
    return {name: float(figures[measure]) for name, measure in MEASURES.items()}


def _holds_span(citations: Sequence[Citation], question: EvaluationQuestion) -> bool:
    return any(
        citation.document.id == span.document_id
        and citation.start <= span.start
        and span.end <= citation.end
        for citation in citations[:1]
        for span in question.spans
    )


def _misplaced(answer: Answer, documents: dict[str, Document]) -> int:
    """How many quotes and passages of an answer are not the text at their offsets."""
    places = [(c.document.id, c.start, c.end, c.quote) for c in answer.citations]
    hits = [hit.passage for hit in answer.hits]
    places += [(p.document_id, p.start, p.end, p.text) for p in hits]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    wrong = sum(quotes[quote.citation] != quote.text for quote in answer.quotes)
    return wrong + sum(documents[name].text[s:e] != text for name, s, e, text in places)


def _share(values: Iterable[bool]) -> float | None:
    counted = [bool(value) for value in values]
    return sum(counted) / len(counted) if counted else None
