"""The reader on a tiny model: what it is given, what it makes of the logits, plain errors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.torch import load_file, save_file
from tiny_bert import write_bert

from qa_service.answering.evidence import reader_network
from qa_service.answering.evidence import reader_opening as readers
from qa_service.answering.evidence.reader import (
    LONGEST_ANSWER,
    MAX_TOKENS,
    Place,
    TransformerReader,
    best_span,
    encode_pairs,
)
from qa_service.answering.evidence.reader_network import EMBEDDINGS, load_network
from qa_service.answering.evidence.reader_opening import open_reader, torch_reader
from qa_service.config import Settings
from qa_service.errors import ModelError

QUESTION = "who act?"
PLACES = [Place("Acts", "they act, all."), Place("A much longer title", "b"), Place("", "c d. e")]
EVEN = (0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny base model."""
    folder = tmp_path_factory.mktemp("base")
    write_bert(folder, MAX_TOKENS)
    return folder


@pytest.fixture(scope="module")
def tokenizer(base: Path) -> Any:
    return load_network(None, base)[1]


@pytest.fixture(scope="module")
def tensors(base: Path) -> dict[str, Any]:
    """What a file of weights holds: all but the embeddings, as after a training."""
    import torch

    torch.manual_seed(3)
    network, _ = load_network(None, base)
    state = {name: tensor.half() for name, tensor in network.state_dict().items()}
    return {name: tensor for name, tensor in state.items() if not name.startswith(EMBEDDINGS)}


@pytest.fixture
def write_weights(tmp_path: Path, tensors: dict[str, Any]) -> Callable[..., Path]:
    """Writes those tensors, some of them changed or (None) left out."""

    def write(**changed: Any) -> Path:
        renamed = {name.replace("_", "."): value for name, value in changed.items()}
        kept = {name: value for name, value in (tensors | renamed).items() if value is not None}
        save_file(kept, tmp_path / "weights.safetensors")
        return tmp_path / "weights.safetensors"

    return write


@pytest.fixture
def reader(write_weights, base) -> TransformerReader:
    return torch_reader(write_weights(), base)


def span_of(starts: Any, ends: Any, offsets: Any) -> tuple[int, int, float]:
    logits = np.array([starts, ends], np.float32).T
    return best_span(logits, np.asarray(offsets, np.int64))


def words(count: int) -> list[tuple[int, int]]:
    """Offsets of so many words of three letters."""
    return [(4 * at, 4 * at + 3) for at in range(count)]


def test_the_likeliest_start_and_end_are_taken() -> None:
    assert span_of((0, 5, 0), (0, 0, 5), words(3))[:2] == (4, 11)
    assert span_of((0, 5, 0), (0, 5, 0), words(3))[:2] == (4, 7)


def test_certainty_is_the_share_of_the_probability_that_falls_on_the_span() -> None:
    assert span_of(EVEN, EVEN, words(3))[2] == pytest.approx(1 / 9)
    assert span_of((0, 9, 0), EVEN, words(3))[2] == pytest.approx(1 / 3, abs=1e-3)
    assert span_of((0, 99, 0), (0, 0, 99), words(3))[2] == pytest.approx(1)


def test_a_span_never_ends_before_it_begins() -> None:
    start, end, certainty = span_of((0, 0, 8), (9, 0, 0), words(3))
    assert (start, end) == (0, 3)
    assert certainty < 0.01


def test_a_span_is_no_longer_than_the_longest_answer() -> None:
    first, last = np.zeros((2, 40))
    first[0], last[LONGEST_ANSWER - 1], last[LONGEST_ANSWER] = 9, 5, 8
    assert span_of(first, last, words(40))[:2] == (0, 4 * LONGEST_ANSWER - 1)


def test_words_of_question_and_title_are_never_the_answer() -> None:
    offsets = [(0, 0), (0, 0), *words(2)]
    start, end, certainty = span_of((99, 99, 1, 0), (99, 99, 1, 0), offsets)
    assert (start, end) == (0, 3)
    assert certainty == pytest.approx((1 / (1 + np.exp(-1))) ** 2)


