"""What a question's own words narrow the search to, and when that is lifted."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.scope.scoping import narrowings
from qa_service.nouns.questions import Filters, Question
from qa_service.understanding.parsing import parse

BOATS = "In {0} inspectors recommended more boats. {0} has a harbour, and {0} keeps it."


def report(place: str, year: str, text: str = BOATS):
    name = f"{place.lower()}-{year[:4]}"
    return make_document(text.format(place), name, title=f"Report on {place}", date=year)


@pytest.fixture
def documents():
    return [
        report("Doncaster", "2016-02-10"),
        report("Doncaster", "2023-05", BOATS + " Whales were counted."),
        report("Leeds", "2016-05-01"),
        report("Leeds", "2023-06-30"),
        make_document("The library opens at nine.", "library", date="2019"),
    ]


@pytest.fixture
def steps(opened_with, documents):
    opened = opened_with(*documents)

    def narrowed(text: str, **members: object):
        parsed = parse(text, (), NamesOfBuild(opened))
        found = narrowings(opened, Question(text, **members), parsed)
        return [
            (sorted(step.filters.document_ids), step.filters.date_from, step.filters.date_to)
            for step in found.steps
        ]

    return narrowed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("What did the 2016 report recommend?", ([], "2016-01-01", "2016-12-31")),
        ("What did inspectors recommend since 2020?", ([], "2020-01-01", None)),
        ("What of boats in Doncaster?", (["doncaster-2016", "doncaster-2023"], None, None)),
        ("How many boats had Doncaster in 2016?", (["doncaster-2016"], None, None)),
    ],
)
def test_dates_and_names_narrow(steps, text, first) -> None:
    assert steps(text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("What does the latest report on Doncaster say?", ["doncaster-2023"]),
        ("What does Leeds’s oldest inspection report say?", ["leeds-2016"]),
        ("What does the newest report say of boats?", ["leeds-2023"]),
        ("What does the latest report of 2016 say?", ["leeds-2016"]),
        ("What does “Report on Leeds” say of boats?", ["leeds-2016", "leeds-2023"]),
    ],
)
def test_the_latest_or_a_whole_title_narrows(steps, text, first) -> None:
    assert steps(text)[0][0] == first


@pytest.mark.parametrize(
    "text",
    [
        "What got better since the latest report?",
        "How many boats were there in 2016?",
        "What does the Harbour Act 2016 say about boats?",
        "What did the 1999 report recommend?",
        "What did inspectors recommend since 1990?",
        "What about boats?",
    ],
)
def test_other_questions_are_not_narrowed(steps, text) -> None:
    assert steps(text) == []


def test_a_month_without_documents_is_widened_to_its_year(steps) -> None:
    found = steps("What was found in the January 2016 inspection of Doncaster?")
    assert [step[0] for step in found] == [["doncaster-2016"], ["doncaster-2016", "doncaster-2023"]]


def test_with_scope_off_nothing_is_view(steps) -> None:
    assert steps("What did the 2016 report recommend?", scope=False) == []


def test_the_filters_of_the_request_hold_beside(steps) -> None:
    filters = Filters(document_ids=("leeds-2016", "leeds-2023"), date_from="2016-03-01")
    found = steps("What did the 2016 report recommend?", filters=filters)
    assert found == [(["leeds-2016", "leeds-2023"], "2016-03-01", "2016-12-31")]
    assert steps("What of boats in Doncaster?", filters=filters) == []


@pytest.fixture
def ask(service_with, documents):
    service = service_with(*documents)
    return lambda text, **members: service.ask(Question(text, **members))


def test_an_answer_is_from_what_the_question_names(ask) -> None:
    answer = ask("What did the 2016 report recommend about boats in Doncaster?", limit=1)
    assert [citation.document.id for citation in answer.citations] == ["doncaster-2016"]
    assert answer.scope.words == ("Doncaster", "2016")
    assert [item.id for item in answer.scope.documents] == ["doncaster-2016", "doncaster-2023"]


def test_passages_are_filled_up_after_those_within(ask) -> None:
    answer = ask("What did inspectors recommend about boats in Leeds?", limit=4)
    assert {hit.document.title for hit in answer.hits[:2]} == {"Report on Leeds"}
    assert [hit.rank for hit in answer.hits] == [1, 2, 3, 4]


def test_a_date_is_lifted_where_only_another_of_the_place_answers(ask) -> None:
    answer = ask("Were whales counted in Doncaster in 2016?")
    assert answer.citations[0].document.id == "doncaster-2023"
    assert (answer.scope.words, answer.scope.lifted) == (("Doncaster",), ("2016",))


def test_all_is_searched_where_nothing_within_answers(ask) -> None:
    answer = ask("When opens the library in the 2016 report? Opens at nine?")
    assert answer.citations[0].document.id == "library"
    assert (answer.scope.words, answer.scope.lifted) == ((), ("2016",))


def test_a_place_is_not_answered_for_by_another(ask) -> None:
    answer = ask("Does the library open at nine in Doncaster?")
    assert "library" not in [citation.document.id for citation in answer.citations]


def test_without_dates_and_names_there_is_no_scope(ask) -> None:
    assert ask("What did inspectors recommend about boats?").scope is None
    assert ask("What of boats in Doncaster?", scope=False).scope is None


def test_filters_that_no_document_passes_are_told(ask) -> None:
    answer = ask("What about boats?", filters=Filters(date_from="2030-01-01"))
    assert answer.hint == "No document passes these filters; take one of them away."


def test_what_the_scope_settles_no_sentence_needs_to_say(service_with) -> None:
    text = "Leaders are outstanding. The harbour of Leeds opened in 2020."
    documents = [
        make_document(text, "leeds", title="Report on Leeds", date="2020-05"),
        make_document("Leeds and Leeds.", "other", title="Report on Leeds", date="2011"),
        make_document("The library opens at nine.", "library"),
        make_document("A harbour has boats.", "boats"),
    ]
    service = service_with(*documents)
    answer = service.ask(Question("What of leaders in Leeds in 2020?"))
    assert answer.citations[0].quote.startswith("Leaders are outstanding.")


def test_documents_are_spoken_of_by_their_topic(steps) -> None:
    assert steps("What does the oldest report on whales say?")[0][0] == ["doncaster-2023"]


def test_a_named_document_that_says_nothing_is_answered_for_by_no_other(ask) -> None:
    answer = ask("What does “Report on Leeds” say about the library that opens at nine?")
    assert "library" not in [citation.document.id for citation in answer.citations]
