"""Ranking: as many hits as asked for, filtered first, each passage once, in a fixed order."""

from __future__ import annotations

import pytest
from fakes import make_document
from made_texts import prose

from qa_service.answering.ranking.fusion import FUSIONS
from qa_service.nouns.questions import Filters

QUESTION = "What did inspectors find in the harbour school?"
COPY = f"Inspectors found the harbour school good. {prose(60)}"
COPIES = [make_document(COPY, f"copy-{at}", title="Copy") for at in range(30)]
OTHERS = [make_document(prose(60, seed), f"other-{seed}") for seed in range(1, 12)]


def ids(hits) -> list[str]:
    return [hit.document.id for hit in hits]


def test_hits_come_by_score_and_are_numbered_from_1(ranked, reports) -> None:
    hits = ranked("Which quality assurance did inspectors recommend?", *reports)
    assert ids(hits)[0] == "borders"
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]


@pytest.mark.parametrize("fusion", FUSIONS)
@pytest.mark.parametrize("limit", [1, 5, 11])
def test_duplicates_take_no_ones_place(ranked, fusion, limit) -> None:
    hits = ranked(QUESTION, *COPIES, *OTHERS, limit=limit, fusion=fusion, candidates=5)
    assert len(hits) == limit
    assert len({hit.passage.text for hit in hits}) == limit


def test_a_hit_names_the_documents_that_say_the_same(ranked) -> None:
    first, second = ranked(QUESTION, *COPIES[:4], OTHERS[0], limit=2)
    assert ids([first]) == ["copy-0"]
    assert [twin.id for twin in first.duplicates] == ["copy-1", "copy-2", "copy-3"]
    assert second.duplicates == ()


def test_a_document_is_not_called_a_duplicate_of_itself(ranked) -> None:
    repeating = make_document(f"{COPY} {prose(80, 3)}\n\n{COPY} {prose(80, 3)}")
    hit, twin = ranked(QUESTION, repeating)
    assert hit.duplicates == twin.duplicates == ()


def test_where_the_index_has_no_others_duplicates_fill_the_limit_as_such(ranked) -> None:
    hits = ranked(QUESTION, *COPIES[:4], OTHERS[0], limit=4)
    assert len(hits) == 4
    assert [hit.folded_into for hit in hits] == [None, None, *[hits[0].passage.id] * 2]


def test_no_more_hits_than_there_are_passages(ranked) -> None:
    hits = ranked(QUESTION, *OTHERS, limit=50)
    assert sorted(ids(hits)) == sorted(document.id for document in OTHERS)


def test_a_filter_comes_before_ranking(ranked) -> None:
    last = make_document("Nothing in common with that.", "last")
    wanted = Filters(document_ids=("last",))
    hits = ranked(QUESTION, *COPIES, *OTHERS, last, filters=wanted, candidates=1)
    assert ids(hits) == ["last"]


def test_a_filter_that_lets_nothing_through_gives_no_hits(ranked, reports) -> None:
    assert ranked(QUESTION, *reports, filters=Filters(document_ids=("nobody",))) == []


def test_equal_scores_keep_the_order_of_the_index(ranked) -> None:
    twins = [
        make_document(f"Harbour school {word}.", name, title="Twin")
        for name, word in (("b", "alpha"), ("a", "omega"), ("c", "delta"))
    ]
    hits = ranked("Harbour school?", *twins, pseudo_feedback_weight=0.0)
    assert ids(hits) == ["b", "a", "c"]
    assert len({round(hit.score, 6) for hit in hits}) == 1


def test_a_hit_says_which_side_found_it(ranked, reports) -> None:
    hits = {hit.document.id: hit for hit in ranked("quality assurance", *reports)}
    assert (hits["borders"].dense_rank, hits["borders"].keyword_rank) == (1, 1)
    assert hits["library"].keyword_rank is None


def test_the_year_in_a_question_weighs_more_than_a_word(ranked) -> None:
    older = make_document("Inspectors saw the school by the harbour.", "older", date="2016-02")
    newer = make_document("Inspectors find a good harbour school.", "newer", date="2023-05")
    other = make_document("The library opens at nine.", "other", date="2016-03")
    for when, expected in (("", "newer"), (" in 2016", "older")):
        question = f"What did inspectors find in the harbour school{when}?"
        assert ids(ranked(question, older, newer, other))[0] == expected


def test_the_year_in_a_question_decides_between_like_passages(ranked) -> None:
    text = "Inspectors found the harbour school {}."
    grades = {"2016-02": "weak", "2023-05-24": "good", None: "fair"}
    made = [make_document(text.format(word), word, date=date) for date, word in grades.items()]
    for year, expected in (("2016", "weak"), ("2023", "good")):
        hits = ranked(f"What did inspectors find in the school in {year}?", *made)
        assert ids(hits)[0] == expected
        assert all(0 <= hit.score <= 1 for hit in hits)