def test_where_no_word_of_the_place_was_read_none_answers() -> None:
    assert span_of(EVEN, EVEN, [(0, 0)] * 3) == (0, 0, 0.0)


@pytest.mark.parametrize("title", ["", "Report: of b.", "Café 😀 𝒳", "Line\nof two", "a" * 20])
@pytest.mark.parametrize(
    "text", ["they act.", "😀 a café, 𝒳 b", "  two\n\nlines ", "e\u0301 a", "…"]
)
def test_offsets_are_those_of_the_places_text(tokenizer, title, text) -> None:
    inputs, (offsets,) = encode_pairs(tokenizer, QUESTION, [Place(title, text)])
    assert offsets.shape == (inputs["input_ids"].shape[1], 2)
    pieces = [text[start:end] for start, end in offsets if end]
    assert "".join(pieces).replace("\u0301", "") == "".join(text.replace("\u0301", "").split())


def test_question_and_place_are_told_apart_for_the_network(tokenizer) -> None:
    inputs, offsets = encode_pairs(tokenizer, "abc", PLACES)
    kinds, shown = inputs["token_type_ids"], inputs["attention_mask"]
    assert set(inputs) == {"input_ids", "token_type_ids", "attention_mask"}
    assert (kinds.sum(1) < shown.sum(1)).all()
    for place, kind, found in zip(PLACES, kinds, offsets, strict=True):
        assert not found[kind[: len(found)] == 0].any()
        assert found.max() == len(place.text)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("who?", Place("Title", "they act. " * 500)),
        ("who acts? " * 300, Place("Title", "they act.")),
        ("who acts? " * 300, Place("Title " * 300, "they act. " * 500)),
    ],
)
def test_what_is_too_long_is_cut(reader, tokenizer, question, place) -> None:
    inputs, _ = encode_pairs(tokenizer, question, [place])
    (reading,) = reader.read(question, [place])
    assert inputs["input_ids"].shape[1] == MAX_TOKENS
    assert 0 <= reading.start <= reading.end <= len(place.text)


def test_a_long_question_leaves_room_for_the_place(tokenizer) -> None:
    _, (offsets,) = encode_pairs(tokenizer, "q" * 500, [Place("", "they act.")])
    assert offsets.max() == len("they act.")


def test_every_place_gets_a_reading_within_its_text(reader) -> None:
    readings = reader.read(QUESTION, PLACES)
    assert len(readings) == len(PLACES)
    for place, reading in zip(PLACES, readings, strict=True):
        assert 0 <= reading.start < reading.end <= len(place.text)
        assert 0 < reading.certainty <= 1


def test_a_reading_does_not_depend_on_the_other_places(reader) -> None:
    together = reader.read(QUESTION, PLACES)
    for place, reading in zip(PLACES, together, strict=True):
        (alone,) = reader.read(QUESTION, [place])
        assert astuple(alone) == pytest.approx(astuple(reading), abs=1e-4)


def test_without_places_there_is_nothing_to_read(reader) -> None:
    assert reader.read(QUESTION, []) == []


def test_questions_that_arrive_together_are_read_as_alone(write_weights, base) -> None:
    fresh, questions = torch_reader(write_weights(), base), [f"who {c}?" for c in "abcdefgh"]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda asked: fresh.read(asked, PLACES), questions * 4))
    alone = [fresh.read(asked, PLACES) for asked in questions] * 4
    for one, other in zip(together, alone, strict=True):
        assert [each.relevance for each in one] == pytest.approx([each.relevance for each in other])


def test_the_weights_of_the_file_are_read_with(reader, write_weights, tensors, base) -> None:
    shifted = write_weights(relevance_bias=tensors["relevance.bias"] + 2)
    before = reader.read(QUESTION, PLACES)
    after = torch_reader(shifted, base).read(QUESTION, PLACES)
    expected = [reading.relevance + 2 for reading in before]
    assert [reading.relevance for reading in after] == pytest.approx(expected, abs=0.01)


def test_the_embeddings_are_those_of_the_base_model(write_weights, base) -> None:
    network, _ = load_network(write_weights(), base)
    table = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"]
    assert (network.state_dict()[f"{EMBEDDINGS}word_embeddings.weight"] == table).all()


