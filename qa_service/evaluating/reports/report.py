"""Results of one run -> its figures, as the plain object that is printed and stored."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from qa_service.evaluating.measures.abstention import auroc, false_answers_at
from qa_service.evaluating.measures.auroc_intervals import auroc_interval
from qa_service.evaluating.measures.intervals import Figure, mean_figures
from qa_service.evaluating.measures.ranking_measures import LEVELS, MEASURES
from qa_service.evaluating.measures.reliability import (
    ReliabilityBin,
    calibration_error,
    reliability_table,
)
from qa_service.evaluating.reports.comparison import AREA_FIGURES, compare_results
from qa_service.evaluating.results import QuestionResult

QUOTE_FIGURES = (
    "first_quote_right",
    "span_overlaps_first_quote",
    "quote_f1",
    "quote_exact_match",
    "words_marked",
    "words_f1",
    "words_exact_match",
    "marked_words_f1",
    "marked_words_exact_match",
)
FIRST_FIGURES = (*MEASURES, "answered", "false_answers", "span_in_first_quote")
PLACE_FIGURES = tuple(prefix + name for prefix in LEVELS.values() if prefix for name in MEASURES)
MEAN_FIGURES = (*FIRST_FIGURES, *PLACE_FIGURES, *QUOTE_FIGURES, "foreign_answered")
"""Every figure that is a mean over questions. A set has those that its questions allow."""


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """What was measured: the set's name and size, and how its questions were asked.

    `history` is with, without or both; `set_questions` how many the set has, of which a
    sample may have been asked; `foreign_set` the name of the set of foreign questions.
    """

    name: str
    documents: int
    passages: int
    set_questions: int
    history: str
    foreign_set: str | None


def report_of(
    measured: MeasuredSet,
    results: Sequence[QuestionResult],
    with_history: Sequence[QuestionResult] = (),
) -> dict[str, Any]:
    """The figures of a run. A figure for which the set has no questions is None.

    `with_history` are the follow-up questions asked once more, with what was said before.
    """
    means = mean_figures([result.scores for result in results]) | _areas(results)
    own = [result for result in results if result.kind != "foreign"]
    return {
        "dataset": measured.name,
        "documents": measured.documents,
        "passages": measured.passages,
        "questions": sum(result.kind == "answerable" for result in own),
        "unanswerable": sum(result.kind == "unanswerable" for result in own),
        **_values(means, FIRST_FIGURES),
        "quotes": sum(result.quotes for result in own),
        "misplaced_quotes": sum(result.misplaced_quotes for result in results),
        **_times([result.took_ms for result in results]),
        "set_questions": measured.set_questions,
        "history": measured.history,
        **_values(means, PLACE_FIGURES + QUOTE_FIGURES),
        **_values(means, ("auroc_unanswerable",)),
        **_false_answers(results),
        "foreign_set": measured.foreign_set,
        "foreign_questions": sum(result.kind == "foreign" for result in results),
        **_values(means, ("auroc_foreign", "foreign_answered")),
        **_reliability(own),
        "stages": _stages(results),
        "intervals": {name: [means[name].low, means[name].high] for name in _known(means)},
        "figure_questions": {name: means[name].questions for name in _known(means)},
        "follow_ups": _follow_ups(results, with_history),
    }


def _known(means: dict[str, Figure]) -> list[str]:
    return [name for name in (*MEAN_FIGURES, *AREA_FIGURES) if name in means]


def _values(means: dict[str, Figure], names: Sequence[str]) -> dict[str, float | None]:
    return {name: means[name].value if name in means else None for name in names}


def _times(times: Sequence[float]) -> dict[str, float]:
    """Milliseconds of a whole answer, model included."""
    return {
        "median_ms": statistics.median(times),
        "percentile_95_ms": sorted(times)[math.ceil(0.95 * len(times)) - 1],
    }


def _stages(results: Sequence[QuestionResult]) -> dict[str, dict[str, float]]:
    """Times by stage, over the questions that went through it."""
    names = dict.fromkeys(name for result in results for name in result.stages)
    return {
        name: _times([result.stages[name] for result in results if name in result.stages])
        for name in names
    }


def _confidences(results: Sequence[QuestionResult], kind: str) -> list[float]:
    return [result.confidence for result in results if result.kind == kind]


def _areas(results: Sequence[QuestionResult]) -> dict[str, Figure]:
    """AUROC of the answerable questions against each other kind that was asked."""
    known, found = _confidences(results, "answerable"), {}
    for name, kind in AREA_FIGURES.items():
        others = _confidences(results, kind)
        area, enough = auroc(known, others), min(len(known), len(others)) > 1
        low, high = auroc_interval(known, others) if enough else (None, None)
        if area is not None:
            found[name] = Figure(area, len(known) + len(others), low, high)
    return found


def _false_answers(results: Sequence[QuestionResult]) -> dict[str, float | None]:
    known, unknown = _confidences(results, "answerable"), _confidences(results, "unanswerable")
    return {
        "false_answers_at_80_percent": false_answers_at(0.8, known, unknown),
        "false_answers_at_90_percent": false_answers_at(0.9, known, unknown),
    }


def _reliability(own: Sequence[QuestionResult]) -> dict[str, Any]:
    """Of answers given, and of all questions with what was withheld judged as if given."""
    given, every = _table([result for result in own if result.answered]), _table(own)
    return {
        "calibration_error_answered": calibration_error(given),
        "calibration_error_all": calibration_error(every),
        "reliability": {
            "answered": [asdict(item) for item in given],
            "all": [asdict(item) for item in every],
        },
    }


def _table(results: Sequence[QuestionResult]) -> tuple[ReliabilityBin, ...]:
    return reliability_table(
        [result.confidence for result in results], [result.right for result in results]
    )


def _follow_ups(
    results: Sequence[QuestionResult], with_history: Sequence[QuestionResult]
) -> dict[str, Any] | None:
    """The same questions without and with their history; None where that was not asked."""
    if not with_history:
        return None
    compared = compare_results(results, with_history)
    return {
        "questions": len(with_history),
        "without_history": {item.name: item.first for item in compared},
        "with_history": {item.name: item.second for item in compared},
        "differences": [asdict(item) for item in compared],
    }
