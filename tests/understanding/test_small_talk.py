"""Greetings are not questions, and questions that begin with one are."""

from __future__ import annotations

import pytest

from qa_service.understanding.small_talk import (
    ABILITIES,
    FAREWELL,
    FEELING,
    GREETING,
    THANKS,
    small_talk_reply,
)


@pytest.mark.parametrize(
    "text",
    [
        *("hi", "Hello!", "hey there", "Good morning.", "thanks", "Thank you very much!", "OK"),
        *("How are you today?", "who are you", "What can you do?", "help", "bye", "  hello  "),
    ],
)
def test_small_talk_is_known(text: str) -> None:
    assert small_talk_reply(text)


@pytest.mark.parametrize(
    "text",
    [
        "hello, what did inspectors find?",
        "What help do families get?",
        "Who are the inspectors?",
        "What are you asked before an inspection?",
        "test results of the harbour school",
        "good practice",
        "hello world",
        "",
        "?!",
    ],
)
def test_a_question_is_not_small_talk(text: str) -> None:
    assert small_talk_reply(text) is None


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Good morning!", GREETING),
        ("Hi, thanks a lot!", THANKS),
        ("Great, thank you for your help", THANKS),
        ("What can you do?", ABILITIES),
        ("ok bye", FAREWELL),
        ("Hello, how are you?", FEELING),
    ],
)
def test_the_reply_fits_what_was_said(text: str, reply: str) -> None:
    assert small_talk_reply(text) == reply
