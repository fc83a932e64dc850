"""Confidences and what was right -> the map and the threshold, and how well both hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from qa_service.answering.evidence.confidence import Calibration, log_odds
from qa_service.errors import CalibrationError
from qa_service.evaluating.measures.reliability import calibration_error, reliability_table

FOLDS = 10
SEED = 1999
FEWEST_FOR_ISOTONIC = 500
FEWEST_OF_A_KIND = 5
"""Without so many right ones, and so many wrong ones, there is nothing to fit."""
FEWEST_ANSWERS = 20
"""The share of wrong ones among fewer answers says nothing about a threshold."""
OTHER_RATES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
"""Error rates for which the threshold is told too, to choose among."""
BOUND = 0.95
MOST_CERTAIN = 1e-3
"""Log loss is reckoned as if no share were nearer than this to 0 or 1."""

Values = NDArray[np.float64]
Fit = Callable[[Values, NDArray[np.bool_]], Calibration]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question that was asked: its raw confidence and whether the first quote is right.

    `source` is shared by questions made of one another, which are never in different folds.
    """

    confidence: float
    right: bool
    answerable: bool
    source: str


@dataclass(frozen=True, slots=True)
class Target:
    """The share of wrong ones that is accepted among the answers given; with `bounded` its
    upper 95 % bound must keep to it too."""

    error_rate: float = 0.1
    bounded: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What deciding by a threshold comes to: counts, and the confidence shown by question."""

    answered: int
    wrong: int
    answerable: int
    answerable_answered: int
    unanswerable: int
    unanswerable_answered: int
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration, which method made it, whether its threshold reaches the target, and
    its outcomes: on the questions it was fitted to, and on ones it had not seen (each tenth
    of them decided by what the other nine say). `choices` are error rates that can be
    reached, each with its threshold and outcome."""

    calibration: Calibration
    method: str
    reached: bool
    seen: Outcome
    unseen: Outcome
    choices: tuple[tuple[float, float, Outcome], ...]


def fit(judged: Sequence[Judged], target: Target, *, threshold_only: bool = False) -> Fitted:
    """The map and threshold for these questions; the threshold alone where that is asked.

    Isotonic regression takes the place of Platt's line where there are 500 questions and its
    log loss on questions that it has not seen is lower by more than a standard error.
    Raises CalibrationError where nearly all are right, or wrong, or confidence does not rise
    with what is right.
    """
    _require_both_kinds(judged)
    methods = ["unchanged"] if threshold_only else ["platt"]
    if len(judged) >= FEWEST_FOR_ISOTONIC and not threshold_only:
        methods.append("isotonic")
    tries = {name: _unseen(_FITS[name], judged, target) for name in methods}
    right = _right(judged)
    method = _better({name: _losses(right, shown) for name, (shown, _) in tries.items()})
    chosen = _FITS[method](_confidences(judged), right)
    shown = _apply(chosen, _confidences(judged))
    threshold, reached = choose_threshold(shown, right, target)
    return Fitted(
        calibration=replace(chosen, threshold=threshold),
        method=method,
        reached=reached,
        seen=outcome(judged, shown, shown >= threshold),
        unseen=outcome(judged, *tries[method]),
        choices=_choices(judged, shown, target),
    )


def _choices(
    judged: Sequence[Judged], shown: Values, target: Target
) -> tuple[tuple[float, float, Outcome], ...]:
    found = []
    for rate in OTHER_RATES:
        threshold, reached = choose_threshold(
            shown, _right(judged), replace(target, error_rate=rate)
        )
        if reached:
            found.append((rate, threshold, outcome(judged, shown, shown >= threshold)))
    return tuple(found)


def fit_platt(confidences: Values, right: NDArray[np.bool_]) -> Calibration:
    """Platt's line on the log odds, with his targets that are a little short of 0 and 1
    (Platt 1999, section 2.2): each question counts for its other kind too, by so much."""
    positive, negative = int(right.sum()), int((~right).sum())
    share = np.where(right, (positive + 1) / (positive + 2), 1 / (negative + 2))
    odds = np.array([[log_odds(value)] for value in confidences])
    model = LogisticRegression(C=np.inf, max_iter=1000).fit(
        np.concatenate([odds, odds]),
        np.repeat([1, 0], len(odds)),
        sample_weight=np.concatenate([share, 1 - share]),
    )
    slope = float(model.coef_[0, 0])
    if slope <= 0:
        raise CalibrationError(
            "confidence is no higher where the answer is right, so that it cannot be "
            "calibrated; give more questions of your own, or see what is wrong with: "
            "qa-service evaluate"
        )
    return Calibration(0.0, float(model.intercept_[0]), slope)


def fit_isotonic(confidences: Values, right: NDArray[np.bool_]) -> Calibration:
    """The rising steps with the least squared error (Zadrozny and Elkan 2002)."""
    model = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(confidences, right)
    pairs = zip(model.X_thresholds_.tolist(), model.y_thresholds_.tolist(), strict=True)
    return Calibration(0.0, points=tuple(pairs))


def keep_unchanged(_: Values, __: NDArray[np.bool_]) -> Calibration:
    """Confidence as it comes with the package."""
    return Calibration(0.0)


