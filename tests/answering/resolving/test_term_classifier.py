"""Which words of earlier questions are taken over: on made logits, and by what is shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa_service.answering.evidence.passage_reader_network import load_network
from qa_service.answering.resolving.opening import open_term_classifier
from qa_service.answering.resolving.term_classifier import (
    MOST_QUESTIONS,
    TransformerTermClassifier,
)
from qa_service.config import Settings


@pytest.fixture(scope="module")
def tokenizer(base: Path) -> Any:
    return load_network(None, base)[1]


@pytest.fixture
def taking(tokenizer: Any) -> Any:
    """A classifier that takes over each word that begins with one of some letters."""

    def make(letters: str) -> TransformerTermClassifier:
        numbers = [tokenizer.token_to_id(letter) for letter in letters]

        def network(inputs: Any) -> Any:
            held = np.isin(inputs["input_ids"], numbers)[..., None]
            tokens = np.where(held, 9.0, -9.0).astype(np.float32).repeat(3, axis=-1)
            return np.zeros((1, 2), np.float32), tokens

        return TransformerTermClassifier(network, tokenizer)

    return make


def test_words_are_taken_over_oldest_question_first(taking: Any) -> None:
    assert taking("bc").left_out("a?", ["b e", "c"]) == ("b", "c")


def test_a_word_is_taken_over_once(taking: Any) -> None:
    assert taking("b").left_out("a?", ["b c", "b"]) == ("b",)


def test_words_of_the_question_itself_are_not_taken_over(taking: Any) -> None:
    assert taking("b").left_out("b?", ["c d"]) == ()


def test_older_questions_than_the_last_few_are_not_looked_at(taking: Any) -> None:
    assert taking("b").left_out("a?", ["b", *["c"] * MOST_QUESTIONS]) == ()
    assert taking("b").left_out("a?", ["b", *["c"] * (MOST_QUESTIONS - 1)]) == ("b",)


@pytest.mark.parametrize("said", ["", "?", "[SEP]", "[SEP] b [SEP]", "b" * 5_000, "é😀 b"])
def test_any_questions_are_survived(taking: Any, said: str) -> None:
    assert set(taking("b").left_out(said, [said, "b"])) <= {"b", said[:200]}


def test_the_classifier_that_is_shipped_finds_what_a_talk_is_about() -> None:
    shipped = open_term_classifier(Settings())
    assert shipped
    asked = "was there a safeguarding board in Harbourton in 2017"
    assert {"safeguarding", "board"} <= {*shipped.left_out("who chairs it", [asked])}
    assert not shipped.left_out("What did inspectors say about adoption in Leeds in 2021?", [asked])


def test_without_a_reader_in_the_settings_there_is_none() -> None:
    assert open_term_classifier(Settings(reader=False)) is None
