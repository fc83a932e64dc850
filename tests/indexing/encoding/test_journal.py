"""Vectors of a build that ended before its time are there for the next one."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from fakes import FakeEmbedder, built_index, make_document, make_passage

from qa_service.indexing.encoding import passage_vectors as encoding
from qa_service.indexing.encoding.embedding import EncodedPassages
from qa_service.indexing.encoding.journal import VectorJournal

KEYS = [bytes([number]) * 32 for number in range(4)]
PAIRS = [
    (np.full(3, number, np.float32), np.full((number, 3), number / 8, np.float32))
    for number in range(4)
]
TEXTS = ["Harbours are deep.", "Whales are large beasts.", "Schools open at nine in winter."]


@pytest.fixture
def journal(tmp_path: Path) -> VectorJournal:
    return VectorJournal(tmp_path / "journal", "model")


def again(tmp_path: Path, fingerprint: str = "model") -> VectorJournal:
    return VectorJournal(tmp_path / "journal", fingerprint)


def test_the_next_build_finds_what_was_added(journal, tmp_path) -> None:
    journal.add(KEYS[:2], PAIRS[:2])
    journal.add(KEYS[2:3], PAIRS[2:3])
    found = again(tmp_path).find(KEYS)
    assert found.keys() == set(KEYS[:3])
    for key, (vector, sentences) in zip(KEYS[:3], PAIRS[:3], strict=True):
        assert (found[key][0] == vector).all()
        assert (found[key][1] == sentences).all()


def test_vectors_of_another_model_are_not_found_and_removed(journal, tmp_path) -> None:
    journal.add(KEYS, PAIRS)
    assert again(tmp_path, "another").find(KEYS) == {}
    assert again(tmp_path).find(KEYS) == {}


def test_a_damaged_file_is_passed_over(journal, tmp_path) -> None:
    journal.add(KEYS[:2], PAIRS[:2])
    (file,) = tmp_path.rglob("*.npz")
    file.write_bytes(file.read_bytes()[:-50])
    journal.add(KEYS[2:], PAIRS[2:])
    assert again(tmp_path).find(KEYS).keys() == set(KEYS[2:])


def test_vectors_whose_bytes_have_changed_are_not_found(journal, tmp_path) -> None:
    journal.add(KEYS[:2], PAIRS[:2])
    (file,) = tmp_path.rglob("*.npz")
    data = bytearray(file.read_bytes())
    data[data.index(b"passages.npy") + 160] ^= 0xFF
    file.write_bytes(data)
    journal.add(KEYS[2:], PAIRS[2:])
    assert again(tmp_path).find(KEYS).keys() == set(KEYS[2:])


def test_after_the_build_nothing_is_left(journal, tmp_path) -> None:
    journal.add(KEYS, PAIRS)
    journal.remove()
    assert list(tmp_path.iterdir()) == []


class FailingEmbedder(FakeEmbedder):
    """Encodes one text after the other, and fails at the second."""

    def encode_passages(self, texts, sentences):
        if self.encoded:
            raise RuntimeError("the power fails")
        return super().encode_passages(texts, sentences)


def test_a_build_goes_on_from_what_was_encoded_before_it_failed(index_dir, monkeypatch) -> None:
    monkeypatch.setattr(encoding, "_WINDOW", 1)
    documents = [make_document(text, f"d{number}") for number, text in enumerate(TEXTS)]
    with pytest.raises(RuntimeError, match="the power fails"):
        built_index(documents, index_dir, FailingEmbedder())
    going_on = FakeEmbedder()
    report = built_index(documents, index_dir, going_on)
    assert (len(going_on.encoded), report.encoded) == (2, 2)
    assert sorted(path.name for path in index_dir.iterdir()) == sorted(
        [".lock", "CURRENT", report.manifest.build]
    )


def test_windows_of_a_batch_are_encoded_at_the_same_time_where_others_encode(monkeypatch) -> None:
    monkeypatch.setattr(encoding, "_WINDOW", 1)
    items = [
        encoding.KeyedPassage(make_passage(text), text, [(0, 8)], key)
        for text, key in zip(TEXTS[:2], KEYS, strict=False)
    ]
    encoder = encoding.PassageEncoder(BothAtOnce(), None, None, at_once=2)
    alone = encoding.PassageEncoder(FakeEmbedder(), None, None)
    assert encoder.vectors(items).passages.tolist() == alone.vectors(items).passages.tolist()


class BothAtOnce(FakeEmbedder):
    """Encodes a window when it has been asked for another."""

    def __init__(self) -> None:
        super().__init__()
        self._both = Barrier(2, timeout=10)

    def encode_passages(self, *given: Any) -> EncodedPassages:
        self._both.wait()
        return super().encode_passages(*given)


def test_an_encoder_that_is_stopped_encodes_no_more() -> None:
    embedder = FakeEmbedder()
    encoder = encoding.PassageEncoder(embedder, None, None)
    item = encoding.KeyedPassage(make_passage(TEXTS[0]), TEXTS[0], [(0, 8)], KEYS[0])
    assert encoder.vectors([item]).encoded == 1
    encoder.stop()
    with pytest.raises(encoding.EncodingStopped):
        encoder.vectors([item])
    assert len(embedder.encoded) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"counts": np.array([5, 5])},
        {"counts": np.array([-1, 2])},
        {"passages": np.zeros((2, 3, 3), np.float32)},
        {"passages": np.zeros((1, 3), np.float32)},
        {"sentences": np.zeros(7, np.float16)},
        {"keys": np.zeros((2, 5), np.uint8)},
        {"passages": np.full((2, 3), np.nan, np.float32)},
    ],
)
def test_a_file_of_an_impossible_shape_is_passed_over(journal, tmp_path, change) -> None:
    journal.add(KEYS[:2], PAIRS[:2])
    (file,) = tmp_path.rglob("*.npz")
    with np.load(file) as arrays:
        values = dict(arrays)
    np.savez(file, **(values | change))
    assert again(tmp_path).find(KEYS) == {}
