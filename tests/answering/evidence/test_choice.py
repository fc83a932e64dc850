"""Which places are cited, in which order, and when the answer is declined."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from fakes import make_document, make_hit, make_passage, make_query

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.choice import (
    FURTHER_SHARE,
    best_evidence,
    choose_evidence,
    compose,
    thoughts_of,
)
from qa_service.answering.evidence.corroboration import Agreed
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.stopwatch import Stopwatch
from qa_service.config import Settings
from qa_service.nouns.documents import Block
from qa_service.nouns.questions import Filters, Question
from qa_service.stems import terms


def found(
    name: str,
    *,
    date: str | None = None,
    score: float = 2.0,
    fit: float = 1.0,
    row: int = 0,
    absent: frozenset[str] = frozenset(),
) -> Evidence:
    hit = make_hit(make_passage("Text.", row, document_id=name), date=date)
    return Evidence(hit, 0, 5, score=score, cosine=fit, fit=2 * fit, absent=absent)


def chosen(*evidence: Evidence, question: str = "Which?", **settings: int) -> list[str]:
    picked = choose_evidence(make_query(question), evidence, Settings(**settings))
    return [item.hit.document.id for item in picked]


def test_newest_document_first_and_unknown_date_last() -> None:
    evidence = [
        found("unknown"),
        found("old", date="2016"),
        found("new", date="2023-05-24"),
    ]
    assert chosen(*evidence) == ["new", "old", "unknown"]


def test_documents_of_one_date_keep_the_order_of_their_score() -> None:
    evidence = [found("best", date="2016"), found("second", date="2016", score=1.9)]
    assert chosen(*evidence) == ["best", "second"]


def test_no_more_documents_than_the_settings_say() -> None:
    evidence = [found(name) for name in "abcde"]
    assert chosen(*evidence, max_documents=2) == ["a", "b"]
    assert chosen(*evidence, max_documents=5, max_quotes=4) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_quotes_of_a_document_than_the_settings_say(most: int) -> None:
    evidence = [found("a", row=row) for row in range(3)]
    assert chosen(*evidence, max_quotes_per_document=most) == ["a"] * most


def test_a_further_quote_of_a_full_page_of_documents_is_of_one_of_them() -> None:
    evidence = [found("a"), found("b"), found("a", row=1)]
    picked = chosen(*evidence, max_documents=1, max_quotes_per_document=2)
    assert picked == ["a", "a"]


def test_what_scores_far_below_the_best_is_not_cited() -> None:
    near, far = 2.0 * FURTHER_SHARE + 0.01, 2.0 * FURTHER_SHARE - 0.01
    assert chosen(found("best"), found("near", score=near), found("far", score=far)) == [
        "best",
        "near",
    ]


def test_a_named_year_leaves_out_other_years_where_a_document_of_it_answers() -> None:
    evidence = [found("later", date="2025-01-31"), found("named", date="2022-02-25", score=1.9)]
    assert chosen(*evidence, question="What was found in 2022?") == ["named"]
    assert chosen(*evidence, question="What was found in 1999?") == ["later", "named"]


def test_what_lacks_a_word_of_the_question_and_of_the_best_title_is_not_cited() -> None:
    best = found("leeds")
    word = best.hit.document.title.split()[0]
    other = found("elsewhere", absent=frozenset(terms(word)))
    assert chosen(best, other, question=f"What about {word}?") == ["leeds"]
    assert chosen(best, other, question="What about it?") == ["leeds", "elsewhere"]


def test_nothing_is_cited_where_the_best_is_not_certain_enough() -> None:
    assert chosen(found("weak", fit=0.0)) == []
    assert chosen() == []


def test_citations_are_numbered_in_the_order_of_the_quotes(opened_with, reports) -> None:
    opened = opened_with(*reports)
    hits = rank(opened, make_query("school boats"), 3, Filters(), Settings())
    evidence = [Evidence(hit, *hit.passage.sentences[0], 1.0, 1.0, 1.0) for hit in hits]
    answer = compose(Question("Q?"), Agreed(tuple(evidence)), hits, opened, Stopwatch())
    assert [citation.number for citation in answer.citations] == [1, 2, 3]
    assert [quote.text for quote in answer.quotes] == [c.quote for c in answer.citations]


def test_a_quote_has_the_page_it_begins_on(opened_with) -> None:
    text = "The first page says this.\n\nThe second page says that."
    opened = opened_with(make_document(text, page_lengths=[27, 27]))
    hits = rank(opened, make_query("second page"), 1, Filters(), Settings())
    evidence = Evidence(hits[0], *hits[0].passage.sentences[1], 1.0, 1.0, 1.0)
    (citation,) = compose(Question("Q?"), Agreed((evidence,)), hits, opened, Stopwatch()).citations
    assert (hits[0].passage.page, citation.page) == (1, 2)


def test_the_best_of_the_named_year_decides_whether_to_answer() -> None:
    other, named = found("other", date="2016"), found("named", date="2019", score=1.9, fit=0.2)
    assert best_evidence(make_query("What was found in 2019?"), [other, named]) is named
    assert chosen(other, named, question="What was found in 2019?") == []
    undated = make_query("What was found?")
    assert best_evidence(undated, [other, named]) is other
    assert best_evidence(undated, []) is None


def test_a_further_place_must_be_likely_by_itself() -> None:
    assert chosen(found("best"), found("unlikely", fit=0.3)) == ["best"]


def test_places_whose_thoughts_share_words_are_one_quote() -> None:
    text = "Boats carry lamps\nThe quay is dark. Ask for oil."
    blocks = (Block("heading", 0, 17), Block("paragraph", 18, 46))
    cache = SimpleNamespace(documents=lambda _: [(SimpleNamespace(text=text), blocks)])
    places = [replace(found("a"), end=17), replace(found("a", score=1.9), start=18, end=46)]
    grown = thoughts_of(SimpleNamespace(cache=cache), "Which boats carry lamps?", places)
    assert [(item.start, item.end) for item in grown.values()] == [(0, 46)]
