"""A comparison begins with what its documents state, and says where nothing is close enough."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document

from qa_service.nouns.documents import Document, Fact
from qa_service.nouns.questions import Question

PROSE = "The ovens of the bakery were {0} in the year of the visit, and the flour was fresh."


def bakery(year: str, grade: str, ovens: str) -> Document:
    line = f"Overall grade: {grade}"
    text = f"{line}\n\n{PROSE.format(ovens)}"
    start = len(line) - len(grade)
    fact = Fact("Overall grade", grade, 0, len(line), start, len(line))
    title = "Visit report on the bakery of Millford"
    document = make_document(text, f"millford-{year}", title=title, date=year)
    return replace(document, facts=(fact,))


@pytest.fixture
def ask(service_with):
    service = service_with(
        bakery("2016", "Poor", "cold"),
        bakery("2019", "Fair", "warm"),
        bakery("2023", "Good", "hot"),
        make_document("Oxmarsh has a port.", "port", title="Report on Oxmarsh", date="2020"),
        make_document("Thornby has a mill.", "mill", title="Report on Thornby", date="2021"),
        make_document("Selwick has a well.", "well", title="Report on Selwick", date="2018"),
        make_document("Dunmere has a lake.", "lake", title="Report on Dunmere", date="2017"),
        minimum_confidence=0.1,
    )
    return lambda text, **members: service.ask(Question(text, **members))


def table(answer) -> list[tuple[str, str]]:
    return [(row.document.date, row.cells[0].value) for row in answer.facts.rows]


@pytest.mark.parametrize(
    "text",
    ["Did Millford improve between 2016 and 2023?", "Has Millford got better since 2016?"],
)
def test_whether_something_improved_begins_with_the_grades(ask, text) -> None:
    answer = ask(text)
    assert answer.kind == "comparison"
    assert table(answer) == [("2016", "Poor"), ("2019", "Fair"), ("2023", "Good")]
    assert [item.quote for item in answer.citations[:3]] == [
        "Overall grade: Poor",
        "Overall grade: Fair",
        "Overall grade: Good",
    ]


def test_what_changed_after_a_year_is_held_against_that_year(ask) -> None:
    assert table(ask("Did Millford get better after 2019?")) == [("2019", "Fair"), ("2023", "Good")]


def test_a_comparison_of_something_else_has_no_grades(ask) -> None:
    answer = ask("How have the ovens of Millford changed?", compare=True)
    assert answer.facts is None
    assert [entry.document.date for entry in answer.timeline] == ["2016", "2019", "2023"]


def test_a_document_with_nothing_close_enough_has_its_nearest_passage(ask) -> None:
    answer = ask("Compare the ovens of Millford and Oxmarsh", compare=True)
    without = {entry.document.id: entry for entry in answer.timeline if entry.citation is None}
    assert without["port"].nearest.passage.text == "Oxmarsh has a port."