def test_weights_are_those_of_the_encoder_and_two_heads_and_no_others(tensors) -> None:
    parts = {name.rsplit(".layer.", 1)[0] for name in tensors}
    heads = {f"{head}.{kind}" for head in ("relevance", "span") for kind in ("weight", "bias")}
    assert parts == {"transformer.encoder", *heads}


def test_loading_says_nothing(write_weights, base, capsys) -> None:
    said: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = said.append
    library = logging.getLogger("transformers")
    library.addHandler(handler)
    try:
        load_network(write_weights(), base)
    finally:
        library.removeHandler(handler)
    assert said == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("damage", [b"", b"no weights", b"\xff" * 4096])
def test_damaged_weights_are_told_with_the_fix(write_weights, base, damage) -> None:
    weights = write_weights()
    weights.write_bytes(damage)
    with pytest.raises(ModelError, match=r"cannot load .* reinstall .* QA_READER=false"):
        torch_reader(weights, base)


def test_weights_cut_short_are_told_with_the_fix(write_weights, base) -> None:
    weights = write_weights()
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="QA_READER=false"):
        torch_reader(weights, base)


def test_missing_weights_are_told_with_the_fix(tmp_path, base) -> None:
    with pytest.raises(ModelError, match="QA_READER=false"):
        torch_reader(tmp_path / "nowhere.safetensors", base)


def test_weights_of_another_make_are_no_reader(write_weights, tensors, base) -> None:
    other = tensors["relevance.bias"]
    for changed in ({"span_bias": None}, {"span_scale": other.clone()}):
        with pytest.raises(ModelError, match="no reader of this version"):
            torch_reader(write_weights(**changed), base)
    with pytest.raises(ModelError, match="size mismatch"):
        torch_reader(write_weights(span_bias=other.clone()), base)


@pytest.fixture
def tiny_reader(monkeypatch, write_weights, base) -> Settings:
    """Settings for which the tiny model is the packaged reader."""
    weights = write_weights()
    monkeypatch.setattr(readers, "WEIGHTS_FILE", weights)
    monkeypatch.setattr(reader_network, "default_model_path", lambda: base)
    return Settings(cache_dir=weights.parent / "cache", reader_bits=32)


def test_the_exported_reader_reads_as_torch_does(tiny_reader) -> None:
    exported, by_torch = open_reader(tiny_reader), readers.torch_reader(readers.WEIGHTS_FILE)
    for ours, theirs in zip(
        exported.read(QUESTION, PLACES), by_torch.read(QUESTION, PLACES), strict=True
    ):
        assert astuple(ours) == pytest.approx(astuple(theirs), abs=1e-3)


def test_a_reader_is_exported_once(tiny_reader, monkeypatch) -> None:
    open_reader(tiny_reader)
    monkeypatch.setattr(readers, "export_reader", None)
    assert len(open_reader(tiny_reader).read(QUESTION, PLACES)) == len(PLACES)


def test_a_reader_that_judges_otherwise_when_exported_is_run_by_torch(
    tiny_reader, monkeypatch, caplog
) -> None:
    monkeypatch.setitem(reader_network.LARGEST_DIFFERENCE, 32, -1)
    caplog.set_level(logging.INFO)
    assert len(open_reader(tiny_reader).read(QUESTION, PLACES)) == len(PLACES)
    assert "run by torch" in caplog.text
    with pytest.raises(ModelError, match=r"relevance differs.*QA_ENCODER=auto"):
        open_reader(replace(tiny_reader, encoder="onnx"))


def test_without_a_reader_in_the_settings_none_is_opened() -> None:
    assert open_reader(Settings(reader=False)) is None


@pytest.mark.slow
def test_the_packaged_reader_prefers_the_place_that_answers(tmp_path) -> None:
    right = Place("Borders", "Inspectors recommended better quality assurance of case records.")
    foreign = Place("Harbour", "The ferry leaves the harbour at noon on weekdays.")
    asked = "What did inspectors recommend about case records?"
    found, other = open_reader(Settings(cache_dir=tmp_path)).read(asked, [right, foreign])
    assert found.relevance > other.relevance
    assert 0 <= found.start < found.end <= len(right.text)
    assert 0 < found.certainty <= 1
