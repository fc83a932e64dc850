"""Token F1 and exact match by hand, and the words marked within a quote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document, make_summary

from qa_service.evaluating.measures.quote_measures import (
    exact_match,
    is_right,
    quote_scores,
    token_f1,
)
from qa_service.evaluating.questions.datasets import AnswerSpan, EvaluationQuestion
from qa_service.nouns.answers import Answer, Citation, Quote
from qa_service.nouns.results import IndexInfo

TEXT = "The boats sail at nine. They return late."
DOCUMENTS = {"report": make_document(TEXT)}
NINE = EvaluationQuestion("q", "When?", {"report": 1}, (AnswerSpan("report", 15, 22),))


def answer(exact: tuple[int, int] | None = None) -> Answer:
    """An answer that quotes the first sentence."""
    quote = TEXT[:23]
    citation = Citation(1, "p", make_summary(), (), None, quote, 0, 23, TEXT, exact)
    return Answer(
        kind="quotes",
        question="When?",
        standalone_question="When?",
        confidence=0.9,
        reason=None,
        quotes=(Quote(quote, 1),),
        citations=(citation,),
        hits=(),
        index=IndexInfo("b", 1, 1),
        took_ms=1.0,
    )


DECLINED = replace(answer(), kind="declined", reason="no_evidence", quotes=(), citations=())


@pytest.mark.parametrize(
    ("said", "answers", "f1"),
    [
        ("The Boats!", ["boats"], 1),
        ("at nine sharp", ["at nine"], 4 / 5),
        ("nine nine", ["nine"], 2 / 3),
        ("ten", ["at nine"], 0),
        ("at nine", ["ten", "nine"], 2 / 3),
        ("the", ["a"], 1),
        ("the", ["nine"], 0),
    ],
)
def test_token_f1_is_the_best_overlap_of_words(said, answers, f1) -> None:
    assert token_f1(said, answers) == pytest.approx(f1)


def test_exact_match_leaves_case_punctuation_and_articles_out() -> None:
    assert exact_match("The “Nine”.", ["ten", "nine"]) == 1
    assert exact_match("at nine", ["nine"]) == 0


def test_a_quote_is_measured_against_the_text_of_its_spans() -> None:
    scores = quote_scores(NINE, answer(), DOCUMENTS)
    assert scores["quote_f1"] == pytest.approx(2 * 2 / (4 + 2))
    assert (scores["span_in_first_quote"], scores["quote_exact_match"]) == (1, 0)


def test_a_span_longer_than_the_quote_overlaps_it() -> None:
    scores = quote_scores(replace(NINE, spans=(AnswerSpan("report", 15, 28),)), answer(), DOCUMENTS)
    assert (scores["span_in_first_quote"], scores["span_overlaps_first_quote"]) == (0, 1)
    after = replace(NINE, spans=(AnswerSpan("report", 23, 28),))
    assert quote_scores(after, answer(), DOCUMENTS)["span_overlaps_first_quote"] == 0


def test_answers_of_the_set_go_before_the_text_of_spans() -> None:
    question = replace(NINE, answers=("nine",))
    assert quote_scores(question, answer((18, 22)), DOCUMENTS)["words_exact_match"] == 1


def test_marked_words_count_over_all_and_among_the_marked() -> None:
    scores = quote_scores(NINE, answer((18, 22)), DOCUMENTS)
    assert scores["words_marked"] == 1
    assert scores["words_f1"] == scores["marked_words_f1"] == pytest.approx(2 / 3)


def test_without_marked_words_they_count_as_wrong_over_all_alone() -> None:
    scores = quote_scores(NINE, answer(), DOCUMENTS)
    assert (scores["words_marked"], scores["words_f1"]) == (0, 0)
    assert "marked_words_f1" not in scores


def test_a_declined_question_has_no_words_right() -> None:
    assert set(quote_scores(NINE, DECLINED, DOCUMENTS).values()) == {0}


def test_without_spans_there_is_nothing_to_measure() -> None:
    assert quote_scores(replace(NINE, spans=()), answer(), DOCUMENTS) == {}


def test_an_answer_is_right_by_its_span_or_else_by_its_document() -> None:
    elsewhere = replace(NINE, spans=(AnswerSpan("report", 29, 40),))
    assert is_right(answer(), NINE)
    assert not is_right(answer(), elsewhere)
    assert is_right(answer(), replace(elsewhere, spans=()))
    assert not is_right(answer(), replace(NINE, spans=(), grades={"report": 0}))
    assert not is_right(DECLINED, NINE)
