"""Dates in questions, and what they are worth to a document."""

from __future__ import annotations

import pytest

from qa_service.understanding.times import (
    YEAR_SHARE,
    asks_of_now,
    date_match,
    named_dates,
    with_full_years,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What was found in 2016?", ("2016",)),
        ("What was found in february 2016?", ("2016", "2016-02")),
        ("May, 2023 or December 1999?", ("2023", "1999", "2023-05", "1999-12")),
        ("2016, and again 2016", ("2016",)),
        ("May children speak? 12016 and 1850 and 30 of them", ()),
        ("What was found?", ()),
    ],
)
def test_years_and_months_are_read_from_a_question(text: str, expected: tuple[str, ...]) -> None:
    assert named_dates(text) == expected


@pytest.mark.parametrize(
    ("date", "match"),
    [
        ("2016-02-10", 1),
        ("2016-02", 1),
        ("2016-03-01", YEAR_SHARE),
        ("2016", YEAR_SHARE),
        ("2017-02-10", 0),
        (None, 0),
    ],
)
def test_a_document_of_the_month_is_worth_more_than_one_of_the_year(date, match) -> None:
    assert date_match(date, named_dates("February 2016")) == pytest.approx(match)


def test_a_question_without_a_date_favours_no_document() -> None:
    assert date_match("2016-02-10", ()) == 0


@pytest.mark.parametrize("text", ["how is Leeds doing?", "caseloads in Leeds?", "do they stay?"])
def test_what_is_asked_in_no_past_form_is_of_now(text) -> None:
    assert asks_of_now(text)


@pytest.mark.parametrize("text", ["how was it?", "is it good in 2018?", "has it ever been bad?"])
def test_what_is_asked_of_the_past_or_of_a_year_is_not(text) -> None:
    assert not asks_of_now(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("and Leeds in 22?", "and Leeds in 2022?"),
        ("what changed since '19", "what changed since 2019"),
        ("the report of '18, was it good?", "the report of 2018, was it good?"),
        ("is it one in 10?", "is it one in 10?"),
        ("how many in 12 weeks?", "how many in 12 weeks?"),
    ],
)
def test_a_year_of_two_digits_is_one_of_this_century(typed, meant) -> None:
    assert with_full_years(typed) == meant
