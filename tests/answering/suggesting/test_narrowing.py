"""A question that was answered is asked again of a place or a year that was cited."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.answering.suggesting import narrowing
from qa_service.nouns.questions import Question

SAID = "The quay walls in {0} are old, and lamps in {0} hang on quay walls since {1}."


def report(town: str, year: str):
    name = f"{town}-{year}"
    return make_document(SAID.format(town, year), name, title=f"Survey of {town}", date=year)


@pytest.fixture
def suggested(service_with, monkeypatch):
    monkeypatch.setattr(narrowing, "SURE", 0.0)
    towns = (("Ashby", "2019"), ("Carrow", "2016"), ("Carrow", "2023"), ("Dunmere", "2020"))
    service = service_with(*(report(*town) for town in towns), minimum_confidence=0.1)
    return lambda text: service.ask(Question(text)).suggestions


def test_a_question_without_a_place_is_asked_of_those_that_were_cited(suggested):
    asked = suggested("Are the quay walls old?")
    assert asked
    assert {*asked} <= {f"Are the quay walls old in {it}?" for it in ("Ashby", "Carrow", "Dunmere")}


def test_a_question_on_a_place_is_asked_of_a_year(suggested):
    asked = suggested("Are the quay walls old in Carrow?")
    assert asked
    assert {*asked} <= {f"Are the quay walls old in Carrow in {it}?" for it in ("2016", "2023")}


@pytest.mark.parametrize(
    "text",
    [
        "Are the quay walls old in Ashby?",
        "Are the quay walls old in Carrow in 2016?",
        "Tell me about old quay walls",
    ],
)
def test_what_is_limited_already_or_is_no_question_is_not_narrowed(suggested, text):
    assert suggested(text) == ()


def test_what_may_be_no_answer_is_not_narrowed(suggested, monkeypatch):
    monkeypatch.setattr(narrowing, "SURE", 1.1)
    assert suggested("Are the quay walls old?") == ()
