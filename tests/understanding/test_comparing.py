"""Whether a question asks for a comparison, and what each document is then asked."""

from __future__ import annotations

import pytest
from no_names import NO_NAMES

from qa_service.understanding.comparing import ANYTHING, asks_to_compare, timeless


@pytest.mark.parametrize(
    "text",
    [
        "What changed between 2016 and 2023?",
        "How has quality assurance developed?",
        "What has improved since 2018?",
        "How did early help change over the years?",
        "Compare the grades of 2016 with those of 2023",
        "children in care over time",
        "Is the pay better now than it was in 2018?",
        "pay: poor in 2018, any better in 2022?",
        "Has the roof been sorted between 2018 and 2022?",
        "Staff – has it got quicker since 2019?",
        "Did the crew become more stable between 2021 and 2025?",
        "how far has the mill come since 2016",
    ],
)
def test_a_question_may_ask_for_a_comparison(text) -> None:
    assert asks_to_compare(text)


@pytest.mark.parametrize(
    "text",
    [
        "What changed in the law?",
        "How do plans change from child to child?",
        "How is quality assured?",
        "What did inspectors find in 2016 and in 2023?",
    ],
)
def test_other_questions_ask_for_none(text) -> None:
    assert not asks_to_compare(text)


def test_what_each_document_is_asked_names_no_time() -> None:
    assert (
        timeless("How has early help changed since 2018?", NO_NAMES)
        == "How has early help changed?"
    )
    assert timeless("What changed between 2016 and 2023?", NO_NAMES) == ANYTHING


def test_the_words_that_ask_for_a_comparison_are_asked_of_no_document() -> None:
    assert (
        timeless("Compare over time: what of boats between 2016 and 2023?", NO_NAMES)
        == "what of boats?"
    )
    assert timeless("Please compare Leeds and Bury on boats", NO_NAMES) == "Leeds and Bury on boats"
