"""What every engine must do alike, against scores that are counted here by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from fakes import hashed, make_document
from made_texts import prose

from qa_service.answering.collection.mentions import documents_mentioning
from qa_service.errors import DocumentNotFound, DocumentWithdrawn, NoIndex
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.passages.cutting import search_text
from qa_service.nouns.documents import Fact
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.stems import terms

LONG = make_document(prose(900), "long", title="Prose", date="2020-03-01", collection="made")
CLOSED = make_document("The vault opens at noon.", "vault", metadata={"access": "board; staff"})
WEIGHTS = {"record": 1.0, "famili": 2.0, "open": 0.5}
YEARS = Filters(date_from="2016-01-01", date_to="2020-12-31")


@pytest.fixture
def documents(reports):
    return [*reports, LONG, CLOSED]


@pytest.fixture
def opened(engine, documents):
    engine.publish(*documents)
    with engine.reading() as opened:
        yield opened


def searched_words(opened) -> list[list[str]]:
    summaries = {item.id: item for item in opened.store.summaries()}
    passages = all_passages(opened.store)
    return [terms(search_text(summaries[each.document_id], each)) for each in passages]


def bm25(texts: list[list[str]], weights: dict[str, float]) -> list[float]:
    """Okapi BM25 in Lucene's form with k1 = 1.2 and b = .75."""
    mean = sum(map(len, texts)) / len(texts)
    scores = [0.0] * len(texts)
    for stem, weight in weights.items():
        held = sum(stem in text for text in texts)
        rarity = math.log(1 + (len(texts) - held + 0.5) / (held + 0.5))
        for row, text in enumerate(texts):
            count = text.count(stem)
            length = 1.2 * (1 - 0.75 + 0.75 * len(text) / mean)
            scores[row] += weight * rarity * count / (count + length)
    return scores


def test_without_a_build_there_is_nothing_to_read(engine):
    with pytest.raises(NoIndex), engine.reading():
        pass


def test_every_passage_is_the_text_of_its_document(opened):
    for passage in all_passages(opened.store):
        text = opened.store.document(passage.document_id).text
        assert text[passage.start : passage.end] == passage.text


def test_documents_come_back_as_they_were_given(opened, documents):
    for document in documents:
        assert opened.store.document(document.id) == document


def test_keyword_scores_are_those_of_the_formula(opened):
    rows = np.arange(opened.info.passages)
    expected = bm25(searched_words(opened), WEIGHTS)
    assert opened.keyword.scores(WEIGHTS, rows) == pytest.approx(expected, abs=1e-5)


def test_the_best_by_words_come_first_and_none_without_a_score(opened):
    expected = bm25(searched_words(opened), WEIGHTS)
    ranked = sorted(range(len(expected)), key=lambda row: (-round(expected[row], 5), row))
    best = [row for row in ranked if expected[row] > 0]
    assert opened.best_worded(WEIGHTS, 3)[0].tolist() == best[:3]
    assert opened.best_worded(WEIGHTS, 10_000)[0].tolist() == best


def test_cosines_are_those_of_the_vectors(opened):
    vector = hashed("records of families")
    vectors = opened.vectors.passages[np.arange(opened.info.passages)]
    rows, cosines = opened.nearest(vector, 4)
    assert rows.tolist() == np.argsort(-(vectors @ vector), kind="stable")[:4].tolist()
    assert cosines == pytest.approx(np.sort(vectors @ vector)[::-1][:4], abs=1e-6)


@pytest.mark.parametrize(
    "filters",
    [YEARS, Filters(("long", "vault")), Filters(collections=("made", "schools")), Filters(("no",))],
)
def test_filters_hold_before_anything_is_ranked(opened, filters):
    admitted = {item.id for item in opened.catalogue if filters.admits(item)}
    rows = [p.row for p in all_passages(opened.store) if p.document_id in admitted]
    assert opened.count(filters) == len(rows)
    assert sorted(opened.nearest(hashed("records"), 10_000, filters)[0]) == rows
    every = np.arange(opened.info.passages)
    assert opened.among(every, filters).tolist() == rows
    scores = opened.keyword.scores(WEIGHTS, every)
    worded = [row for row in rows if scores[row] > 0]
    assert sorted(opened.best_worded(WEIGHTS, 10_000, filters)[0]) == worded


