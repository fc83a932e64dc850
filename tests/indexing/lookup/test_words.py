"""The words of a corpus: counted as they are written, found by how they are nearly written."""

from __future__ import annotations

import time

import pytest
from fakes import make_document

from qa_service.indexing.lookup.words import (
    MOST_WORDS,
    NearWord,
    Vocabulary,
    count_words,
    plain_words,
)


@pytest.fixture
def words() -> Vocabulary:
    return count_words(["Inspectors praised the harbour. The inspectors of Borders left."])


def test_a_word_is_counted_whatever_its_capitals(words) -> None:
    assert words.near("inspectors", 0) == [NearWord("inspectors", 2, 0)]


def test_what_stands_inside_a_sentence_with_a_capital_keeps_it(words) -> None:
    assert words.near("borders", 0) == [NearWord("Borders", 1, 0)]


@pytest.mark.parametrize("typed", ["harbor", "harboour", "harbuor", "harvour"])
def test_each_kind_of_edit_is_one(words, typed: str) -> None:
    assert words.near(typed, 1) == [NearWord("harbour", 1, 1)]


def test_words_further_away_or_with_another_first_letter_are_not_near(words) -> None:
    assert words.near("harbrs", 1) == []
    assert words.near("tarbour", 2) == []


def test_plain_words_are_of_letters_alone_and_not_short() -> None:
    text = "It's a well-known rule: Räte of 2nd-hand x1y2 boats"
    assert [match.group() for match in plain_words(text)] == ["rule", "Räte", "boats"]


def test_words_are_the_same_after_a_way_over_the_disk(words, tmp_path) -> None:
    words.save(tmp_path / "words.json")
    again = Vocabulary.open(tmp_path / "words.json")
    assert len(again) == len(words) == 5
    assert again.near("borderz", 1) == [NearWord("Borders", 1, 1)]


def test_a_build_holds_the_words_of_texts_and_titles(opened_with) -> None:
    opened = opened_with(make_document("Children felt safe.", title="Harbour review"))
    assert opened.words.near("harbour", 0)
    assert opened.words.near("chidlren", 1)


def test_of_too_many_words_the_rarest_are_left_out() -> None:
    letters = str.maketrans("0123456789", "abcdefghij")
    many = " ".join(f"{number:06d}".translate(letters) for number in range(MOST_WORDS))
    words = count_words([many, "often often"])
    assert len(words) == MOST_WORDS
    assert words.near("often", 0) == [NearWord("often", 2, 0)]


def test_a_look_into_sixty_thousand_words_takes_less_than_three_milliseconds() -> None:
    letters = str.maketrans("0123456789", "aeiounrstl")
    words = Vocabulary(
        {f"{number * 7919 % 10**6:06d}ing".translate(letters): 3 for number in range(60_000)}
    )
    times = []
    for _ in range(20):
        started = time.perf_counter()
        words.near("aeiounign", 2)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.003
