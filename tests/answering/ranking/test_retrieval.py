"""Candidates: both sides' rows, each with both scores and its rank on either side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import hashed, make_document, make_query
from made_texts import prose

from qa_service.answering.ranking.retrieval import Context, Query, retrieve
from qa_service.nouns.questions import Filters
from qa_service.stems import terms
from qa_service.understanding.kinds import expectation_of

TEXTS = ["Harbour boats sail.", "School records improve.", "Families ask for support."]


@pytest.fixture
def opened(opened_with):
    return opened_with(*(make_document(text, f"d{at}") for at, text in enumerate(TEXTS)))


def query(text: str, *, words: str) -> Query:
    """A question whose two sides ask for different things."""
    return Query(text, hashed(text), tuple(terms(words)), expectation_of(text))


def test_rows_of_both_sides_are_joined(opened) -> None:
    found = retrieve(opened, query("harbour boats", words="support"), 1)
    assert found.rows.tolist() == [0, 2]
    assert found.dense_ranks.tolist() == [1, 0]
    assert found.keyword_ranks.tolist() == [0, 1]


def test_every_row_has_both_scores(opened) -> None:
    asked = query("harbour boats", words="support")
    found = retrieve(opened, asked, 1)
    vectors = opened.vectors.passages[found.rows]
    assert found.dense == pytest.approx(vectors @ asked.vector)
    assert found.keyword.tolist() == opened.keyword.scores({"support": 1.0}, found.rows).tolist()


def test_each_side_gives_no_more_than_the_limit(opened_with) -> None:
    opened = opened_with(make_document(prose(4000)))
    found = retrieve(opened, make_query("records of families"), 5)
    assert sorted(rank for rank in found.dense_ranks if rank) == [1, 2, 3, 4, 5]
    assert sorted(rank for rank in found.keyword_ranks if rank) == [1, 2, 3, 4, 5]


def test_a_filter_holds_on_both_sides(opened) -> None:
    only = Filters(document_ids=("d1",))
    found = retrieve(opened, make_query("harbour records support"), 5, only)
    assert found.rows.tolist() == [1]
    assert found.dense_ranks.tolist() == found.keyword_ranks.tolist() == [1]


def test_a_filter_that_lets_nothing_through_gives_no_candidates(opened) -> None:
    found = retrieve(opened, make_query("harbour"), 5, Filters(document_ids=("none",)))
    assert len(found.rows) == len(found.dense) == len(found.keyword) == 0


def test_a_question_without_words_is_found_by_its_vector_alone(opened) -> None:
    found = retrieve(opened, query("harbour", words=""), 2)
    assert not found.keyword.any()
    assert sorted(found.dense_ranks) == [1, 2]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did inspectors find in Manchester?", {"manchest"}),
        ("How is Kingston upon Hull?", {"kingston", "hull"}),
        ("Inspectors found what?", set()),
        ("what about leeds", set()),
    ],
)
def test_names_are_what_a_question_writes_with_a_capital_inside_it(text, names) -> None:
    assert make_query(text).names == names


def test_a_conversation_adds_to_both_sides(opened) -> None:
    context = Context(hashed("school records"), {"record": 0.5}, "d1")
    asked = replace(query("harbour boats", words="boats"), context=context)
    assert asked.words_in_talk == {"boat": 1.0, "record": 0.5}
    assert float(asked.vector_in_talk @ asked.vector_in_talk) == pytest.approx(1)
    assert float(asked.vector_in_talk @ context.vector) > float(asked.vector @ context.vector)
    assert 1 in retrieve(opened, asked, 2).rows
