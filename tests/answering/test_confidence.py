"""Confidence: between 0 and 1, and more with every sign that a quote fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fakes import make_hit, make_passage

from qa_service.answering.confidence import confidence
from qa_service.answering.evidence import Evidence

STEPS = [step / 10 for step in range(11)]


def certain(cosine: float, coverage: float) -> float:
    hit = make_hit(make_passage("Text."))
    return confidence(Evidence(hit, 0, 5, score=1.0, cosine=cosine, coverage=coverage))


def test_it_lies_between_0_and_1() -> None:
    values = [certain(cosine, coverage) for cosine in (-1, 0, 1) for coverage in (0, 1)]
    assert all(0 < value < 1 for value in values)


@pytest.mark.parametrize("other", [0.0, 0.5, 1.0])
def test_it_rises_with_the_cosine_and_with_the_coverage(other: float) -> None:
    by_cosine = [certain(step, other) for step in STEPS]
    by_coverage = [certain(other, step) for step in STEPS]
    assert all(low < high for low, high in pairwise(by_cosine))
    assert all(low < high for low, high in pairwise(by_coverage))


def test_a_perfect_fit_is_likely_and_no_fit_is_not() -> None:
    assert certain(0, 0) < 0.1
    assert certain(1, 1) > 0.9
