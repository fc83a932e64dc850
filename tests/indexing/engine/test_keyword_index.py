"""The keyword index: stems, BM25 scores, and files that hold no code."""

from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest

from qa_service.indexing.engine import keyword
from qa_service.indexing.engine.keyword import K1, B, KeywordIndex, added, weighed
from qa_service.stems import terms

TEXTS = [
    "Inspectors recommended better records.",
    "The school was inspected; the school is good.",
    "",
    "Harbour boats and harbour pilots.",
]
EVERY = np.arange(len(TEXTS))
WORDS = [f"word{number}" for number in range(40)]


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
    rows, _ = index.search(weighed(terms("recommendations")), 4)
    assert rows.tolist() == [0]


def test_scores_are_okapi_bm25(index: KeywordIndex) -> None:
    lengths = [len(terms(text)) for text in TEXTS]
    count, average = terms(TEXTS[3]).count("harbour"), sum(lengths) / len(lengths)
    rarity = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    expected = rarity * count / (count + K1 * (1 - B + B * lengths[3] / average))
    assert index.scores({"harbour": 1.0}, EVERY) == pytest.approx([0, 0, 0, expected], rel=1e-5)


def test_a_saved_index_maps_to_the_same_scores(index: KeywordIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "keyword")
    reopened = KeywordIndex.open(tmp_path / "keyword", len(TEXTS))
    words = weighed(terms("school records of the harbour"))
    assert reopened.scores(words, EVERY).tolist() == index.scores(words, EVERY).tolist()
    assert reopened.inverse_document_frequency("school") == index.inverse_document_frequency(
        "school"
    )


@pytest.mark.parametrize("words", [[], ["zebra"], ["\0"]])
def test_a_question_without_a_known_word_scores_nothing(index, words) -> None:
    assert index.scores(weighed(words), EVERY).tolist() == [0, 0, 0, 0]
    assert len(index.search(weighed(words), 4)[0]) == 0


@pytest.mark.parametrize("texts", [[], [""], ["the", "and of"]])
def test_a_corpus_without_a_word_can_be_built_saved_and_asked(texts, tmp_path) -> None:
    KeywordIndex.create(texts).save(tmp_path / "keyword")
    reopened = KeywordIndex.open(tmp_path / "keyword", len(texts))
    assert len(reopened.search({"school": 1.0}, 3)[0]) == 0
    assert len(reopened.scores({"\0": 1.0}, np.arange(len(texts)))) == len(texts)
    assert reopened.inverse_document_frequency("school") > 0


def test_the_rarer_a_word_the_more_it_weighs() -> None:
    index = KeywordIndex.create(["school boat", "school", "school plan"])
    common, rare, unknown = map(index.inverse_document_frequency, ["school", "boat", "zebra"])
    assert rare == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert 0 < common < rare < unknown


def many_rows() -> KeywordIndex:
    """Words of which each stands in more rows than the one before, several times in some."""
    chance = random.Random(0)
    weights = [number * number for number, _ in enumerate(WORDS, start=1)]
    return KeywordIndex.create(" ".join(chance.choices(WORDS, weights, k=30)) for _ in range(500))


@pytest.mark.parametrize("few", [0, 20_000], ids=["looked through", "looked up"])
@pytest.mark.parametrize("every", [1, 3], ids=["all rows", "some rows"])
@pytest.mark.parametrize("words", [WORDS[:1], WORDS[-2:], WORDS[::5], WORDS, [*WORDS[:2]] * 2])
def test_the_best_rows_are_those_of_highest_score(monkeypatch, words, every, few) -> None:
    monkeypatch.setattr(keyword, "FEW_ROWS", few)
    index, allowed = many_rows(), np.arange(0, 500, every)
    scores = index.scores(weighed(words), allowed)
    best_first = allowed[np.lexsort((allowed, -scores))[: np.count_nonzero(scores)]]
    rows, found = index.search(weighed(words), 10, allowed if every > 1 else None)
    assert rows.tolist() == best_first[:10].tolist()
    assert found.tolist() == index.scores(weighed(words), rows).tolist()


def test_only_the_given_rows_are_found(index: KeywordIndex) -> None:
    assert index.search({"school": 1.0, "harbour": 1.0}, 5, np.array([0, 3]))[0].tolist() == [3]
    assert len(index.search({"school": 1.0}, 5, np.empty(0, np.int64))[0]) == 0


def test_rows_of_one_score_come_in_their_own_order() -> None:
    index = KeywordIndex.create(["boat", "boat boat"] * 50)
    rows, _ = index.search({"boat": 1.0}, 100)
    assert rows.tolist() == [*range(1, 100, 2), *range(0, 100, 2)]


def test_a_weight_multiplies_what_a_stem_brings(index: KeywordIndex) -> None:
    single = index.scores({"harbour": 1.0, "school": 1.0}, EVERY)
    weights = added(weighed(["harbour", "school"]), {"harbour": 2.0})
    assert index.scores(weights, EVERY) == pytest.approx(single * [1, 1, 1, 3])


def test_no_file_of_the_index_holds_a_pickle(index: KeywordIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "keyword")
    arrays = list((tmp_path / "keyword").glob("*.npy"))
    assert arrays
    for path in arrays:
        np.load(path, allow_pickle=False)


def test_an_apostrophe_of_either_kind_is_the_same_word() -> None:
    assert terms("The council’s plan doesn’t work") == terms("The council's plan doesn't work")
