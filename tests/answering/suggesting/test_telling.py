"""Who says something in a text, and what a list in it is of, are asked about."""

from __future__ import annotations

import pytest

from qa_service.answering.suggesting.telling import questions_of_telling


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Ada Quill, keeper of the northern lights, said: “All is well.”",
            ["What did Ada Quill say?"],
        ),
        ("The keeper of the northern lights, as all know, said: “All is well.”", []),
        ("Ada Quill, keeper of the northern lights, left.", []),
        (
            "The keepers also named reasons for delay which include:\n\n• Fog.",
            ["What do the documents say about reasons for delay?"],
        ),
        ("The lamps are:\n\n• Old.", []),
        ("Reasons for delay include: fog.", []),
        ("The survey took place in May 2021.", []),
    ],
)
def test_the_form_of_a_text_tells_what_it_answers(text, asked):
    assert [question for question, _ in questions_of_telling(text)] == asked


def test_when_something_was_is_asked_of_a_place():
    text = "The survey took place between May and June 2021. The fair took place in tents."
    [(asked, _)] = questions_of_telling(text, "Ashby")
    assert asked == "When did the survey in Ashby take place?"


def test_a_question_is_told_with_the_words_that_it_was_made_of():
    [(_, made_of)] = questions_of_telling("They name causes of delay which are:\n\n• Fog.")
    assert made_of == "causes of delay which are:"
