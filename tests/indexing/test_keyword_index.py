"""The keyword index: stems, BM25 scores, and files that hold no code."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from qa_service.indexing.keyword import K1, B, KeywordIndex, best_rows
from qa_service.indexing.terms import terms

TEXTS = [
    "Inspectors recommended better records.",
    "The school was inspected; the school is good.",
    "",
    "Harbour boats and harbour pilots.",
]


@pytest.fixture
def index() -> KeywordIndex:
    return KeywordIndex.create(TEXTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inspecting the inspected", ["inspect", "inspect"]),
        ("children’s boats", ["children", "boat"]),
        ("the parents' views", ["parent", "view"]),
        ("QA-2023 in 2016", ["qa", "2023", "2016"]),
        ("what is it?", []),
    ],
)
def test_text_becomes_stems_without_function_words(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_words_of_one_stem_find_each_other(index: KeywordIndex) -> None:
    scores = index.scores(terms("recommendations"))
    assert np.flatnonzero(scores).tolist() == [0]


def test_scores_are_okapi_bm25(index: KeywordIndex) -> None:
    lengths = [len(terms(text)) for text in TEXTS]
    count, average = terms(TEXTS[3]).count("harbour"), sum(lengths) / len(lengths)
    rarity = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    expected = rarity * count / (count + K1 * (1 - B + B * lengths[3] / average))
    assert index.scores(["harbour"]) == pytest.approx([0, 0, 0, expected], rel=1e-5)


def test_a_saved_index_maps_to_the_same_scores(index: KeywordIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "keyword")
    reopened = KeywordIndex.open(tmp_path / "keyword", len(TEXTS))
    words = terms("school records of the harbour")
    assert reopened.scores(words).tolist() == index.scores(words).tolist()
    assert reopened.inverse_document_frequency("school") == index.inverse_document_frequency(
        "school"
    )


@pytest.mark.parametrize("words", [[], ["zebra"], ["\0"]])
def test_a_question_without_a_known_word_scores_nothing(index, words) -> None:
    assert index.scores(words).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("texts", [[], [""], ["the", "and of"]])
def test_a_corpus_without_a_word_can_be_built_saved_and_asked(texts, tmp_path) -> None:
    KeywordIndex.create(texts).save(tmp_path / "keyword")
    reopened = KeywordIndex.open(tmp_path / "keyword", len(texts))
    assert reopened.scores(["school"]).tolist() == [0] * len(texts)
    assert len(reopened.scores(["\0"])) == len(texts)
    assert reopened.inverse_document_frequency("school") > 0


def test_the_rarer_a_word_the_more_it_weighs() -> None:
    index = KeywordIndex.create(["school boat", "school", "school plan"])
    common, rare, unknown = map(index.inverse_document_frequency, ["school", "boat", "zebra"])
    assert rare == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert 0 < common < rare < unknown


def test_best_rows_come_by_score_then_by_row() -> None:
    scores = np.array([0, 2, 3, 2, 0, 1], np.float32)
    assert best_rows(scores, 10).tolist() == [2, 1, 3, 5]
    assert best_rows(scores, 2).tolist()[0] == 2
    assert best_rows(scores, 10, np.array([0, 3, 5])).tolist() == [3, 5]
    assert best_rows(scores, 10, np.empty(0, np.int64)).tolist() == []


def test_rows_of_one_score_come_in_their_own_order() -> None:
    scores = np.tile(np.array([1, 2], np.float32), 50)
    assert best_rows(scores, 100).tolist() == [*range(1, 100, 2), *range(0, 100, 2)]


def test_no_file_of_the_index_holds_a_pickle(index: KeywordIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "keyword")
    arrays = list((tmp_path / "keyword").glob("*.npy"))
    assert arrays
    for path in arrays:
        np.load(path, allow_pickle=False)


def test_an_apostrophe_of_either_kind_is_the_same_word() -> None:
    assert terms("The council’s plan doesn’t work") == terms("The council's plan doesn't work")
