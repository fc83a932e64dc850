"""What a question lets one expect of a sentence that answers it."""

from __future__ import annotations

import pytest

from qa_service.understanding.kinds import expectation_of


def test_dates_asked_of_are_years_and_months() -> None:
    assert expectation_of("What did the May 2016 report say?").dates == ("2016", "2016-05")


@pytest.mark.parametrize(
    ("question", "letters"),
    [
        ("In B&NES, what does RHI mean?", "RHI"),
        ("SMASH in the SEND report is short for what?", "SMASH"),
        ("FSTs - what does that stand for?", "FST"),
        ("EHASH abbreviation", "EHASH"),
        ("what is RHI in full?", "RHI"),
        ("Is the SEND plan published in full?", ""),
        ("What does a good school mean?", ""),
    ],
)
def test_of_several_abbreviations_the_one_asked_for_is_told(question, letters) -> None:
    assert expectation_of(question).abbreviation == letters


@pytest.mark.parametrize(
    ("question", "expects"),
    [
        ("Which school has the most pupils?", "count"),
        ("Why was it judged poor?", "reasons"),
        ("What were they told to do?", "actions"),
    ],
)
def test_a_question_may_ask_for_a_count_reasons_or_what_is_to_be_done(question, expects) -> None:
    assert getattr(expectation_of(question), expects)
    assert not getattr(expectation_of("Who led it?"), expects)


def test_a_year_that_is_taken_out_of_a_question_is_expected_no_more() -> None:
    asked = expectation_of("Who led it in May 2016 and in 2019?")
    assert asked.without(["May 2016"]).dates == ("2019",)
