"""What a question names and the collection lacks is said, and nothing else is answered."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.nouns.questions import Question

FOUND = "In {0} inspectors found that the harbour of {0} has boats."
SEEN = " Some are from Grimsby."


@pytest.fixture
def ask(service_with):
    made = (("Leeds", "2015"), ("Leeds", "2018"), ("Hull", "2016"), ("Hull", "2022"))
    service = service_with(
        *(
            make_document(
                FOUND.format(place) + SEEN * (year == "2022"),
                f"{place}-{year}",
                title=f"Report on {place}",
                date=year,
            )
            for place, year in made
        ),
        minimum_confidence=0.01,
    )
    return lambda text, **members: service.ask(Question(text, **members))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("How many boats has the harbour of Birmingham?", ("Birmingham",)),
        ("Has Grimsby boats in its harbour?", ("Grimsby",)),
        ("What did the inspectors find in Wigan or in Leeds?", ("Wigan",)),
        ("Has Hull or Grimsby more boats?", ("Grimsby",)),
    ],
)
def test_a_place_that_no_document_is_on_is_not_answered_for(ask, text, missing) -> None:
    answer = ask(text)
    assert (answer.reason, answer.missing) == ("not_in_collection", missing)
    assert {item.text for item in answer.nearest} <= {"Leeds", "Hull"}


def test_a_year_that_no_report_on_a_place_is_of_is_said(ask) -> None:
    answer = ask("What did the 2017 report on Leeds say of boats?")
    assert (answer.reason, answer.missing) == ("not_in_collection", ("2017",))
    assert answer.hint == "None of 2017: the documents on Leeds are of 2015 and 2018."
    assert [item.document.date for item in answer.nearest] == ["2015", "2018"]


def test_a_year_of_no_report_at_all_is_said(ask) -> None:
    answer = ask("What did the 1999 report say of boats?")
    assert (answer.reason, answer.missing) == ("not_in_collection", ("1999",))


@pytest.mark.parametrize(
    "text",
    [
        "How many boats has the harbour of Leeds?",
        "What did the 2018 report on Leeds say of boats?",
        "Are boats from Grimsby in the harbour of Hull?",
        "What did Inspectors find?",
    ],
)
def test_what_is_there_is_answered(ask, text) -> None:
    assert ask(text).reason != "not_in_collection"


def test_with_scope_off_nothing_is_missing(ask) -> None:
    assert ask("How many boats has Birmingham?", scope=False).missing == ()


def test_in_a_collection_not_told_apart_by_places_no_name_is_missing(service_with) -> None:
    service = service_with(
        make_document("A stolen camera is reported to the police.", "a", title="Claims"),
        make_document("Trips are booked early.", "b", title="Travel"),
    )
    assert service.ask(Question("Who hears of a camera stolen in Lisbon?")).missing == ()
