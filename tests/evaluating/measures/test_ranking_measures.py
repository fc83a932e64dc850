"""Rankings of documents, pages and passages, and what is right at each level."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from fakes import make_document, make_hit, make_passage, make_summary

from qa_service.evaluating.measures.ranking_measures import ranking_scores, rankings
from qa_service.evaluating.questions.datasets import AnswerSpan, EvaluationQuestion

PAGED = make_document("one two three four", "paged", page_lengths=[8, 6, 4])
PLAIN = make_document("five six", "plain")
DOCUMENTS = {"paged": PAGED, "plain": PLAIN}


def passage(start: int, end: int, name: str = "paged"):
    text = DOCUMENTS[name].text[start:end]
    made = make_passage(text, document_id=name)
    return replace(made, id=f"{name} {start}", start=start, end=end)


FIRST, LATER, LAST = passage(0, 7), passage(6, 13), passage(14, 18)
OTHER = passage(0, 8, "plain")
PASSAGES = {"paged": [FIRST, LATER, LAST], "plain": [OTHER]}


def asked(*spans: tuple[str, int, int], **grades: int) -> EvaluationQuestion:
    return EvaluationQuestion("q", "?", grades, tuple(AnswerSpan(*span) for span in spans))


def ranked(question: EvaluationQuestion, *found):
    return rankings(question, [make_hit(item) for item in found], DOCUMENTS, PASSAGES)


def test_pages_are_those_that_a_passage_touches_in_order() -> None:
    found = ranked(asked(("paged", 14, 18), paged=1), LATER, LAST)
    assert found["pages"].found == ("paged page 1", "paged page 2", "paged page 3")
    assert found["pages"].grades == {"paged page 3": 1}


def test_a_passage_is_right_where_it_overlaps_a_span() -> None:
    found = ranked(asked(("paged", 5, 8), paged=1), OTHER, LATER, FIRST)
    assert found["passages"].found == ("plain 0", "paged 6", "paged 0")
    assert found["passages"].grades == {"paged 0": 1, "paged 6": 1}


def test_levels_that_cannot_be_judged_are_left_out() -> None:
    assert set(ranked(asked(paged=1), FIRST)) == {"documents"}
    assert set(ranked(asked(("plain", 0, 4), plain=1), OTHER)) == {"documents", "passages"}


def test_a_folded_twin_stands_after_the_document_that_shows_it() -> None:
    hit = replace(make_hit(OTHER), duplicates=(make_summary("twin"),))
    found = rankings(asked(plain=1), [hit, make_hit(FIRST)], DOCUMENTS, PASSAGES)
    assert found["documents"].found == ("plain", "twin", "paged")


def test_scores_carry_the_name_of_their_level() -> None:
    question = asked(("paged", 5, 8), paged=1)
    scores = ranking_scores("passages", {"q": ranked(question, OTHER, LATER, FIRST)["passages"]})
    ideal = 1 + 1 / math.log2(3)
    assert scores["q"]["passage_mrr_at_10"] == pytest.approx(1 / 2)
    assert scores["q"]["passage_recall_at_1"] == 0
    assert scores["q"]["passage_ndcg_at_10"] == pytest.approx((1 / math.log2(3) + 0.5) / ideal)


def test_a_question_for_which_nothing_was_found_counts_as_nought() -> None:
    scores = ranking_scores("documents", {"q": ranked(asked(paged=1))["documents"]})
    assert set(scores["q"].values()) == {0}
