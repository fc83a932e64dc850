"""A question for a fact of one document is answered by the line that states it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document

from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.nouns.documents import Document, Fact
from qa_service.nouns.questions import Filters, Question

LINES = ("Head baker: Ann Rye", "Visited: 3 May 2019", "Ovens: 3")
PROSE = "The bakery was busy and the head of the shop spoke of the flour for a long time. "


def bakery(town: str) -> Document:
    """A report on a bakery with three facts above its prose."""
    text = "\n\n".join([*LINES, f"{PROSE * 4}{town} has one bakery."])
    facts = [_fact(text, line) for line in LINES]
    return replace(make_document(text, town, title=f"Bakery of {town}"), facts=tuple(facts))


def _fact(text: str, line: str) -> Fact:
    label, value = line.split(": ")
    start = text.index(line)
    end = start + len(line)
    date = "2019-05-03" if label == "Visited" else None
    return Fact(label, value, start, end, end - len(value), end, date=date)


@pytest.fixture
def ask(service_with):
    service = service_with(bakery("Millford"), bakery("Oxmarsh"))
    return lambda text: service.ask(Question(text))


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        ("Who was the head baker in Millford?", LINES[0], "Ann Rye"),
        ("When was the bakery of Millford visited?", LINES[1], "3 May 2019"),
        ("How many ovens are there in Oxmarsh?", LINES[2], "3"),
    ],
)
def test_the_line_is_quoted_and_its_value_marked(ask, question, line, value) -> None:
    answer = ask(question)
    (citation,) = answer.citations
    assert citation.quote == line
    first, last = citation.exact
    assert citation.quote[first - citation.start : last - citation.start] == value
    assert citation.document.id in question.replace("?", "").split()


def test_a_question_that_no_document_is_named_in_is_not_answered_by_a_fact(ask) -> None:
    answer = ask("Who was the head baker?")
    assert all(citation.exact is None for citation in answer.citations)


def test_a_question_for_something_else_is_not_answered_by_a_fact(ask) -> None:
    answer = ask("What did the head of the shop in Millford speak of?")
    assert not [citation for citation in answer.citations if citation.quote in LINES]


GRADES = ("Overall crust: Good", "Crumb and flavour: Poor")


def graded_bakery(town: str, year: int, grades: tuple[str, ...] = GRADES) -> Document:
    """A report of a year on a bakery with two grades above its prose."""
    text = "\n\n".join([*grades, f"{PROSE * 4}{town} has one bakery."])
    document = make_document(text, f"{town} {year}", title=f"Bakery of {town} {year}")
    facts = tuple(_fact(text, line) for line in grades)
    return replace(document, facts=facts, date=f"{year}-05-03")


@pytest.fixture
def ask_graded(service_with):
    other = ("Overall crust: Poor", "Crumb and flavour: Good")
    towns = [graded_bakery(town, 2019, other) for town in ("Oxmarsh", "Stowe", "Eastham", "Lynn")]
    service = service_with(
        graded_bakery("Millford", 2019), graded_bakery("Millford", 2022, other), *towns
    )
    return lambda text: service.ask(Question(text))


def test_the_fact_of_the_one_document_of_a_place_and_a_year_answers(ask_graded) -> None:
    (citation,) = ask_graded("Millford 2019: grade for crumb?").citations
    assert citation.quote == GRADES[1]
    assert citation.document.id == "Millford 2019"


def test_a_question_for_reasons_is_not_answered_by_a_fact(ask_graded) -> None:
    answer = ask_graded("Why was the crumb of Millford rated poor in 2019?")
    assert all(citation.exact is None for citation in answer.citations)


def test_words_besides_the_grade_asked_for_are_not_answered_by_it(ask_graded) -> None:
    answer = ask_graded("What grade of wheat goes into the crumb in Millford in 2019?")
    assert all(citation.quote != GRADES[1] for citation in answer.citations)


def test_a_grade_answers_no_question_that_asks_for_none(ask_graded) -> None:
    answer = ask_graded("Crumbs and flavouring in Millford in 2019")
    assert all(citation.exact is None for citation in answer.citations)


@pytest.mark.parametrize(
    "text",
    ["How did Millford do in 2019?", "Millford 2019, how good?", "Millford 2019: the verdict?"],
)
def test_how_it_is_asks_for_the_grade_of_the_whole(ask_graded, text) -> None:
    (citation,) = ask_graded(text).citations
    assert (citation.quote, citation.document.id) == (GRADES[0], "Millford 2019")


def test_a_value_that_only_repeats_the_question_answers_nothing(service_with) -> None:
    heads = "Judgement: Grade"
    town = graded_bakery("Millford", 2019, (heads, "Crumb and flavour: Poor"))
    others = [graded_bakery(name, 2019, GRADES) for name in ("Oxmarsh", "Stowe", "Eastham")]
    answer = service_with(town, *others).ask(Question("Millford 2019: what judgement and grade?"))
    assert all(it.exact is None for it in answer.citations if it.quote == heads)


def test_the_one_document_may_be_that_of_a_filter(service_with) -> None:
    service = service_with(graded_bakery("Millford", 2019), graded_bakery("Oxmarsh", 2019))
    filters = Filters(document_ids=("Millford 2019",))
    (citation,) = service.ask(Question("What is the crumb and flavour?", filters=filters)).citations
    assert citation.quote == GRADES[1]


@pytest.mark.parametrize(
    "question",
    ["Who keeps the crumb and flavour?", "When is the crumb and flavour?", "How many crumbs?"],
)
def test_who_when_or_how_many_is_not_answered_by_a_grade(service_with, question) -> None:
    good = ("Overall crust: Poor", "Crumb and flavour: Good")
    towns = {"Millford": GRADES, "Oxmarsh": good, "Thornby": GRADES, "Wexcombe": good}
    service = service_with(*(graded_bakery(town, 2019, each) for town, each in towns.items()))
    answer = service.ask(Question(f"{question.rstrip('?')} in Millford in 2019?"))
    assert answer.confidence < STATED_CONFIDENCE


def led_visits(town: str) -> list[Document]:
    """Reports of two years on visits to a bakery, each with who led it."""
    lines = {"2019": "Lead inspector: Ann Rye", "2022": "Lead inspector: Bo Spelt"}
    texts = {year: f"{line}\n\n{PROSE * 4}{town} has one bakery." for year, line in lines.items()}
    return [
        replace(
            make_document(text, f"{town} {year}", title=f"Bakery of {town} {year}"),
            facts=(_fact(text, lines[year]),),
            date=f"{year}-05-03",
        )
        for year, text in texts.items()
    ]


def test_a_label_is_asked_for_by_words_akin_to_its_own(service_with) -> None:
    documents = [each for town in ("Millford", "Oxmarsh") for each in led_visits(town)]
    service = service_with(*documents, minimum_confidence=0.9)
    (citation,) = service.ask(Question("who led the inspection of Millford in 2019?")).citations
    assert citation.quote == "Lead inspector: Ann Rye"


def test_a_grade_asked_for_is_that_of_the_whole_though_a_label_speaks_of_grades(
    service_with,
) -> None:
    towns = dict.fromkeys(("Oxmarsh", "Thornby", "Wexcombe", "Yarnton"), ("Poor", "Good"))
    towns["Millford"] = ("Good", "Poor")
    documents = []
    for town, (whole, bread) in towns.items():
        lines = f"Overall quality: {whole}", f"Graded judgement on the bread: {bread}"
        text = "\n\n".join([*lines, f"{PROSE * 4}{town} has one bakery."])
        made = make_document(text, town, title=f"Bakery of {town}")
        documents.append(replace(made, facts=tuple(_fact(text, line) for line in lines)))
    answer = service_with(*documents).ask(Question("What grade did Millford get?"))
    assert [citation.quote for citation in answer.citations] == ["Overall quality: Good"]
