"""Stretches of time in a question are read as a person means them."""

from __future__ import annotations

import pytest
from no_names import NO_NAMES, NoNames

from qa_service.understanding.times import joined, named_periods


class Inspections(NoNames):
    """A collection of what is called inspections."""

    def calls_documents(self, noun: str) -> bool:
        return noun in ("inspection", "report", "reports")

    def document_noun(self, word: str) -> str:
        return "inspection" if word.startswith("inspec") else super().document_noun(word)


def days_of(text: str) -> list[tuple[str | None, str | None]]:
    return [(period.first, period.last) for period in named_periods(text, NO_NAMES)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in 2016", ("2016-01-01", "2016-12-31")),
        ("in February 2016", ("2016-02-01", "2016-02-29")),
        ("in December 2016", ("2016-12-01", "2016-12-31")),
        ("on the 24th of May, 2023", ("2023-05-24", "2023-05-24")),
        ("between 2016 and 2019", ("2016-01-01", "2019-12-31")),
        ("from May 2016 to June 2019", ("2016-05-01", "2019-06-30")),
        ("2016–2019", ("2016-01-01", "2019-12-31")),
        ("since 2020", ("2020-01-01", None)),
        ("since the 2018 inspection", ("2018-01-01", None)),
        ("from 2019 onwards", ("2019-01-01", None)),
        ("after May 2018", ("2018-06-01", None)),
        ("before May 2018", (None, "2018-04-30")),
        ("until 2019", (None, "2019-12-31")),
    ],
)
def test_a_period_has_its_first_and_last_day(text, days) -> None:
    assert days_of(f"What was found {text}?") == [days]


@pytest.mark.parametrize(
    "text",
    [
        "What happened in 1066?",
        "What does the Children Act 1989 say?",
        "the Children and Young People (Scotland) Act 2014",
        "It cost 2,016 pounds",
        "room 20161",
        "between 2019 and 2016",
        "What is checked after 2000 hours of flying?",
    ],
)
def test_what_is_no_period_is_none(text) -> None:
    assert days_of(text) == []


@pytest.mark.parametrize(
    ("text", "of_reports"),
    [
        ("What did the 2016 report say?", True),
        ("its May 2026 joint inspection of services", True),
        ("reports from 2018", True),
        ("inspected in May 2018", True),
        ("reports before 2018", True),
        ("How many children were in care in 2016?", False),
        ("in 2015 reports of abuse rose", False),
        ("the reforms of 2017", False),
    ],
)
def test_a_period_may_be_that_of_reports(text, of_reports) -> None:
    found = named_periods(text, Inspections())
    assert [period.of_reports for period in found] == [of_reports]


def test_periods_are_joined_from_the_first_to_the_last_day() -> None:
    both = joined(named_periods("in 2016 and in 2023", NO_NAMES))
    assert (both.first, both.last) == ("2016-01-01", "2023-12-31")
    assert joined(named_periods("in 2016 or since 2020", NO_NAMES)).last is None


@pytest.mark.parametrize(
    ("date", "held"),
    [("2016-02", True), ("2016", True), ("2016-03-01", False), ("2015", False), (None, False)],
)
def test_a_date_shorter_than_a_day_is_held_where_any_day_of_it_is(date, held) -> None:
    (period,) = named_periods("in February 2016", NO_NAMES)
    assert period.holds(date) is held