_FITS: dict[str, Fit] = {
    "platt": fit_platt,
    "isotonic": fit_isotonic,
    "unchanged": keep_unchanged,
}


def choose_threshold(shown: Values, right: NDArray[np.bool_], target: Target) -> tuple[float, bool]:
    """The lowest of the confidences shown from which the answers keep to the error rate.

    False where none does, and the lowest whose error rate is within one standard error of the
    best (the rule of Breiman et al. 1984). A threshold that fewer than twenty answers pass
    counts only where no more were asked.
    """
    order = np.argsort(-shown, kind="stable")
    sorted_shown = shown[order]
    wrong = np.cumsum((~right[order]).astype(np.int64))
    given = np.arange(1, len(shown) + 1)
    last = np.append(sorted_shown[1:] != sorted_shown[:-1], True)
    places = np.flatnonzero(last & (given >= min(FEWEST_ANSWERS, len(shown))))
    wrong, given, levels = wrong[places], given[places], sorted_shown[places]
    rates = upper_bound(wrong, given) if target.bounded else wrong / given
    keeping = np.flatnonzero(rates <= target.error_rate)
    if len(keeping):
        return float(levels[keeping[-1]]), True
    best = int(np.argmin(rates))
    spread = np.sqrt(rates[best] * (1 - rates[best]) / given[best])
    near = np.flatnonzero(rates <= rates[best] + spread)
    return float(levels[near[-1]]), False


def upper_bound(wrong: NDArray[np.int64], given: NDArray[np.int64]) -> Values:
    """The one-sided upper 95 % bound of the share `wrong` of `given` (Clopper and Pearson
    1934)."""
    spared = np.maximum(given - wrong, 1)
    return np.where(wrong < given, beta.ppf(BOUND, wrong + 1, spared), 1.0)


def outcome(judged: Sequence[Judged], shown: Values, given: NDArray[np.bool_]) -> Outcome:
    """What it comes to if these confidences are shown and the answers marked are given."""
    right = _right(judged)
    answerable = np.array([item.answerable for item in judged], bool)
    table = reliability_table(shown.tolist(), right.tolist())
    return Outcome(
        answered=int(given.sum()),
        wrong=int((given & ~right).sum()),
        answerable=int(answerable.sum()),
        answerable_answered=int((given & answerable).sum()),
        unanswerable=int((~answerable).sum()),
        unanswerable_answered=int((given & ~answerable).sum()),
        calibration_error=calibration_error(table) or 0.0,
    )


def uncalibrated(judged: Sequence[Judged], threshold: float) -> Outcome:
    """The outcome of raw confidence and of this threshold for it."""
    shown = _confidences(judged)
    return outcome(judged, shown, shown >= threshold)


def _unseen(
    fit_map: Fit, judged: Sequence[Judged], target: Target
) -> tuple[Values, NDArray[np.bool_]]:
    """For each question the confidence shown, and whether it is answered, by a map and a
    threshold that were fitted to the other folds."""
    confidences, right = _confidences(judged), _right(judged)
    shown, given = np.zeros(len(judged)), np.zeros(len(judged), bool)
    folds = StratifiedGroupKFold(_folds(right), shuffle=True, random_state=SEED)
    groups = [item.source for item in judged]
    for known, unknown in folds.split(confidences, right, groups):
        calibration = fit_map(confidences[known], right[known])
        known_shown = _apply(calibration, confidences[known])
        threshold, _ = choose_threshold(known_shown, right[known], target)
        shown[unknown] = _apply(calibration, confidences[unknown])
        given[unknown] = shown[unknown] >= threshold
    return shown, given


def _folds(right: NDArray[np.bool_]) -> int:
    return min(FOLDS, int(right.sum()), int((~right).sum()))


def _require_both_kinds(judged: Sequence[Judged]) -> None:
    right = sum(item.right for item in judged)
    for count, kind in ((right, "right"), (len(judged) - right, "wrong")):
        if count < FEWEST_OF_A_KIND:
            raise CalibrationError(
                f"only {count} of {len(judged)} answers were {kind}: there is nothing to tell "
                "apart; give more questions, easy and hard ones and some not in the documents"
            )


def _apply(calibration: Calibration, confidences: Values) -> Values:
    return np.array([calibration.apply(float(value)) for value in confidences])


def _better(losses: dict[str, Values]) -> str:
    """The name of the losses to prefer: the only ones, or Platt's unless clearly higher."""
    if "isotonic" not in losses:
        return next(iter(losses))
    gain = losses["platt"] - losses["isotonic"]
    return "isotonic" if gain.mean() > gain.std() / np.sqrt(len(gain)) else "platt"


def _losses(right: NDArray[np.bool_], shown: Values) -> Values:
    """The log loss of each question."""
    kept = np.clip(shown, MOST_CERTAIN, 1 - MOST_CERTAIN)
    return -np.log(np.where(right, kept, 1 - kept))


def _confidences(judged: Sequence[Judged]) -> Values:
    return np.array([item.confidence for item in judged], float)


def _right(judged: Sequence[Judged]) -> NDArray[np.bool_]:
    return np.array([item.right for item in judged], bool)
