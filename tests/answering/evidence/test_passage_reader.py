"""The reader of passages on made logits and a tiny model: lists, sentences, words, long texts."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pytest

from qa_service.answering.evidence.passage_reader import (
    MAX_TOKENS,
    PassageText,
    TransformerPassageReader,
    best_span,
    encode_passage,
    list_probabilities,
    tokens_within,
)
from qa_service.answering.evidence.passage_reader_network import as_network, load_network

QUESTION = "who act?"
ACTS = PassageText("Acts, 2016\nPart a", "they act, all. c d e.", ((0, 14), (15, 21)))
OTHER = PassageText("Others", "b c.", ((0, 4),))


@pytest.fixture(scope="module")
def tokenizer(base: Path) -> Any:
    return load_network(None, base)[1]


@pytest.fixture
def reader(base: Path) -> TransformerPassageReader:
    import torch

    torch.manual_seed(3)
    network, tokenizer = load_network(None, base)
    return TransformerPassageReader(as_network(network.eval()), tokenizer)


def judging(passage: tuple[float, float], letter: str, tokenizer: Any) -> TransformerPassageReader:
    """A reader that says the same of every passage and finds words of one letter in its answer."""
    number = tokenizer.token_to_id(letter)

    def network(inputs: Any) -> Any:
        held = (inputs["input_ids"] == number)[..., None]
        tokens = np.where(held, 9.0, -9.0).astype(np.float32).repeat(3, axis=-1)
        return np.array([passage] * len(tokens), np.float32), tokens

    return TransformerPassageReader(network, tokenizer)


def test_passages_and_none_share_one_probability() -> None:
    likely = list_probabilities(np.array([(3, 0), (1, 2)], np.float32))
    assert likely.sum() == pytest.approx(1)
    assert likely.argmax() == 0
    assert likely[2] == pytest.approx(likely[1])  # the mean of 0 and 2 is the second's own 1


def test_more_passages_of_the_same_kind_do_not_make_none_likelier() -> None:
    one, three = (list_probabilities(np.array([(0, 1)] * n, np.float32)) for n in (1, 3))
    assert three[-1] < one[-1]


def test_without_passages_none_is_certain(reader: TransformerPassageReader) -> None:
    reading = reader.read(QUESTION, [])
    assert (reading.passages, reading.none, reading.best) == ((), 1.0, None)


def test_the_words_that_answer_stand_in_the_best_sentence(tokenizer: Any) -> None:
    reading = judging((4, -4), "d", tokenizer).read(QUESTION, [OTHER, ACTS])
    acts = reading.passages[1]
    assert acts.best == 1
    assert acts.exact is not None
    assert ACTS.text[slice(*acts.exact)] == "d"
    assert acts.certainty > 0.9


def test_reading_ends_where_a_passage_is_probable_enough(tokenizer: Any) -> None:
    sure, unsure = judging((4, -4), "d", tokenizer), judging((-4, 4), "d", tokenizer)
    assert len(sure.read(QUESTION, [ACTS, OTHER], enough=0.9).passages) == 1
    assert len(unsure.read(QUESTION, [ACTS, OTHER], enough=0.9).passages) == 2
    assert len(sure.read(QUESTION, [ACTS, OTHER]).passages) == 2


def test_every_sentence_has_a_probability(reader: TransformerPassageReader) -> None:
    reading = reader.read(QUESTION, [ACTS, OTHER])
    assert [len(passage.sentences) for passage in reading.passages] == [2, 1]
    assert all(0 < said < 1 for passage in reading.passages for said in passage.sentences)
    total = sum(passage.probability for passage in reading.passages)
    assert total + reading.none == pytest.approx(1, abs=1e-5)


def test_what_is_read_of_a_passage_does_not_depend_on_the_others(
    reader: TransformerPassageReader,
) -> None:
    alone = reader.read(QUESTION, [ACTS]).passages[0]
    beside = reader.read(QUESTION, [OTHER, ACTS]).passages[1]
    assert (alone.relevance, alone.sentences) == (beside.relevance, beside.sentences)


def test_a_passage_is_read_once_for_a_question(tokenizer: Any) -> None:
    runs = []

    def network(inputs: Any) -> Any:
        runs.append(inputs["input_ids"].shape)
        return np.zeros((1, 2), np.float32), np.zeros((*runs[-1], 3), np.float32)

    reader = TransformerPassageReader(network, tokenizer)
    first = reader.read(QUESTION, [ACTS, OTHER])
    assert reader.read(QUESTION, [ACTS, OTHER]) == first
    assert len(runs) == 2
    reader.read(QUESTION + " And why?", [ACTS])
    assert len(runs) == 3


def test_only_tokens_of_the_text_have_places_in_it(tokenizer: Any) -> None:
    inputs, offsets = encode_passage(tokenizer, QUESTION, ACTS)
    assert inputs["input_ids"].shape == (1, len(offsets))
    read = [ACTS.text[a:b] for a, b in offsets if b]
    assert "".join(read) == ACTS.text.replace(" ", "")


def test_a_heading_before_the_first_sentence_is_not_read_twice(tokenizer: Any) -> None:
    headed = PassageText("Acts", "all they act", ((4, 12),))
    _, offsets = encode_passage(tokenizer, QUESTION, headed)
    assert offsets[offsets[:, 1] > 0][0, 0] == 4


def test_a_sentence_that_was_cut_off_is_no_answer(tokenizer: Any) -> None:
    text = "c " * MAX_TOKENS + "d."
    long = PassageText("", text, ((0, 3), (len(text) - 2, len(text))))
    reading = judging((4, -4), "d", tokenizer).read(QUESTION, [long])
    assert reading.passages[0].sentences[1] == 0.0
    assert reading.passages[0].best == 0


def test_a_passage_without_sentences_has_no_words(reader: TransformerPassageReader) -> None:
    reading = reader.read(QUESTION, [PassageText("Acts", "", ())])
    assert reading.passages[0].exact is None
    assert reading.passages[0].best is None


def test_the_likeliest_stretch_begins_before_it_ends() -> None:
    offsets = np.array([(0, 3), (4, 7), (8, 11)])
    logits = np.array([(0, 5), (5, 0), (0, 4)], np.float32)
    assert best_span(logits, offsets)[0] == (4, 11)


def test_tokens_of_a_stretch_are_those_that_touch_it() -> None:
    offsets = np.array([(0, 0), (0, 3), (4, 7), (8, 11)])
    assert tokens_within(offsets, (4, 9)).tolist() == [2, 3]


def test_two_passages_are_read_side_by_side(tokenizer: Any) -> None:
    both = Barrier(2, timeout=10)

    def network(inputs: Any) -> Any:
        both.wait()  # breaks where they come one after the other
        shape = inputs["input_ids"].shape
        return np.zeros((1, 2), np.float32), np.zeros((*shape, 3), np.float32)

    listed = TransformerPassageReader(network, tokenizer).read(QUESTION, [ACTS, OTHER])
    assert len(listed.passages) == 2
