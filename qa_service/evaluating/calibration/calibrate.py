"""Questions asked of the index in use -> a calibration of its confidence, and a report."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa_service import __version__
from qa_service.answering.calibration.scoring_profile import ScoringProfile
from qa_service.answering.evidence.confidence import Calibration
from qa_service.answering.service import AnswerService, open_service
from qa_service.config import Settings
from qa_service.errors import CalibrationError, DatasetError, InputError
from qa_service.evaluating.calibration.calibration_fit import (
    Fitted,
    Judged,
    Outcome,
    Target,
    fit,
    uncalibrated,
)
from qa_service.evaluating.measures.quote_measures import overlaps_span
from qa_service.evaluating.questions.datasets import EvaluationQuestion, load_dataset
from qa_service.evaluating.questions.expected_places import place_questions
from qa_service.evaluating.questions.foreign_questions import (
    foreign_questions,
    may_be_answered,
    swapped_questions,
)
from qa_service.evaluating.questions.made_questions import SEED, make_questions, sources_of
from qa_service.evaluating.questions.question_file import is_question_file, read_question_file
from qa_service.indexing.building.progress import Progress
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Filters, Question

MADE_QUESTIONS = 300
FEWEST_QUESTIONS = 30
SWAPPED_SHARE = 1 / 2
"""Of the questions added that the documents do not answer, so many have a word swapped."""
LOOKED_AT = 10
"""Passages in which the terms of a foreign question are looked for."""


@dataclass(frozen=True, slots=True)
class CalibrationRun:
    """What was found, for which profile, and the report of it as plain values, for JSON."""

    calibration: Calibration
    profile: ScoringProfile
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Questions:
    """What to ask: questions with a right answer, and others; `made` without a question set."""

    answerable: Sequence[EvaluationQuestion]
    unanswerable: Sequence[EvaluationQuestion]
    swapped: Sequence[EvaluationQuestion]
    made: bool


@dataclass(slots=True)
class _Judging:
    """The service that raw confidence is asked of, and what came of it so far."""

    service: AnswerService
    progress: Progress
    judged: list[Judged] = field(default_factory=list)
    swapped: int = 0
    left_out: int = 0

    def ask(self, questions: Sequence[EvaluationQuestion], stage: str) -> None:
        """Asks and judges every question."""
        self.progress.start(stage, len(questions))
        for question in questions:
            filters = Filters(document_ids=question.document_ids)
            answer = self.service.ask(Question(question.text, question.history, filters=filters))
            self._judge(question, answer)
            self.progress.advance()
        self.progress.finish()

    def ask_swapped(self, questions: Sequence[EvaluationQuestion]) -> None:
        """Asks questions with a word swapped, but those that may have an answer all the same."""
        self.progress.start("asking questions with a word swapped", len(questions))
        for question in questions:
            filters = Filters(document_ids=question.document_ids)
            asked = Question(question.text, question.history, LOOKED_AT, filters)
            answer = self.service.ask(asked)
            if not may_be_answered(answer.hits):
                self._judge(question, answer)
                self.swapped += 1
            self.progress.advance()
        self.progress.finish()

    def ask_foreign(self, wanted: int) -> None:
        """Asks the packaged questions, in an order of chance, until so many are foreign."""
        questions = list(foreign_questions())
        random.Random(SEED).shuffle(questions)
        before = len(self.judged)
        self.progress.start("asking foreign questions", wanted)
        for number, question in enumerate(questions):
            if len(self.judged) - before >= wanted:
                break
            answer = self.service.ask(Question(question.text, limit=LOOKED_AT))
            if may_be_answered(answer.hits):
                self.left_out += 1
                continue
            self._judge(EvaluationQuestion(f"foreign-{number}", question.text), answer)
            self.progress.advance()
        self.progress.finish()

    def _judge(self, question: EvaluationQuestion, answer: Answer) -> None:
        right = bool(question.grades) and self._is_right(question, answer)
        source = question.id.removesuffix("-swapped")
        self.judged.append(Judged(answer.confidence, right, bool(question.grades), source))

    def _is_right(self, question: EvaluationQuestion, answer: Answer) -> bool:
        """Whether the first quote overlaps an answer span, or holds its words elsewhere; or
        is of a right document, where the question has no spans."""
        if not answer.citations:
            return False
        first = answer.citations[0]
        if not question.spans:
            return question.grades.get(first.document.id, 0) > 0
        return overlaps_span(first, question) or any(
            self.service.document(span.document_id)[1].text[span.start : span.end] in first.quote
            for span in question.spans
        )


def calibrate(
    source: Path | None,
    settings: Settings,
    progress: Progress,
    target: Target,
    opener: Callable[[Settings], AnswerService] = open_service,
) -> CalibrationRun:
    """Fits a calibration to the answers of the index in use; stores nothing.

    `source` is a question file or a BEIR folder whose documents the index holds; None for
    questions made of the documents, from which the threshold alone is chosen. As many
    questions that the index cannot answer are asked as ones that it can: the set's own, then
    foreign and swapped ones. Raises NoIndex, DatasetError, and CalibrationError where there
    is too little to go by.
    """
    _require_rate(target)
    raw = replace(settings, calibration=False, minimum_confidence=0.0)
    with closing(opener(raw)) as service:
        _require_passages(service, settings)
        questions = _questions(source, settings, service)
        asking = _Judging(service, progress)
        _ask_all(asking, questions)
        profile, build = service.profile, service.index_info().build
    fitted = fit(asking.judged, target, threshold_only=questions.made)
    made_with = {"build": build, "model": profile.model}
    report = _report(questions, asking, settings) | _figures(fitted, target) | made_with
    return CalibrationRun(fitted.calibration, profile, report)


def _report(questions: _Questions, asking: _Judging, settings: Settings) -> dict[str, Any]:
    """What was asked, when, and how it was before."""
    return {
        "questions": _counts(questions, asking),
        "forms": dict(sources_of(questions.answerable)) if questions.made else {},
        "before": _shares(uncalibrated(asking.judged, settings.minimum_confidence)),
        "minimum_confidence": settings.minimum_confidence,
        "overruled": settings.sets_minimum_confidence,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
    }


def _ask_all(asking: _Judging, questions: _Questions) -> None:
    asking.ask(questions.answerable, "asking questions on the documents")
    if questions.unanswerable:
        asking.ask(questions.unanswerable, "asking what they do not say")
    asking.ask_swapped(questions.swapped)
    asking.ask_foreign(max(0, 2 * len(questions.answerable) - len(asking.judged)))


def _figures(fitted: Fitted, target: Target) -> dict[str, Any]:
    return {
        "error_rate": target.error_rate,
        "bounded": target.bounded,
        "reached": fitted.reached,
        "threshold": fitted.calibration.threshold,
        "method": fitted.method,
        "map": asdict(fitted.calibration),
        "after": _shares(fitted.seen),
        "after_unseen": _shares(fitted.unseen),
        "choices": [
            {"error_rate": rate, "threshold": threshold, **_shares(found)}
            for rate, threshold, found in fitted.choices
        ],
    }


def _require_passages(service: AnswerService, settings: Settings) -> None:
    if not service.index_info().passages:
        raise CalibrationError(
            f"the index holds no passages; put documents into {settings.corpus_dir} and "
            "run: qa-service build"
        )


def _require_rate(target: Target) -> None:
    if not 0 < target.error_rate < 1:
        raise InputError("error-rate", "give a share above 0 and below 1, such as 0.1")


def _questions(source: Path | None, settings: Settings, service: AnswerService) -> _Questions:
    """Raises CalibrationError where fewer than thirty questions have an answer."""
    with closing(open_folder(current_build(settings.index_dir))) as opened:
        if source is None:
            asked = make_questions(opened, MADE_QUESTIONS)
        else:
            asked = list(_own_questions(source, settings, service))
        answerable = [question for question in asked if question.grades]
        unanswerable = [question for question in asked if not question.grades]
        _require_enough(answerable, source)
        wanted = int(SWAPPED_SHARE * max(0, len(answerable) - len(unanswerable)))
        swapped = swapped_questions(opened, answerable, wanted, SEED)
    return _Questions(answerable, unanswerable, swapped, made=source is None)


def _require_enough(answerable: Sequence[EvaluationQuestion], source: Path | None) -> None:
    if len(answerable) >= FEWEST_QUESTIONS:
        return
    if source is None:
        raise CalibrationError(
            f"the documents give only {len(answerable)} questions, {FEWEST_QUESTIONS} are "
            "needed; build the index with more documents, or give questions of your own"
        )
    raise CalibrationError(
        f"{source} has {len(answerable)} questions with an answer, {FEWEST_QUESTIONS} are needed; "
        "add some, or leave the file out to have questions made of the documents"
    )


def _own_questions(
    source: Path, settings: Settings, service: AnswerService
) -> Sequence[EvaluationQuestion]:
    documents = [service.document(item.id)[1] for item in service.documents()]
    if is_question_file(source):
        return place_questions(source, read_question_file(source), documents).questions
    if source.is_file():
        raise DatasetError(f"{source} is neither a folder nor a .csv or .jsonl file of questions")
    dataset = load_dataset(source, settings)
    _require_same_documents(source, dataset.documents, documents)
    return dataset.questions


def _require_same_documents(
    source: Path, expected: Sequence[Document], held: Sequence[Document]
) -> None:
    """A folder's answers are places in its own documents: the index must hold just these."""
    texts = {document.id: document.text for document in held}
    lacking = [document.id for document in expected if texts.get(document.id) != document.text]
    if lacking:
        raise DatasetError(
            f"the index in use lacks {len(lacking)} of the {len(expected)} documents of {source} "
            f"(such as {lacking[0]}); name the set's index with --index, or write a question file"
        )


def _counts(questions: _Questions, asking: _Judging) -> dict[str, int]:
    named = Counter({"made" if questions.made else "own": len(questions.answerable)})
    named["own_unanswerable"] = len(questions.unanswerable)
    named["swapped"] = asking.swapped
    named["foreign"] = len(asking.judged) - named.total()
    return {**named, "foreign_left_out": asking.left_out}


def _shares(outcome: Outcome) -> dict[str, Any]:
    """An outcome's counts, and the shares that they make; None for a share of nothing."""
    return {
        **asdict(outcome),
        "wrong_among_answers": _share(outcome.wrong, outcome.answered),
        "coverage": _share(outcome.answerable_answered, outcome.answerable),
        "false_answers": _share(outcome.unanswerable_answered, outcome.unanswerable),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
