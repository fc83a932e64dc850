"""What a round of training reads: the right passages, those that mislead, nothing held out."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from held_out_documents import group, held_out
from passage_data import (
    MOST_READ,
    STEP,
    Read,
    buckets,
    drawn_passages,
    encode,
    padded_inputs,
    split,
)
from tiny_bert import write_bert

from qa_service.answering.evidence.passage_reader import MAX_TOKENS
from qa_service.answering.evidence.passage_reader_network import load_network

TEXT = "they act. all do."


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("base")
    write_bert(folder, MAX_TOKENS)
    return load_network(None, folder)[1]


def candidate(row: int, labels: tuple[int, int] = (0, 0), **more: Any) -> dict[str, Any]:
    made = {"row": row, "head": "Acts", "text": TEXT, "sentences": [[0, 9], [10, 17]]}
    return made | {"labels": list(labels)} | more


def mined(*candidates: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {"q": "who?", "set": "reports", "file": "a.pdf", "held": False}
    return made | {"candidates": list(candidates), "more": []} | more


def read_of(length: int) -> Read:
    numbers = np.zeros(length, np.int32)
    return Read(numbers, numbers.astype(np.int8), numbers.astype(np.int16), np.zeros(1), None)


def test_reports_on_one_authority_are_held_out_together() -> None:
    assert group("ilacs_leeds_2015-03-27.pdf") == group("jtai_leeds_2024-05-16.pdf") == "leeds"
    assert held_out("ilacs_leeds_2015-03-27.pdf") == held_out("jtai_leeds_2024-05-16.pdf")


def test_a_question_on_documents_of_both_kinds_is_in_neither_half() -> None:
    learned, held = split([mined(), mined(held=True), mined(held=True, mixed=True)])
    assert (len(learned), len(held)) == (1, 1)


def test_a_passage_that_answers_is_read_though_it_was_not_found() -> None:
    found = candidate(1, (1, 0))
    each = mined(candidate(2), candidate(3)) | {"more": [found]}
    draws = [drawn_passages(each, random.Random(seed)) for seed in range(40)]
    assert sum(found in draw for draw in draws) > 20


def test_now_and_then_what_answers_is_left_out_to_teach_refusing() -> None:
    each = mined(candidate(1, (1, 0)), candidate(2), candidate(3))
    draws = [drawn_passages(each, random.Random(seed)) for seed in range(80)]
    without = [draw for draw in draws if not any(any(c["labels"]) for c in draw)]
    assert 0 < len(without) < 30


def test_what_misleads_is_read_and_a_second_answer_elsewhere_is_not() -> None:
    misleading, second = candidate(9, near=True), candidate(1, ignore=True)
    each = mined(second, *map(candidate, range(2, 8))) | {"more": [misleading]}
    draw = drawn_passages(each, random.Random(0))
    assert misleading in draw
    assert second not in draw
    assert len(draw) <= MOST_READ


def test_a_passage_is_encoded_with_its_sentences_and_words(tokenizer: Any) -> None:
    read = encode(tokenizer, "who?", candidate(1, (0, 1), exact=[10, 13]))
    assert read.answers
    assert (read.sentence == 0).sum() == len("theyact.")
    assert read.span is not None
    assert read.span[1] - read.span[0] == len("all") - 1


def test_passages_of_like_length_are_padded_together_to_a_common_length() -> None:
    passages = [read_of(length) for length in (30, 3, 31, 4, 5, 6, 7, 8, 9, 10)]
    first, *_ = buckets(passages)
    assert 0 not in first
    assert padded_inputs([passages[at] for at in first])["input_ids"].shape == (8, STEP)
