"""What verdicts become in a question file, and what they do not."""

from __future__ import annotations

import pytest
from fakes import make_document
from feedback_fakes import make_feedback

from qa_service.evaluating.feedback_questions import FeedbackQuestions, feedback_questions
from qa_service.evaluating.questions.question_file import QuestionLine
from qa_service.nouns.questions import Filters, Turn

LIBRARY = make_document("The library opens at nine.\nIt closes at six.", "library")
HARBOUR = make_document("The harbour opens at noon.", "harbour")
NINE = {"cited": LIBRARY, "quote": "opens at nine"}


def exported(*feedback, documents=(LIBRARY, HARBOUR)) -> FeedbackQuestions:
    return feedback_questions(feedback, documents)


def test_a_right_answer_expects_its_document_and_quote() -> None:
    found = exported(make_feedback(**NINE, note="checked"))
    expected = QuestionLine(
        "When does it open?", "library.txt", "opens at nine", note="marked right; note: checked"
    )
    assert found == FeedbackQuestions((expected,), (), ())


def test_a_right_refusal_expects_no_answer() -> None:
    found = exported(make_feedback("Who rang?"))
    assert found.settled == (QuestionLine("Who rang?", answerable=False, note="marked right"),)


@pytest.mark.parametrize(
    ("members", "note"),
    [
        (NINE, "marked wrong: “opens at nine” (Library, library); note: it is ten"),
        ({}, "marked wrong: no answer was found; note: it is ten"),
    ],
)
def test_a_wrong_answer_expects_nothing_and_says_what_was_wrong(members, note) -> None:
    found = exported(make_feedback(verdict="down", note="it is ten", **members))
    assert found.settled == ()
    assert found.unsettled == (QuestionLine("When does it open?", note=note),)


def test_the_latest_verdict_on_a_question_wins() -> None:
    found = exported(
        make_feedback("When does  it open?", **NINE),
        make_feedback("Who rang?"),
        make_feedback("when does it OPEN?", "down", **NINE),
    )
    assert [line.question for line in found.settled] == ["Who rang?"]
    assert [line.question for line in found.unsettled] == ["when does it OPEN?"]


def test_a_document_that_has_left_the_index_is_named_and_expects_nothing() -> None:
    found = exported(make_feedback(**NINE), documents=[HARBOUR])
    assert found.settled == ()
    assert found.gone == ("Library, library",)
    assert "the index has the document no more" in found.unsettled[0].note


def test_a_quote_that_left_its_document_expects_nothing() -> None:
    changed = make_document("The library opens at ten.", "library")
    found = exported(make_feedback(**NINE), documents=[changed])
    assert (found.settled, found.gone) == ((), ())
    assert "stands in the document no more" in found.unsettled[0].note


@pytest.mark.parametrize("members", [NINE, {}])
def test_a_verdict_within_limits_says_nothing_of_all_documents(members) -> None:
    found = exported(make_feedback(filters=Filters(date_from="2020-01-01"), **members))
    assert found.settled == ()
    assert "the question was limited to some documents" in found.unsettled[0].note


@pytest.mark.parametrize("reason", ["small_talk", "empty_index"])
def test_a_reply_for_which_nothing_was_looked_up_expects_nothing(reason) -> None:
    found = exported(make_feedback("Hello", reason=reason))
    assert found.settled == ()
    assert "nothing was looked up" in found.unsettled[0].note


def test_what_was_said_before_is_kept_where_the_question_was_understood_from_it() -> None:
    history = (Turn("user", "Tell me of the library"), Turn("assistant", ""))
    understood = make_feedback(
        "And when?", standalone_question="When, the library?", history=history, **NINE
    )
    alone = make_feedback("Who rang?", history=history)
    found = exported(understood, alone)
    assert [line.history for line in found.settled] == [
        (Turn("user", "Tell me of the library"),),
        (),
    ]


def test_a_follow_up_to_something_else_is_another_question() -> None:
    asked = {"standalone_question": "More", **NINE}
    first = make_feedback("And when?", history=(Turn("user", "Library"),), **asked)
    second = make_feedback("And when?", history=(Turn("user", "Books"),), **asked)
    assert len(exported(first, second).settled) == 2


def test_documents_of_one_file_name_are_told_apart_by_their_ids() -> None:
    twin = make_document("Another library.", "library.txt")
    found = exported(make_feedback(**NINE), documents=[LIBRARY, twin])
    assert found.settled[0].document == "library"
