"""Confidence: between 0 and 1, and more with every sign that a quote fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fakes import make_hit, make_passage

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import confidence

STEPS = [step / 10 for step in range(11)]


def certain(cosine: float, fit: float, relevance: float | None = None) -> float:
    hit = make_hit(make_passage("Text."))
    return confidence(Evidence(hit, 0, 5, 1.0, cosine, fit, relevance=relevance))


READERS = (None, -2.0, 0.0, 2.0)


@pytest.mark.parametrize("relevance", READERS)
def test_it_lies_between_0_and_1(relevance: float | None) -> None:
    values = [certain(cosine, fit, relevance) for cosine in (-1, 0, 1) for fit in (0, 2)]
    assert all(0 < value < 1 for value in values)


@pytest.mark.parametrize("relevance", READERS)
@pytest.mark.parametrize("other", [0.0, 0.5, 1.0])
def test_it_rises_with_the_cosine_and_with_the_fit(other: float, relevance: float | None) -> None:
    by_cosine = [certain(step, other, relevance) for step in STEPS]
    by_fit = [certain(other, step, relevance) for step in STEPS]
    assert all(low < high for low, high in pairwise(by_cosine))
    assert all(low < high for low, high in pairwise(by_fit))


def test_it_rises_with_what_the_reader_makes_of_the_place() -> None:
    assert certain(0.5, 1, -2) < certain(0.5, 1, 0) < certain(0.5, 1, 2)


@pytest.mark.parametrize(("no", "yes"), [(None, None), (-3, 3)])
def test_a_perfect_fit_is_likely_and_no_fit_is_not(no: float | None, yes: float | None) -> None:
    assert certain(0, 0, no) < 0.1
    assert certain(1, 2, yes) > 0.7


def test_it_is_higher_where_the_question_names_the_documents() -> None:
    hit = make_hit(make_passage("Text."))
    plain, settled = (Evidence(hit, 0, 5, 1.0, 0.5, 0.5, settled=state) for state in (False, True))
    assert confidence(plain) < confidence(settled)
