"""Reviewing: what the reader makes of the best places, their order and their exact words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeReader, make_hit, make_passage

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.reviewing import RELEVANCE_WEIGHT, review

QUESTION = "When did the harbour school open?"
RIGHT = "The harbour school did open in 1912, with nine pupils."
FOREIGN = "Twelve books may be borrowed at once."


def found(text: str, score: float = 2.0, *, before: str = "", after: str = "") -> Evidence:
    """Evidence that quotes `text`, from a passage that has more around it."""
    whole = before + text + after
    passage = make_passage(whole, document_id=text[:7])
    passage = replace(passage, start=100, end=100 + len(whole))
    start = 100 + len(before)
    return Evidence(make_hit(passage), start, start + len(text), score, 0.5, 1.0)


def marked(item: Evidence) -> str | None:
    """The words that are marked as exact."""
    passage = item.hit.passage
    return item.exact and passage.text[item.exact[0] - passage.start : item.exact[1] - 100]


def test_the_place_that_the_reader_finds_relevant_comes_first() -> None:
    weaker, stronger = found(RIGHT, 2.0), found(FOREIGN, 2.2)
    reviewed = review(FakeReader(), QUESTION, [stronger, weaker], limit=2)
    assert [item.start for item in reviewed] == [weaker.start, stronger.start]
    assert [item.hit for item in reviewed] == [weaker.hit, stronger.hit]
    assert reviewed[0].relevance > 0 > reviewed[1].relevance


def test_the_readers_logit_is_added_to_the_score_as_its_weight_says() -> None:
    (item,) = review(FakeReader(), QUESTION, [found(RIGHT, 2.0)], limit=5)
    assert item.score == pytest.approx(2.0 + RELEVANCE_WEIGHT * item.relevance)


def test_of_equally_relevant_places_the_first_stays_first() -> None:
    twins = [found(RIGHT, 2.0, before=before) for before in ("One. ", "Other. ")]
    assert [item.start for item in review(FakeReader(), QUESTION, twins, limit=2)] == [105, 107]


def test_the_quote_alone_is_read_with_its_documents_title() -> None:
    reader = FakeReader()
    review(reader, QUESTION, [found(RIGHT, before="In 1850: ", after=" In 1990.")], limit=1)
    assert reader.read_places == [("The Har", RIGHT)]


def test_exact_words_are_places_in_the_document_within_the_quote() -> None:
    place = found(RIGHT, before="In 1850 nothing stood there. ", after=" It closed in 1990.")
    (item,) = review(FakeReader(), QUESTION, [place], limit=1)
    assert marked(item) == "1912"
    assert item.start <= item.exact[0] < item.exact[1] <= item.end


def test_words_are_not_marked_in_a_place_that_hardly_answers() -> None:
    (item,) = review(FakeReader(), QUESTION, [found("Nine books came in 1912.")], limit=1)
    assert item.relevance < 0
    assert item.exact is None


@pytest.mark.parametrize(("certainty", "words"), [(0.1, None), (0.6, "1912")])
def test_words_are_marked_only_when_the_reader_is_certain_enough(certainty, words) -> None:
    (item,) = review(FakeReader(certainty), QUESTION, [found(RIGHT)], limit=1)
    assert marked(item) == words


def test_a_place_without_any_such_words_has_none_marked() -> None:
    (item,) = review(FakeReader(), QUESTION, [found("The harbour school did open.")], limit=1)
    assert item.relevance > 0
    assert item.exact is None


def test_places_beyond_the_limit_are_neither_read_nor_kept() -> None:
    reader = FakeReader()
    places = [found(f"{RIGHT} {number}", 3.0 - number) for number in range(3)]
    reviewed = review(reader, QUESTION, places, limit=2)
    assert len(reviewed) == len(reader.read_places) == 2
    assert [item.hit for item in reviewed] == [item.hit for item in places[:2]]


def test_without_evidence_nothing_is_reviewed() -> None:
    assert review(FakeReader(), QUESTION, [], limit=6) == []
