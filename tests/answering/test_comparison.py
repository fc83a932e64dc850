"""The same question is answered from each dated document, oldest to newest."""

from __future__ import annotations

import pytest
from fakes import FakeReader, make_document

from qa_service.nouns.questions import Filters, Question

REVIEW = "The quality of {0} reviews {1}. Nobody spoke of whales."


def report(place: str, year: str, said: str):
    name = f"{place.lower()}-{year}"
    return make_document(REVIEW.format(place, said), name, title=f"Report on {place}", date=year)


@pytest.fixture
def ask(service_with):
    service = service_with(
        report("Leeds", "2023", "was high in Leeds"),
        report("Leeds", "2016", "was low in Leeds"),
        report("Bury", "2019", "was fair in Bury"),
        make_document("Leeds has a port.", "port", title="Report on Leeds", date="2021"),
        make_document("The quality of reviews is unknown.", "undated"),
        make_document("The library opens at nine.", "library"),
        minimum_confidence=0.1,
    )
    return lambda text, **members: service.ask(Question(text, **members))


def shown(answer) -> list[tuple[str | None, bool]]:
    return [(entry.document.date, entry.citation is not None) for entry in answer.timeline]


def test_each_document_of_the_subject_is_quoted_once_oldest_first(ask) -> None:
    answer = ask("How has the quality of Leeds reviews changed?")
    assert shown(answer) == [("2016", True), ("2021", False), ("2023", True)]
    assert [item.document.date for item in answer.citations] == ["2016", "2023"]
    assert [entry.citation for entry in answer.timeline] == [1, None, 2]


def test_a_period_limits_the_documents(ask) -> None:
    answer = ask("How has the quality of reviews changed between 2016 and 2019?")
    assert shown(answer) == [("2016", True), ("2019", True)]
    assert answer.scope.words == ("between 2016 and 2019",)


def test_of_two_years_each_is_compared_and_none_between(ask) -> None:
    answer = ask("What was the quality of Leeds reviews in 2016 and in 2023?")
    assert shown(answer) == [("2016", True), ("2023", True)]


def test_compared_with_a_year_is_all_since(ask) -> None:
    answer = ask("Is the quality of Leeds reviews better now than it was in 2016?")
    assert [date for date, _ in shown(answer)] == ["2016", "2021", "2023"]


def test_without_a_subject_those_that_say_something_are_compared(ask) -> None:
    answer = ask("What is the quality of reviews?", compare=True)
    assert shown(answer) == [("2016", True), ("2019", True), ("2023", True)]


def test_the_filters_limit_the_documents(ask) -> None:
    filters = Filters(document_ids=("bury-2019", "port"))
    answer = ask("What is the quality of reviews?", compare=True, filters=filters)
    assert shown(answer) == [("2019", True), ("2021", False)]


def test_a_comparison_that_finds_nothing_is_no_answer(ask) -> None:
    answer = ask("Which zebra crossed Antarctica?", compare=True)
    assert (answer.answered, answer.timeline) == (False, ())


def test_a_single_date_is_no_comparison(ask) -> None:
    assert ask("How has the quality of reviews in Bury changed?").timeline is None


def test_a_reader_reads_the_places_of_every_document(service_with) -> None:
    reader = FakeReader()
    documents = [report("Leeds", "2016", "was low in Leeds"), report("Leeds", "2023", "was high")]
    service = service_with(*documents, reader=reader)
    service.ask(Question("How has the quality of Leeds reviews changed?"))
    assert all(passage.head.startswith("Report on Leeds") for passage in reader.read_passages)
    assert len(reader.read_passages) == 2


def test_of_places_each_has_its_best_place_in_the_order_of_the_question(ask) -> None:
    answer = ask("Where was the quality of reviews better, in Bury or in Leeds?")
    places = [entry.document.title for entry in answer.timeline]
    assert places == ["Report on Bury", "Report on Leeds"]
    assert [entry.place for entry in answer.timeline] == ["Bury", "Leeds"]
    assert answer.kind == "comparison"
    assert all(entry.citation for entry in answer.timeline)


def test_places_are_compared_in_the_year_that_is_named(ask) -> None:
    answer = ask("Compare the quality of reviews in Leeds 2016 and Bury 2019")
    assert [entry.document.date for entry in answer.timeline] == ["2016", "2019"]


def test_a_year_without_documents_is_named_where_others_are_compared_with_it(ask) -> None:
    answer = ask("Were the reviews of Leeds better in 2023 than in 2011?")
    assert (answer.answered, answer.missing) == (False, ("2011",))


def test_a_period_without_documents_is_lifted_and_the_place_holds(ask) -> None:
    answer = ask("How has the quality of Leeds reviews changed between 2017 and 2018?")
    assert {entry.document.title for entry in answer.timeline} == {"Report on Leeds"}
    assert (answer.scope.words, answer.scope.lifted) == (("Leeds",), ("between 2017 and 2018",))
