"""Declining, reliability and intervals, against figures computed by hand."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.stats import bootstrap

from qa_service.evaluating.measures.abstention import auroc, false_answers_at, risk_by_coverage
from qa_service.evaluating.measures.auroc_intervals import auroc_interval
from qa_service.evaluating.measures.intervals import RESAMPLES, SEED, mean_figures
from qa_service.evaluating.measures.reliability import calibration_error, reliability_table


def test_auroc_is_the_share_of_pairs_in_order_with_ties_as_half() -> None:
    assert auroc([0.9, 0.5], [0.5, 0.1]) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert auroc([0.9], []) is None
    assert auroc([], [0.9]) is None


@pytest.mark.parametrize(("coverage", "share"), [(0.8, 1 / 4), (0.9, 2 / 4), (1.0, 3 / 4)])
def test_false_answers_are_counted_where_enough_of_the_answerable_pass(coverage, share) -> None:
    answerable = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.2]
    assert false_answers_at(coverage, answerable, [0.65, 0.5, 0.3, 0.1]) == share


def test_without_either_kind_there_are_no_false_answers() -> None:
    assert false_answers_at(0.8, [], [0.5]) is None
    assert false_answers_at(0.8, [0.5], []) is None


def test_risk_grows_with_coverage_and_equal_confidences_are_one_step() -> None:
    steps = risk_by_coverage([0.5, 0.9, 0.5, 0.1], [True, True, False, False])
    assert steps == [(0.25, 0), (0.75, pytest.approx(1 / 3)), (1, 0.5)]
    assert risk_by_coverage([], []) == []


def test_the_reliability_table_has_ten_bins_and_the_last_holds_one() -> None:
    table = reliability_table([0.05, 0.62, 0.68, 1.0], [False, True, False, True])
    assert [item.count for item in table] == [1, 0, 0, 0, 0, 0, 2, 0, 0, 1]
    assert (table[6].confidence, table[6].right) == (pytest.approx(0.65), 0.5)
    assert (table[1].confidence, table[1].right) == (None, None)
    assert (table[9].confidence, table[9].right, table[9].high) == (1, 1, 1)


def test_the_calibration_error_weighs_gaps_by_count() -> None:
    table = reliability_table([0.05, 0.62, 0.68, 1.0], [False, True, False, True])
    assert calibration_error(table) == pytest.approx((1 * 0.05 + 2 * 0.15 + 0) / 4)
    assert calibration_error(reliability_table([], [])) is None


def test_a_figure_is_the_mean_over_the_questions_that_have_it() -> None:
    figures = mean_figures([{"a": 1.0, "b": 0.25}, {"a": 0.0}, {"a": 0.5, "b": 0.75}])
    assert (figures["a"].value, figures["a"].questions) == (0.5, 3)
    assert (figures["b"].value, figures["b"].questions) == (0.5, 2)


def test_intervals_are_those_of_the_plain_bootstrap() -> None:
    values = np.random.default_rng(5).random((2, 80))
    rows = [{"a": float(a), "b": float(b)} for a, b in values.T]
    figures = mean_figures(rows)
    for name, row in zip("ab", values, strict=True):
        rng = np.random.default_rng(SEED)
        plain = bootstrap((row,), np.mean, n_resamples=RESAMPLES, method="percentile", rng=rng)
        assert figures[name].low == pytest.approx(plain.confidence_interval.low)
        assert figures[name].high == pytest.approx(plain.confidence_interval.high)


def test_intervals_of_areas_are_those_of_the_plain_bootstrap() -> None:
    rng = np.random.default_rng(5)
    known, others = (rng.random(40) + 0.2).round(1), rng.random(30).round(1)

    def area(first, second, axis):
        """The share of pairs in which the first is more, ties as halves: for all at once."""
        more = np.sign(first[..., :, None] - second[..., None, :])
        return (more.mean(axis=(axis - 1, axis)) + 1) / 2

    plain = bootstrap(
        (known, others),
        area,
        vectorized=True,
        paired=False,
        n_resamples=RESAMPLES,
        batch=250,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    assert auroc_interval(list(known), list(others)) == pytest.approx((plain.low, plain.high))


def test_one_question_has_no_interval() -> None:
    assert (mean_figures([{"a": 1.0}])["a"].low, mean_figures([])) == (None, {})


def test_intervals_of_six_thousand_questions_take_less_than_two_seconds() -> None:
    values = np.random.default_rng(5).random((6_000, 25))
    rows = [{str(name): float(value) for name, value in enumerate(row)} for row in values]
    started = time.process_time()
    mean_figures(rows)
    assert time.process_time() - started < 2
