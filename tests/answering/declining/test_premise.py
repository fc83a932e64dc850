"""What a question takes for granted is held against the facts of the documents."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document

from qa_service.nouns.documents import Document, Fact
from qa_service.nouns.questions import Question


def report(town: str, year: str, grade: str) -> Document:
    line = f"Overall grade: {grade}"
    text = f"{line}\n\nThe inn of {town} has many rooms and a garden."
    start = len(line) - len(grade)
    fact = Fact("Overall grade", grade, 0, len(line), start, len(line))
    name = f"{town}-{year}".lower()
    document = make_document(text, name, title=f"Report on the inn of {town}", date=year)
    return replace(document, facts=(fact,))


@pytest.fixture
def ask(service_with):
    towns = ("Millford", "Oxmarsh", "Thornby", "Selwick")
    older = [report(town, "2019", "Poor") for town in towns]
    newer = [report(town, "2023", "Good") for town in towns]
    service = service_with(*older, *newer, minimum_confidence=0.99)
    return lambda text: service.ask(Question(text))


def test_a_fact_that_denies_the_premise_is_cited_apart(ask) -> None:
    answer = ask("Why was the inn of Millford judged poor in 2023?")
    assert (answer.answered, answer.citations) == (False, ())
    assert answer.contradicted_by.quote == "Overall grade: Good"
    assert answer.contradicted_by.document.id == "millford-2023"
    assert answer.hint.startswith("The documents say otherwise: “Overall grade: Good”")


@pytest.mark.parametrize(
    "text",
    [
        "Why was the inn of Millford judged poor in 2019?",
        "Why was the inn of Millford judged poor?",
        "Why has the inn of Millford a garden?",
        "Was the inn of Millford judged poor in 2023?",
    ],
)
def test_what_the_documents_say_or_do_not_deny_is_not_contradicted(ask, text) -> None:
    assert ask(text).contradicted_by is None