def test_no_filter_lets_everything_through(opened):
    assert opened.count(NO_FILTERS) == opened.info.passages


@pytest.mark.parametrize("groups", [set(), {"board"}, {"staff", "cook"}])
def test_who_is_in_no_group_of_a_document_finds_nothing_of_it(engine, documents, groups):
    engine.publish(*documents)
    admitted = {item.id for item in documents} - ({"vault"} if not groups else set())
    with engine.reading(frozenset(groups)) as seen:
        assert {item.id for item in seen.catalogue} == admitted
        found = seen.store.passages(seen.nearest(hashed("The vault opens"), 100)[0])
        assert {passage.document_id for passage in found} == admitted
        assert bool(seen.keyword.held(["vault"])) == seen.words.is_name("vault") or bool(groups)
        assert len(seen.best_worded({"vault": 1.0}, 5)[0]) == bool(groups)


def test_words_weigh_for_somebody_as_if_there_were_no_other_documents(engine, reports):
    engine.publish(*reports)
    with engine.reading() as alone:
        expected = {stem: alone.keyword.inverse_document_frequency(stem) for stem in WEIGHTS}
        rows, _ = alone.best_worded(WEIGHTS, 9)
    engine.publish(*reports, CLOSED)
    with engine.reading(frozenset()) as seen:
        for stem, rarity in expected.items():
            assert seen.keyword.inverse_document_frequency(stem) == pytest.approx(rarity)
        assert seen.best_worded(WEIGHTS, 9)[0].tolist() == rows.tolist()


def test_what_somebody_may_not_read_is_not_there(engine, documents):
    engine.publish(*documents)
    with engine.reading(frozenset()) as seen, pytest.raises(DocumentNotFound):
        seen.store.document("vault")


def test_facts_are_found_by_the_stems_of_their_label(engine, reports):
    text = reports[2].text
    fact = Fact("Opening hours", "nine", 0, 26, text.index("nine"), text.index("nine") + 4)
    engine.publish(reports[0], replace(reports[2], facts=(fact,)))
    with engine.reading() as opened:
        (found,) = opened.store.facts("hours of opening")
        assert (found.document_id, found.fact.value) == ("library", "nine")
        assert not opened.store.facts("fees")


def test_every_document_that_mentions_words_is_found(opened, documents) -> None:
    beside, apart = documents_mentioning(opened, "case records")
    assert beside == {item.id for item in documents if "case records" in item.text} != set()
    assert apart == set()


def test_rows_that_hold_all_words_are_found_with_accents_or_without(engine):
    engine.publish(make_document("The café opens."), make_document("No coffee here.", "other"))
    with engine.reading() as opened:
        assert opened.rows_with(["open", *terms("café")]).tolist() == [0]
        assert opened.rows_with_accents(["cafe"]).tolist() == [0]
        assert opened.rows_with(["open", "coffe"]).tolist() == []


def test_a_document_that_left_is_told_as_withdrawn(engine, reports):
    engine.publish(*reports)
    engine.publish(*reports[:2])
    with engine.reading() as opened:
        assert [item.id for item in opened.store.withdrawals()] == ["library"]
        with pytest.raises(DocumentWithdrawn):
            opened.store.document("library")


def test_a_question_goes_on_with_the_build_that_it_began_with(engine, reports):
    first = engine.publish(*reports)
    with engine.reading() as old:
        second = engine.publish(reports[0])
        with engine.reading() as new:
            assert (old.info.build, new.info.build) == (first, second)
            assert len(old.store.passages(range(old.info.passages))) == old.info.passages
            assert (old.info.documents, new.info.documents) == (3, 1)
