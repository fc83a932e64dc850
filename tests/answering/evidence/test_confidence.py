"""Confidence: between 0 and 1, and more with every sign that a place answers."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise

import pytest
from fakes import make_hit, make_passage

from qa_service.answering.evidence.candidates import Evidence, Judgement
from qa_service.answering.evidence.confidence import (
    WITH_READER,
    ConfidenceWeights,
    confidence,
    confidence_signals,
)

STEPS = [step / 10 for step in range(11)]
SURE, UNSURE = Judgement(0.9, 0.9, 0.05), Judgement(0.02, 0.1, 0.95)


def certain(cosine: float, fit: float, judged: Judgement | None = None, **others: float) -> float:
    hit = make_hit(make_passage("Text."))
    return confidence(Evidence(hit, 0, 5, 1.0, cosine, fit, judged=judged, **others))


@pytest.mark.parametrize("judged", [None, SURE, UNSURE])
def test_it_lies_between_0_and_1(judged: Judgement | None) -> None:
    values = [certain(cosine, fit, judged) for cosine in (-1, 0, 1) for fit in (0, 2)]
    assert all(0 < value < 1 for value in values)


def test_without_a_reader_it_rises_with_the_cosine_and_with_the_fit() -> None:
    assert all(low < high for low, high in pairwise(certain(step, 1) for step in STEPS))
    assert all(low < high for low, high in pairwise(certain(1, step) for step in STEPS))


def test_it_rises_with_what_the_reader_makes_of_the_passages() -> None:
    by_none = [certain(0.5, 1, Judgement(0.05, 0.5, 1 - step)) for step in STEPS[1:-1]]
    assert all(low < high for low, high in pairwise(by_none))
    assert certain(0.5, 1, UNSURE) < certain(0.5, 1, SURE)


def test_a_reader_that_is_sure_beyond_bounds_counts_as_one_within() -> None:
    sure, surer = Judgement(1.0, 1.0, 1e-4), Judgement(1.0, 1.0, 0.0)
    assert certain(0.5, 1, sure) == pytest.approx(certain(0.5, 1, surer), abs=1e-4)


def test_a_name_that_the_passage_lacks_takes_off() -> None:
    for judged in (None, SURE):
        assert certain(0.5, 1, judged, names_lacking=1.0) < certain(0.5, 1, judged)
        assert certain(0.5, 1, judged, foreign=True) < certain(0.5, 1, judged)


def test_every_weight_has_its_signal() -> None:
    hit = make_hit(make_passage("Text."))
    signals = confidence_signals(Evidence(hit, 0, 5, 1.0, 0.5, 0.5, judged=SURE))
    assert signals.keys() == {field.name for field in fields(ConfidenceWeights)}
    assert all(isinstance(value, float) for value in vars_of(WITH_READER))


def vars_of(weights: ConfidenceWeights) -> list[float]:
    return [getattr(weights, field.name) for field in fields(weights)]
