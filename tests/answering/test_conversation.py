"""Greetings are not questions, and questions that begin with one are."""

from __future__ import annotations

import pytest

from qa_service.answering.conversation import is_small_talk


@pytest.mark.parametrize(
    "text",
    [
        *("hi", "Hello!", "hey there", "Good morning.", "thanks", "Thank you very much!", "OK"),
        *("How are you today?", "who are you", "What can you do?", "help", "bye", "  hello  "),
    ],
)
def test_small_talk_is_known(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello, what did inspectors find?",
        "What help do families get?",
        "Who are the inspectors?",
        "What are you asked before an inspection?",
        "test results of the harbour school",
        "good",
        "",
        "?!",
    ],
)
def test_a_question_is_not_small_talk(text: str) -> None:
    assert not is_small_talk(text)
