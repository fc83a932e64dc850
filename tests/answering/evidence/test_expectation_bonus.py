"""What kind of thing is asked for decides between sentences that fit alike."""

from __future__ import annotations

import pytest

from qa_service.answering.evidence.expectation_bonus import (
    FITTING_BONUS,
    OTHER_YEAR_PENALTY,
    expected,
)
from qa_service.understanding.kinds import expectation_of


@pytest.mark.parametrize(
    ("question", "sentence", "bonus"),
    [
        ("When was it inspected?", "It was inspected in March 2023.", FITTING_BONUS),
        ("When was it inspected?", "It was inspected by a team.", 0),
        ("In what year did it open?", "It opened in 1987.", FITTING_BONUS),
        ("How many homes are there?", "There are seven homes.", FITTING_BONUS),
        ("How many homes are there?", "There are homes.", 0),
        ("What percentage agreed?", "Of those asked, 94% agreed.", FITTING_BONUS),
        ("Who led it?", "It was led by 3 people in March 2023.", 0),
        ("What happens whenever it rains?", "It rains in March 2023.", 0),
    ],
)
def test_a_sentence_that_holds_what_is_asked_for_gains(question, sentence, bonus) -> None:
    assert expected(expectation_of(question), sentence) == bonus


def test_a_sentence_of_other_years_than_the_one_named_loses() -> None:
    asked = expectation_of("How was the council judged in 2016?")
    assert expected(asked, "In 2010 it was judged adequate.") == -OTHER_YEAR_PENALTY
    assert expected(asked, "In 2010 it was adequate, in 2016 good.") == 0
    assert expected(asked, "It was judged good.") == 0
    undated = expectation_of("How was the council judged?")
    assert expected(undated, "In 2010 it was judged adequate.") == 0


@pytest.mark.parametrize(
    "text", ["What does SCRA stand for?", "what is scra short for", "What does “SCRA” mean?"]
)
def test_an_abbreviation_is_spelled_out(text) -> None:
    asked = expectation_of(text)
    assert expected(asked, "Short form: SCRA; Full form: Some Council Report Aid") > FITTING_BONUS
    assert expected(asked, "SCRA has a report.") == 0
