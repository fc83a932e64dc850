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
            "Who built it, what was the cost, and is it open?",
            ["Who built it?", "what was the cost?", "is it open?"],
        ),
    ],
)
def test_each_question_of_a_message_is_one(text, parts) -> None:
    assert questions_in(text) == ("", parts)


@pytest.mark.parametrize(
    "text",
    [
        "How and why was it built?",
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
