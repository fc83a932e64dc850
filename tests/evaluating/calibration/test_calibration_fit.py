"""The map and the threshold, on simulated questions whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from qa_service.errors import CalibrationError
from qa_service.evaluating.calibration.calibration_fit import (
    Judged,
    Target,
    choose_threshold,
    fit,
    fit_isotonic,
    fit_platt,
    uncalibrated,
    upper_bound,
)


def simulated(count: int, intercept: float, slope: float, seed: int = 0):
    """Log odds of raw confidence are normal; those of being right are a line of them."""
    chance = np.random.default_rng(seed)
    odds = chance.normal(0, 2, count)
    right = chance.random(count) < 1 / (1 + np.exp(-(intercept + slope * odds)))
    return 1 / (1 + np.exp(-odds)), right


def judged(confidences, right) -> list[Judged]:
    """Every third question, if it went wrong, had no answer."""
    return [
        Judged(float(sure), bool(hit), bool(hit) or bool(at % 3), f"q{at}")
        for at, (sure, hit) in enumerate(zip(confidences, right, strict=True))
    ]


def test_platts_line_recovers_the_one_that_made_the_questions() -> None:
    found = fit_platt(*simulated(20_000, -0.7, 1.4))
    assert (found.intercept, found.slope) == pytest.approx((-0.7, 1.4), abs=0.06)


def test_isotonic_steps_come_near_the_curve_that_made_the_questions() -> None:
    found = fit_isotonic(*simulated(20_000, 1.0, 0.5))
    for odds in (-2.0, 0.0, 2.0):
        truth = 1 / (1 + np.exp(-(1.0 + 0.5 * odds)))
        assert found.apply(1 / (1 + np.exp(-odds))) == pytest.approx(truth, abs=0.05)


def test_confidence_is_truer_after_than_before_on_questions_it_has_not_seen() -> None:
    questions = judged(*simulated(400, -1.5, 0.6))
    fitted = fit(questions, Target(0.3))
    before = uncalibrated(questions, 0.5)
    assert fitted.method == "platt"
    assert fitted.unseen.calibration_error < before.calibration_error / 2


def test_the_threshold_alone_can_be_chosen_and_keeps_to_the_error_rate() -> None:
    fitted = fit(judged(*simulated(600, 0.2, 1.5)), Target(0.15), threshold_only=True)
    assert fitted.method == "unchanged"
    assert fitted.calibration.apply(0.3) == pytest.approx(0.3)
    assert fitted.seen.wrong / fitted.seen.answered <= 0.15


def test_isotonic_regression_is_taken_where_no_line_fits() -> None:
    chance = np.random.default_rng(3)
    confidences = chance.random(3000)
    right = chance.random(3000) < np.where(confidences < 0.4, 0.05, 0.6)
    assert fit(judged(confidences, right), Target()).method == "isotonic"


@pytest.mark.parametrize("bounded", [False, True])
def test_the_threshold_keeps_to_the_error_rate(bounded) -> None:
    questions = judged(*simulated(450, 0.2, 1.5, seed=4))
    fitted = fit(questions, Target(0.15, bounded))
    found = fitted.seen
    assert fitted.reached
    assert found.wrong / found.answered <= 0.15
    shown = [fitted.calibration.apply(item.confidence) for item in questions]
    given = [value >= fitted.calibration.threshold for value in shown]
    assert (sum(given), found.answerable + found.unanswerable) == (found.answered, 450)


def test_the_bound_asks_for_a_higher_threshold() -> None:
    questions = judged(*simulated(450, 0.2, 1.5, seed=4))
    plain, bounded = (fit(questions, Target(0.15, bound)) for bound in (False, True))
    assert bounded.calibration.threshold > plain.calibration.threshold
    assert bounded.seen.answered < plain.seen.answered


def test_the_lowest_threshold_that_keeps_to_the_rate_is_chosen() -> None:
    shown = np.linspace(1, 0.01, 100)
    right = np.ones(100, bool)
    right[[20, 40, *range(60, 100)]] = False
    threshold, reached = choose_threshold(shown, right, Target(0.05))
    given = shown >= threshold
    assert reached
    assert (given.sum(), (given & ~right).sum()) == (61, 3)


def test_equal_confidences_are_answered_together() -> None:
    shown = np.array([0.9] * 20 + [0.5] * 20)
    right = np.array([True] * 30 + [False] * 10)
    assert choose_threshold(shown, right, Target(0.1)) == (0.9, True)
    assert choose_threshold(shown, right, Target(0.25)) == (0.5, True)


def test_where_the_rate_cannot_be_reached_the_best_is_given() -> None:
    shown = np.repeat([0.9, 0.5], 20)
    right = np.tile([True, False], 20)
    right[0:16] = True
    assert choose_threshold(shown, right, Target(0.05)) == (0.9, False)


def test_a_lucky_few_do_not_make_a_threshold() -> None:
    shown = np.linspace(1, 0.01, 100)
    right = np.arange(100) < 12
    threshold, reached = choose_threshold(shown, right, Target(0.05))
    assert (bool((shown >= threshold).sum() < 30), reached) == (True, False)


@pytest.mark.parametrize(("wrong", "given"), [(0, 20), (3, 50), (7, 7)])
def test_the_bound_is_clopper_and_pearsons(wrong, given) -> None:
    expected = binomtest(wrong, given, alternative="less").proportion_ci(0.95).high
    assert upper_bound(np.array([wrong]), np.array([given]))[0] == pytest.approx(expected)


def test_the_figures_count_what_was_answered() -> None:
    questions = [
        Judged(0.9, True, True, "a"),
        Judged(0.8, False, True, "b"),
        Judged(0.7, False, False, "c"),
        Judged(0.2, True, True, "d"),
    ]
    found = uncalibrated(questions, 0.5)
    assert (found.answered, found.wrong) == (3, 2)
    assert (found.answerable, found.answerable_answered) == (3, 2)
    assert (found.unanswerable, found.unanswerable_answered) == (1, 1)


@pytest.mark.parametrize("always", [True, False])
def test_where_all_went_the_same_way_there_is_nothing_to_fit(always) -> None:
    confidences, _ = simulated(60, 0, 1)
    with pytest.raises(CalibrationError, match="only 0 of 60 answers were"):
        fit(judged(confidences, [always] * 60), Target())


def test_confidence_that_falls_with_what_is_right_cannot_be_calibrated() -> None:
    with pytest.raises(CalibrationError, match="no higher where the answer is right"):
        fit(judged(*simulated(200, 0, -1.5)), Target())
