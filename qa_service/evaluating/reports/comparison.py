"""Two runs of one set, question by question: is the second better than the first?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import permutation_test

from qa_service.errors import DatasetError
from qa_service.evaluating.measures.abstention import auroc
from qa_service.evaluating.measures.auroc_intervals import (
    PERMUTATIONS,
    auroc_difference_interval,
    auroc_p_value,
)
from qa_service.evaluating.measures.figure_labels import LABELS, label_of
from qa_service.evaluating.measures.intervals import SEED, mean_intervals
from qa_service.evaluating.results import QuestionResult
from qa_service.evaluating.stored_run import EvaluationRun

SIGNIFICANT = 0.05
AREA_FIGURES = {"auroc_unanswerable": "unanswerable", "auroc_foreign": "foreign"}
"""AUROC by the kind of question that the answerable ones are told from."""
LOWER_IS_BETTER = frozenset({"false_answers", "foreign_answered"})


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """One figure of two runs over the questions that have it in both.

    `low` and `high` are the 95 % paired bootstrap interval of `difference`, second minus
    first (None for a single question); `p_value` is of a paired randomisation test.
    `first` and `second` are means or, where the name says so, areas under the ROC curve.
    """

    name: str
    questions: int
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    p_value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs A and B of one set, by the questions that both asked."""

    dataset: str
    questions: int
    only_first: int
    only_second: int
    median_ms: tuple[float, float]
    figures: tuple[FigureComparison, ...]


def compare_runs(first: EvaluationRun, second: EvaluationRun) -> Comparison:
    """Raises DatasetError where the runs are of different sets or share no question."""
    names = [str(run.report["dataset"]) for run in (first, second)]
    if names[0] != names[1]:
        raise DatasetError(
            f"the runs are of different sets, {names[0]!r} and {names[1]!r}; "
            "compare two runs of one set"
        )
    keys = [{_key(result) for result in run.results} for run in (first, second)]
    if not keys[0] & keys[1]:
        raise DatasetError(
            f"the runs of {names[0]!r} share no question; ask the same ones, with the same --limit"
        )
    return Comparison(
        dataset=names[0],
        questions=len(keys[0] & keys[1]),
        only_first=len(keys[0] - keys[1]),
        only_second=len(keys[1] - keys[0]),
        median_ms=(first.report["median_ms"], second.report["median_ms"]),
        figures=tuple(compare_results(first.results, second.results)),
    )


def compare_results(
    first: Sequence[QuestionResult], second: Sequence[QuestionResult]
) -> list[FigureComparison]:
    """Every figure that at least one question has in both."""
    others = {_key(result): result for result in second}
    pairs: dict[str, list[tuple[float, float]]] = {}
    for result in first:
        other = others.get(_key(result))
        for name in result.scores if other else ():
            if other and name in other.scores:
                pairs.setdefault(name, []).append((result.scores[name], other.scores[name]))
    found = [_compared(name, np.array(values)) for name, values in pairs.items()]
    common = [(result, others[_key(result)]) for result in first if _key(result) in others]
    areas = [_compared_area(name, kind, common) for name, kind in AREA_FIGURES.items()]
    return sorted([*found, *filter(None, areas)], key=lambda figure: _order(figure.name))


def verdict(figure: FigureComparison) -> str:
    """What a comparison of one figure shows, as a sentence."""
    chance = f"p = {figure.p_value:.3f}" if figure.p_value >= 0.001 else "p < 0.001"
    if figure.p_value >= SIGNIFICANT:
        return f"No difference shown on {label_of(figure.name)} ({chance})."
    winner, loser = ("B", "A") if is_better(figure) else ("A", "B")
    return f"{winner} is better than {loser} on {label_of(figure.name)} ({chance})."


def verdicts(figures: Sequence[FigureComparison]) -> list[str]:
    """A sentence for each difference that is shown, and one for all other figures."""
    shown = [verdict(figure) for figure in figures if figure.p_value < SIGNIFICANT]
    others = [label_of(figure.name) for figure in figures if figure.p_value >= SIGNIFICANT]
    return [*shown, *([f"No difference shown on {', '.join(others)}."] if others else [])]


def is_better(figure: FigureComparison) -> bool:
    """Whether the second run's mean is the better one."""
    return (figure.difference > 0) != (figure.name in LOWER_IS_BETTER)


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """A comparison as JSON, each figure with its sentence."""
    figures = [asdict(figure) | {"verdict": verdict(figure)} for figure in comparison.figures]
    return asdict(comparison) | {"figures": figures}


def _order(name: str) -> tuple[int, str]:
    """Figures stand as in a report; one that it does not know comes last."""
    return (list(LABELS).index(name) if name in LABELS else len(LABELS)), name


def _key(result: QuestionResult) -> tuple[str, str, str]:
    return result.id, result.text, result.kind


def _compared(name: str, pairs: NDArray[np.float64]) -> FigureComparison:
    """`pairs` holds a row of two values for each question."""
    differences = pairs[:, 1] - pairs[:, 0]
    first, second = pairs.mean(axis=0)
    low, high = mean_intervals(differences[None]) if len(pairs) > 1 else ([None], [None])
    return FigureComparison(
        name=name,
        questions=len(pairs),
        first=float(first),
        second=float(second),
        difference=float(differences.mean()),
        low=None if low[0] is None else float(low[0]),
        high=None if high[0] is None else float(high[0]),
        p_value=paired_p_value(differences),
    )


def _compared_area(
    name: str, kind: str, pairs: Sequence[tuple[QuestionResult, QuestionResult]]
) -> FigureComparison | None:
    """AUROC of both runs; None where there are not two questions of either kind."""
    known, others = (
        [pair for pair in pairs if pair[0].kind == wanted] for wanted in ("answerable", kind)
    )
    if min(len(known), len(others)) < 2:
        return None
    runs = [
        ([pair[at].confidence for pair in known], [pair[at].confidence for pair in others])
        for at in (0, 1)
    ]
    first, second = (auroc(*run) or 0.0 for run in runs)
    low, high = auroc_difference_interval(*runs)
    return FigureComparison(
        name=name,
        questions=len(known) + len(others),
        first=first,
        second=second,
        difference=second - first,
        low=low,
        high=high,
        p_value=auroc_p_value(*runs),
    )


def paired_p_value(differences: NDArray[np.float64]) -> float:
    """Two-sided paired randomisation test of the mean difference (Fisher 1935; for ranking
    figures Smucker et al. 2007): how often random signs make it as large.

    Questions without a difference cannot change the sum and are left out of the draws.
    """
    moved = differences[differences != 0]
    if len(moved) < 2:  # either sign of a single one is as large
        return 1.0
    tested = permutation_test(
        (moved,),
        np.sum,
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=1_000,
        rng=np.random.default_rng(SEED),
    )
    return float(tested.pvalue)
