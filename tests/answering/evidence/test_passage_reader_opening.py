"""Weights of the reader of passages: what is in them, damage told plainly, exported once."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa_service.answering.evidence import passage_reader_network as reader_network
from qa_service.answering.evidence import passage_reader_opening as opening
from qa_service.answering.evidence.passage_reader import PassageText
from qa_service.answering.evidence.passage_reader_network import EMBEDDINGS, load_network
from qa_service.answering.evidence.passage_reader_opening import (
    open_passage_reader,
    torch_passage_reader,
)
from qa_service.config import Settings
from qa_service.errors import ModelError

QUESTION = "who act?"
PASSAGES = [
    PassageText("Acts, 2016", "they act, all. c d.", ((0, 14), (15, 19))),
    PassageText("Others", "b c.", ((0, 4),)),
]


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

    from safetensors.torch import save_file

    def write(**changed: Any) -> Path:
        renamed = {name.replace("_", "."): value for name, value in changed.items()}
        kept = {name: value for name, value in (tensors | renamed).items() if value is not None}
        save_file(kept, tmp_path / "weights.safetensors")
        return tmp_path / "weights.safetensors"

    return write


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests: an export takes seconds, and the weights are the same."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, cache_dir: Path, base: Path) -> Settings:
    """Settings for which the tiny model is the base of the reader."""
    monkeypatch.setattr(reader_network, "default_model_path", lambda: base)
    return Settings(cache_dir=cache_dir, reader_bits=32)


def test_the_weights_of_the_file_are_read_with(write_weights, tensors, base) -> None:
    before = torch_passage_reader(write_weights(), base).read(QUESTION, PASSAGES)
    shifted = write_weights(passage_bias=tensors["passage.bias"] + 2)
    after = torch_passage_reader(shifted, base).read(QUESTION, PASSAGES)
    expected = [reading.relevance + 2 for reading in before.passages]
    assert [reading.relevance for reading in after.passages] == pytest.approx(expected, abs=0.01)


def test_the_embeddings_are_those_of_the_base_model(write_weights, base) -> None:
    from safetensors.torch import load_file

    network, _ = load_network(write_weights(), base)
    table = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"]
    assert (network.state_dict()[f"{EMBEDDINGS}word_embeddings.weight"] == table).all()


def test_weights_are_those_of_the_encoder_and_two_heads_and_no_others(tensors) -> None:
    parts = {name.rsplit(".layer.", 1)[0] for name in tensors}
    heads = {f"{head}.{kind}" for head in ("passage", "token") for kind in ("weight", "bias")}
    assert parts == {"transformer.encoder", *heads}


@pytest.mark.parametrize("damage", [b"", b"no weights", b"\xff" * 4096])
def test_damaged_weights_are_told_with_the_fix(write_weights, base, damage) -> None:
    weights = write_weights()
    weights.write_bytes(damage)
    with pytest.raises(ModelError, match=r"cannot load .* reinstall .* QA_READER=false"):
        torch_passage_reader(weights, base)


def test_weights_of_another_make_are_no_reader(write_weights, tensors, base) -> None:
    with pytest.raises(ModelError, match="no reader of this version"):
        torch_passage_reader(write_weights(token_bias=None), base)
    with pytest.raises(ModelError, match="size mismatch"):
        torch_passage_reader(write_weights(token_bias=tensors["passage.bias"].clone()), base)


def test_missing_weights_are_told_with_the_fix(tmp_path, settings) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        open_passage_reader(settings, tmp_path / "nowhere.safetensors")


def test_the_exported_reader_reads_as_torch_does(settings, write_weights, base) -> None:
    weights = write_weights()
    exported = open_passage_reader(settings, weights)
    assert exported
    ours, theirs = (
        reader.read(QUESTION, PASSAGES)
        for reader in (exported, torch_passage_reader(weights, base))
    )
    assert ours.none == pytest.approx(theirs.none, abs=1e-3)
    for our, their in zip(ours.passages, theirs.passages, strict=True):
        assert our.sentences == pytest.approx(their.sentences, abs=1e-3)


def test_a_reader_is_exported_once(settings, write_weights, monkeypatch) -> None:
    weights = write_weights()
    open_passage_reader(settings, weights)
    monkeypatch.setattr(opening, "export_passage_reader", None)
    again = open_passage_reader(settings, weights)
    assert again
    assert len(again.read(QUESTION, PASSAGES).passages) == len(PASSAGES)


def test_a_reader_that_judges_otherwise_when_exported_is_run_by_torch(
    settings, write_weights, tensors, monkeypatch, caplog
) -> None:
    open_passage_reader(settings, write_weights())
    (graph,) = settings.cache_dir.glob("*/*.onnx")
    monkeypatch.setattr(reader_network, "export_network", lambda *to: shutil.copy(graph, to[-1]))
    caplog.set_level(logging.INFO)
    others = write_weights(passage_bias=tensors["passage.bias"] + 2)
    assert open_passage_reader(settings, others)
    assert "run by torch" in caplog.text
    with pytest.raises(ModelError, match=r"relevance differs.*QA_ENCODER=auto"):
        open_passage_reader(replace(settings, encoder="onnx"), others)


def test_without_a_reader_in_the_settings_none_is_opened() -> None:
    assert open_passage_reader(Settings(reader=False)) is None
