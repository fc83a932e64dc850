"""Why a passage matched: shared and absent words of the question, and the sentence."""

from __future__ import annotations

import pytest
from fakes import (
    make_document,
    make_hit,
    make_passage,
    make_query,
)
from made_texts import prose

from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.match_explanation import (
    explained,
    explained_evidence,
    question_words,
)
from qa_service.answering.ranking.ranking import rank
from qa_service.config import Settings
from qa_service.indexing.passages.cutting import search_text
from qa_service.nouns.questions import Filters
from qa_service.stems import terms

TEXT = "The boats are kept in good repair. Pupils of the school learn to sail every week."
ASKED = "Do pupils learn to sail at Harbour, or did a zebra?"


@pytest.fixture
def explain(opened_with):
    """Hits of some documents for a question, explained, and the build they are from."""

    def search(text, *documents, limit=10):
        opened, query = opened_with(*documents), make_query(text)
        hits = rank(opened, query, limit, Filters(), Settings())
        return explained(opened, query, hits), opened, query

    return search


def test_words_are_shared_with_the_text_or_its_title_in_the_questions_own_writing(explain) -> None:
    (hit,), _, _ = explain(ASKED, make_document(TEXT, title="Harbour school"))
    assert hit.why.shared_terms == ("pupils", "learn", "sail", "Harbour")
    assert hit.why.absent_terms == ("zebra",)


def test_the_sentence_is_the_one_nearest_to_the_question(explain) -> None:
    (hit,), _, _ = explain(ASKED, make_document(TEXT))
    start, end = hit.why.sentence
    assert TEXT[start:end] == "Pupils of the school learn to sail every week."


def test_where_there_is_evidence_the_sentence_is_of_its_place(explain) -> None:
    hits, opened, query = explain(ASKED, make_document(TEXT))
    first = hits[0].passage.sentences[0]
    place = Evidence(hits[0], *first, score=1, cosine=1, fit=1)
    assert explained(opened, query, hits, [place])[0].why.sentence == first


def test_evidence_takes_over_its_explained_hit(explain) -> None:
    hits, opened, query = explain(ASKED, make_document(TEXT), make_document("A zebra.", "zebra"))
    bare = find_evidence(opened, query, rank(opened, query, 10, Filters(), Settings()))
    taken = explained_evidence(bare, hits)
    assert [item.hit.passage.id for item in taken] == [item.hit.passage.id for item in bare]
    assert all(item.hit.why is not None for item in taken)


def test_a_word_is_shared_exactly_where_its_stem_stands(explain) -> None:
    made = [make_document(prose(300, seed), f"d{seed}", title="Plans") for seed in range(4)]
    hits, _, _ = explain("Weekly planning and reviews, supporting zebras", *made, limit=50)
    assert len(hits) > 4
    for hit in hits:
        stems = set(terms(search_text(hit.document, hit.passage)))
        assert all(set(terms(word)) <= stems for word in hit.why.shared_terms)
        assert not any(set(terms(word)) & stems for word in hit.why.absent_terms)


def test_a_passage_without_sentences_has_none(opened_with) -> None:
    opened = opened_with(make_document("Heading", headings=[(1, "Heading")]))
    passage = opened.store.passages([0])[0] if opened.info.passages else make_passage("Heading")
    (hit,) = explained(opened, make_query("heading"), [make_hit(passage)])
    assert (hit.why.sentence is None) == (not passage.sentences)


def test_no_hits_need_no_explanation(opened_with) -> None:
    assert explained(opened_with(make_document(TEXT)), make_query(ASKED), []) == []


def test_a_question_word_stands_once_for_each_stem() -> None:
    found = question_words("What do inspectors inspect? Inspectors’ reports reported it.")
    assert list(found) == ["inspectors", "inspect", "reports"]
