"""A follow-up about time is reckoned from the time named or quoted before."""

from __future__ import annotations

import pytest
from asked_after import ASKED, NamesOf, understood


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("and the year before?", "2015"),
        ("what about the following year?", "2017"),
        ("two years later?", "2018"),
        ("and 3 years earlier?", "2013"),
    ],
)
def test_years_are_reckoned_from_the_one_named(text: str, year: str) -> None:
    assert understood(text, ASKED) == ASKED.replace("2016", year)


def test_a_year_reckoned_is_the_one_beside_it_where_only_that_has_a_document() -> None:
    names = NamesOf("Leeds", dates=["2014-11-19", "2018-01-29"])
    assert understood("and three years earlier?", "Who led Leeds in 2018?", names=names) == (
        "Who led Leeds in 2014?"
    )


@pytest.mark.parametrize("text", ["and the latest?", "and the latest one?", "the newest one"])
def test_the_latest_one_is_of_the_newest_date_of_the_place(text: str) -> None:
    names = NamesOf("Leeds", dates=["2014-11-19", "2018-01-29"])
    assert understood(text, "Who led Leeds in 2014?", names=names) == "Who led Leeds in 2018?"


BETWEEN = ASKED.replace("in 2016", "between 2016 and 2023").replace("What", "what")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "what changed since then?",
            ASKED.replace("in 2016", "since 2016").replace("What", "what"),
        ),
        ("How has it improved?", ASKED.replace("in 2016", "since 2016").replace("What", "what")),
        ("compare with 2023", BETWEEN),
        ("How does that compare to 2023?", BETWEEN),
        (
            "compare it with Falkirk",
            ASKED.replace("Borders", "Borders and Falkirk").replace("What", "what"),
        ),
    ],
)
def test_a_follow_up_may_ask_for_a_comparison(text: str, meant: str) -> None:
    assert understood(text, ASKED) == f"Compare over time: {meant}"


def test_a_comparison_is_asked_on_something_else() -> None:
    before = "What has changed for early help in Leeds over time?"
    meant = before.replace("early help", "adoption")
    assert understood("and on adoption?", before, names=NamesOf("Leeds")) == meant


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        ("and before that?", "Who led Leeds in 2016?", "Before 2016: who led Leeds?"),
        ("What about the one before?", "Who led Leeds in 2016?", "Before 2016: who led Leeds?"),
        ("and after that?", "Who led Leeds in May 2016?", "After 2016: who led Leeds?"),
        ("earlier?", "Who led the 2016 inspection?", "Before 2016: who led the inspection?"),
        ("and later?", "Who led Leeds from 2014 to 2016?", "After 2016: who led Leeds?"),
    ],
)
def test_before_and_after_that_are_counted_from_the_year_named(text, before, meant) -> None:
    assert understood(text, before) == meant


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        ("and before that?", "Who led Leeds?", "Who led Leeds in 2015?"),
        ("and the next one?", "Who led Leeds?", "After 2020: who led Leeds?"),
        ("and before that?", "Who led Leeds before 2018?", "Who led Leeds in 2015?"),
        ("and before that?", "Who led Leeds since 2010?", "Before 2010: who led Leeds?"),
    ],
)
def test_where_no_year_is_named_they_are_counted_from_what_was_quoted(text, before, meant) -> None:
    names = NamesOf(dates=["2015-03-27", "2020"])
    assert understood(text, before, reply="It was Ann.", names=names) == meant


def test_before_that_means_nothing_where_no_date_is_known() -> None:
    assert understood("and before that?", "Who led Leeds?") != "Who led Leeds before 2015?"
