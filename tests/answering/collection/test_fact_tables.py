"""A question across documents is answered by a table of their facts, each cell cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document

from qa_service.nouns.documents import Document, Fact
from qa_service.nouns.questions import Filters, Question

PROSE = "The owners were glad of the visit and spoke of their plans for the year to come. " * 4


def document(town: str, year: str, title: str, **stated: str) -> Document:
    """A document of some lines "Label: value" above its prose."""
    lines = [f"{label.replace('_', ' ')}: {value}" for label, value in stated.items()]
    text = "\n\n".join([*lines, f"{PROSE}{town} is a town."])
    facts = tuple(_fact(text, line) for line in lines)
    name = f"{town}-{year}".lower()
    return replace(make_document(text, name, title=title, date=year), facts=facts)


def _fact(text: str, line: str) -> Fact:
    label, value = line.split(": ")
    start, end = text.index(line), text.index(line) + len(line)
    date = value if value[:2] == "20" else None
    return Fact(label, value, start, end, end - len(value), end, date=date)


def report(town: str, year: str, grade: str, cook: str) -> Document:
    stated = {"Overall_grade": grade, "Kitchen_grade": "Fair", "Head_cook": cook}
    return document(town, year, f"Visit report on the inn of {town}", **stated)


@pytest.fixture
def ask(service_with):
    service = service_with(
        report("Millford", "2019", "Poor", "Ann Rye"),
        report("Millford", "2023", "Good", "Bo Spelt"),
        report("Oxmarsh", "2021", "Poor", "Cy Oat"),
        report("Thornby", "2022", "Poor but mending", "Ann Rye"),
        document("Selwick", "2020", "Leave policy of Selwick", Review_date="2024-05-01"),
        document("Dunmere", "2018", "Travel policy of Dunmere", Date_of_review="2026-09-30"),
    )
    return lambda text, **members: service.ask(Question(text, **members))


def rows(answer) -> list[tuple[str, ...]]:
    return [
        (row.document.id, *(cell.value if cell else "" for cell in row.cells))
        for row in answer.facts.rows
    ]


def test_those_of_a_value_are_listed_the_newest_first(ask) -> None:
    answer = ask("Which inns were judged poor?")
    assert (answer.kind, answer.answered) == ("facts", True)
    assert answer.facts.labels == ("Overall grade",)
    assert rows(answer)[1:] == [("oxmarsh-2021", "Poor"), ("millford-2019", "Poor")]
    assert rows(answer)[0] == ("thornby-2022", "Poor but mending")


def test_the_others_that_state_it_are_beside_those_of_a_value_and_no_part_of_the_answer(ask):
    answer = ask("Which inns were judged poor?")
    (other,) = answer.facts.others
    (cited,) = answer.facts.other_citations
    assert (other.document.id, other.cells[0].value) == ("millford-2023", "Good")
    assert (other.cells[0].citation, cited.quote) == (1, "Overall grade: Good")
    assert cited.quote not in [quote.text for quote in answer.quotes]


def test_where_every_value_is_asked_for_nothing_is_beside_the_rows(ask) -> None:
    facts = ask("Overall grade of all inns").facts
    assert (facts.others, facts.other_citations) == ((), ())


def test_the_filters_limit_what_is_beside_the_rows(ask) -> None:
    filters = Filters(date_to="2022-12-31")
    assert ask("Which inns were judged poor?", filters=filters).facts.others == ()


def test_every_cell_is_cited_to_its_line_with_the_value_marked(ask) -> None:
    answer = ask("overall grade of Millford and Oxmarsh")
    for row, citation in zip(answer.facts.rows, answer.citations, strict=True):
        assert citation.document == row.document
        assert citation.quote.startswith("Overall grade: ")
        first, last = (place - citation.start for place in citation.exact)
        assert citation.quote[first:last] == row.cells[0].value


def test_each_document_is_a_row_in_the_order_asked_for(ask) -> None:
    answer = ask("head cooks of all inns, oldest first")
    assert [row[0] for row in rows(answer)][:2] == ["millford-2019", "oxmarsh-2021"]
    assert answer.hint == "4 of 6 documents state “Head cook”."


def test_forms_of_a_label_are_one_column(ask) -> None:
    answer = ask("review dates of all policies")
    assert rows(answer) == [("selwick-2020", "2024-05-01"), ("dunmere-2018", "2026-09-30")]


def test_a_period_is_one_of_the_values_where_these_are_dates(ask) -> None:
    assert rows(ask("Which policies have their review in 2026?")) == [
        ("dunmere-2018", "2026-09-30")
    ]
    assert rows(ask("Which inns were judged poor in 2019?")) == [("millford-2019", "Poor")]


def test_who_is_named_by_several_documents_is_found_in_them(ask) -> None:
    answer = ask("Which inns had Ann Rye as head cook?")
    assert [row[0] for row in rows(answer)] == ["thornby-2022", "millford-2019"]


def test_a_place_with_several_documents_gets_a_row_for_each(ask) -> None:
    assert rows(ask("Who was the head cook of Millford?")) == [
        ("millford-2023", "Bo Spelt"),
        ("millford-2019", "Ann Rye"),
    ]


def test_the_filters_limit_the_rows(ask) -> None:
    filters = Filters(document_ids=("millford-2019", "millford-2023", "oxmarsh-2021"))
    answer = ask("Which inns were judged poor?", filters=filters)
    assert [row[0] for row in rows(answer)] == ["oxmarsh-2021", "millford-2019"]


@pytest.mark.parametrize(
    "text",
    [
        "Which inns were judged poor for their gardens?",
        "What did the owners speak of in all inns?",
        "Which inns were judged splendid?",
        "What was the overall grade of Millford in 2019?",
    ],
)
def test_a_question_with_words_of_no_fact_or_for_one_document_is_no_table(ask, text) -> None:
    assert ask(text).facts is None


def test_numbers_are_bounded_and_sorted(service_with) -> None:
    service = service_with(
        *(
            document(town, "2020", f"Invoice to {town}", Total_due=total)
            for town, total in (("Millford", "£950"), ("Oxmarsh", "£1,200"), ("Thornby", "£80"))
        )
    )
    over = service.ask(Question("Which invoices have a total due over £500?"))
    assert {row[1] for row in rows(over)} == {"£950", "£1,200"}
    every = service.ask(Question("total due of all invoices, highest first"))
    assert [row[1] for row in rows(every)] == ["£1,200", "£950", "£80"]


def test_a_kind_of_document_named_by_its_letters_is_asked_alone(service_with) -> None:
    inns = [report("Millford", year, "Poor", "Ann Rye") for year in ("2019", "2023")]
    inns += [report(town, "2021", "Good", "Cy Oat") for town in ("Oxmarsh", "Thornby")]
    teas = [
        document(town, "2020", f"The yearly TEA of {town}", Cake="Fine")
        for town in ("Millford", "Oxmarsh", "Thornby")
    ]
    service = service_with(*inns, *teas)
    assert service.ask(Question("Who was the head cook of Millford?")).kind == "facts"
    assert service.ask(Question("Who was the head cook of Millford, TEA?")).kind != "facts"


def test_how_many_are_of_a_grade_counts_the_latest_of_each_place(service_with) -> None:
    towns = ("Millford", "Oxmarsh", "Thornby", "Selwick", "Dunmere")
    older = [report(town, "2019", "Poor", "Ann Rye") for town in towns]
    newer = [report(town, "2023", "Poor" if town == "Oxmarsh" else "Good", "") for town in towns]
    answer = service_with(*older, *newer).ask(Question("How many inns are poor?"))
    assert [row[0] for row in rows(answer)] == ["oxmarsh-2023"]
    assert answer.hint == "1 of the 5 documents that state “Overall grade”."


def test_a_label_that_names_only_who_does_it_is_not_asked_for_by_something_else(ask) -> None:
    assert ask("Who is the head of the leave policy in Millford and Oxmarsh?").facts is None
