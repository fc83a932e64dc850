"""Several questions in one message are taken apart, and one is left whole."""

from __future__ import annotations

import pytest
from no_names import NO_NAMES

from qa_service.understanding.parsing import parse
from qa_service.understanding.splitting import questions_in


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Who built the mill and when was it opened?",
            ["Who built the mill?", "when was it opened?"],
        ),
        (
            "What does it cost, and how long does it last?",
            ["What does it cost?", "how long does it last?"],
        ),
        ("Who led it? Which report says so?", ["Who led it?", "Which report says so?"]),
        (
            "Who built the mill, when was it opened, and what are the rules of the house?",
            ["Who built the mill?", "when was it opened?", "what are the rules of the house?"],
        ),
        (
            "Who built the mill and who built the barn?",
            ["Who built the mill?", "who built the barn?"],
        ),
        (
            "Who built the mill, when, and what cost?",
            ["Who built the mill?", "when was it?", "what cost?"],
        ),
        (
            "When was the mill built, and by whom?",
            ["When was the mill built?", "by whom was the mill built?"],
        ),
        ("What was paid, and is bread still made?", ["What was paid?", "is bread still made?"]),
        (
            "Who built it, what was the cost, and is it open?",
            ["Who built it?", "what was the cost?", "is it open?"],
        ),
    ],
)
def test_each_question_of_a_message_is_one(text, parts) -> None:
    assert questions_in(text) == ("", parts)


@pytest.mark.parametrize(
    ("text", "ahead", "parts"),
    [
        ("The mill: when, and who led?", "The mill: ", ["when was it?", "who led?"]),
        ("The mill – date, cost, owner please", "The mill – ", ["date?", "cost?", "owner?"]),
        ("Who led it, and was it good? 2018", "2018: ", ["Who led it?", "was it good?"]),
    ],
)
def test_what_is_said_beside_the_questions_is_said_of_each(text, ahead, parts) -> None:
    assert questions_in(text) == (ahead, parts)


@pytest.mark.parametrize(
    "text",
    [
        "How and why was it built?",
        "The mill: poor in 2017, any better in 2025?",
        "The mill – children missing, excluded or at risk",
        "What do children and their families need?",
        "What did they say about who led it and why was it late?",
        "Who led it and why?",
        "Tell me where it is and when it was built.",
        "I lost my card. What do I do?",
        "What is known? Nothing.",
    ],
)
def test_one_question_is_left_whole(text) -> None:
    assert questions_in(text) == ("", [text])


def test_what_a_later_part_leaves_out_comes_from_the_one_before() -> None:
    found = parse("Who built the mill and when was it opened?", (), NO_NAMES)
    assert (found.asks, [part.text for part in found.parts]) == (
        "several",
        ["Who built the mill?", "when was the mill opened?"],
    )
