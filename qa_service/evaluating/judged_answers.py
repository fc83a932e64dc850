"""Questions -> results: asks each as a user would and judges what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.service import AnswerService
from qa_service.evaluating.measures.quote_measures import is_right, misplaced, quote_scores
from qa_service.evaluating.measures.ranking_measures import (
    LEVELS,
    Ranking,
    ranking_scores,
    rankings,
)
from qa_service.evaluating.questions.datasets import EvaluationQuestion
from qa_service.evaluating.results import Kind, QuestionResult
from qa_service.indexing.building.progress import Progress
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import Document, Passage
from qa_service.nouns.questions import Filters, Question, Turn
from qa_service.nouns.results import Hit

RANKED_PASSAGES = 100
RANKED_IN_ANSWER = 50
"""Passages that are ranked for a follow-up: the most that a question may ask for."""
NOT_EXPECTED = "not in the documents"
_SHOWN_EXPECTED = 3


@dataclass(frozen=True, slots=True)
class Asker:
    """What questions are asked of, and what their answers are held against.

    `service` answers as the settings say; `open_handed` with a minimum confidence of 0, so
    that it can be judged what a declined question would have been answered. `documents`
    and `passages` are all of the index by document id.
    """

    service: AnswerService
    open_handed: AnswerService
    documents: Mapping[str, Document]
    passages: Mapping[str, Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A result that lacks its ranking scores, and the rankings by level to work them out."""

    result: QuestionResult
    rankings: Mapping[str, Ranking]


def ask_questions(
    asker: Asker,
    questions: Sequence[EvaluationQuestion],
    progress: Progress,
    *,
    with_history: bool = False,
    foreign: bool = False,
    stage: str = "asking questions",
) -> list[QuestionResult]:
    """A result for each question, in order. `foreign` questions are another set's: no
    answer to them is right."""
    progress.start(stage, len(questions))
    asked = []
    for question in questions:
        kind: Kind = "answerable" if question.grades else "unanswerable"
        history = question.history if with_history else ()
        asked.append(_ask(asker, question, "foreign" if foreign else kind, history))
        progress.advance()
    progress.finish()
    return _with_ranking_scores(asked)


def _ask(
    asker: Asker, question: EvaluationQuestion, kind: Kind, history: tuple[Turn, ...]
) -> _Judged:
    filters = Filters(document_ids=question.document_ids)
    asked = Question(question.text, history=history, filters=filters)
    if history:
        asked = replace(asked, limit=RANKED_IN_ANSWER)
    answer = asker.service.ask(asked)
    if kind != "answerable":
        return _Judged(_result(asker, question, kind, answer, answer, len(history)), {})
    best = answer if answer.quotes else asker.open_handed.ask(asked)
    # A follow-up is ranked with its conversation, which a search does not know.
    hits = answer.hits if history else _search(asker, question.text, filters)
    return _Judged(
        _result(asker, question, kind, answer, best, len(history)),
        rankings(question, hits, asker.documents, asker.passages),
    )


def _search(asker: Asker, query: str, filters: Filters) -> Sequence[Hit]:
    return asker.service.search(query, RANKED_PASSAGES, filters).hits


def _result(
    asker: Asker,
    question: EvaluationQuestion,
    kind: Kind,
    answer: Answer,
    best: Answer,
    turns: int,
) -> QuestionResult:
    """`best` is the answer or, where it was declined, the one that was withheld."""
    first = best.citations[0] if best.citations else None
    right = kind == "answerable" and is_right(best, question)
    return QuestionResult(
        id=question.id,
        text=question.text,
        kind=kind,
        scores=_answer_scores(asker, question, kind, answer, right),
        answered=bool(answer.quotes),
        confidence=answer.confidence,
        right=right,
        first_quote=first.quote if first else "",
        first_source=first.document.title or first.document.source if first else "",
        expected=_expected(question, asker.documents),
        note=question.note,
        turns=turns,
        quotes=len(answer.quotes),
        misplaced_quotes=misplaced(answer, asker.documents),
        took_ms=answer.took_ms,
        stages=dict(getattr(answer, "stages", None) or {}),
    )


def _answer_scores(
    asker: Asker, question: EvaluationQuestion, kind: Kind, answer: Answer, right: bool
) -> dict[str, float]:
    """A list of documents quotes nothing, so that it counts as no answer."""
    quoted = bool(answer.quotes)
    if kind == "foreign":
        return {"foreign_answered": float(quoted)}
    if kind == "unanswerable":
        return {"false_answers": float(quoted)}
    return {
        "answered": float(quoted),
        "first_quote_right": float(quoted and right),
        **quote_scores(question, answer, asker.documents),
    }


def _with_ranking_scores(asked: Sequence[_Judged]) -> list[QuestionResult]:
    results = [item.result for item in asked]
    for level in LEVELS:
        # By place, for a set may hold two questions of one id.
        ranked = {
            str(at): item.rankings[level] for at, item in enumerate(asked) if level in item.rankings
        }
        for at, scores in ranking_scores(level, ranked).items():
            result = results[int(at)]
            results[int(at)] = replace(result, scores={**result.scores, **scores})
    return results


def _expected(question: EvaluationQuestion, documents: Mapping[str, Document]) -> str:
    """What should be found, for a reader of the report."""
    if not question.grades:
        return NOT_EXPECTED
    spans = [documents[span.document_id].text[span.start : span.end] for span in question.spans]
    words = [f"“{text}”" for text in dict.fromkeys(spans)]
    right = [name for name, grade in question.grades.items() if grade > 0 and name in documents]
    known = [documents[name] for name in right]
    titles = [document.title or document.source for document in known]
    return "; ".join(words[:_SHOWN_EXPECTED]) + _of_titles(titles, bool(words))


def _of_titles(titles: Sequence[str], after_words: bool) -> str:
    named = "; ".join(titles[:_SHOWN_EXPECTED]) + ("; …" if titles[_SHOWN_EXPECTED:] else "")
    return f" in {named}" if named and after_words else named
