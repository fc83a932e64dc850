"""The exported model against its library: the same vectors, kept by hash, and who runs what."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa_service.config import Settings
from qa_service.errors import ModelError
from qa_service.indexing.encoding import exporting
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.encoding.embedding import SentenceTransformerEmbedder
from qa_service.indexing.encoding.onnx_embedder import OnnxEmbedder

FIRST, SECOND = "they act.", "families agree."
TEXTS = [f"{FIRST} {SECOND}", "b, c", "a long text of many words: " * 5]
SPANS = [[(0, 9), (10, 25)], [], [(0, 6), (80, 130)]]


@pytest.fixture(scope="module")
def exported_with(
    model_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Settings]:
    """Settings that name the tiny model, with a cache that holds it."""
    cache = tmp_path_factory.mktemp("cache")
    settings = Settings(
        model=str(model_folder), cache_dir=cache, encoder="onnx", encoder_bits=32, question_bits=32
    )
    open_embedder(settings)
    return lambda **changed: replace(settings, **changed)


@pytest.fixture(scope="module")
def exported(exported_with) -> OnnxEmbedder:
    return open_embedder(exported_with())


@pytest.fixture(scope="module")
def rounded(exported_with) -> OnnxEmbedder:
    """Encodes questions with 8 bits."""
    return open_embedder(exported_with(question_bits=8))


@pytest.fixture(scope="module")
def library(model_folder: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(model_folder))


@pytest.fixture
def no_export(monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("exported again")

    monkeypatch.setattr(exporting, "export_embedder", refuse)


@pytest.fixture
def copied_export(exported_with, monkeypatch) -> list[Path]:
    """An export is a copy of the one there is: an export takes seconds. The places, in order."""
    folders = [path.parent for path in exported_with().cache_dir.glob("*/manifest.json")]
    described = {folder: json.loads((folder / "manifest.json").read_text()) for folder in folders}
    whole = next(folder for folder in folders if described[folder]["model"]["bits"] == 32)
    places: list[Path] = []

    def copy(_, place: Path) -> dict:
        places.append(place)
        for name in ("model.onnx", "tokenizer.json"):
            shutil.copy(whole / name, place)
        return described[whole]["model"]

    monkeypatch.setattr(exporting, "export_embedder", copy)
    return places


def all_vectors(embedder) -> np.ndarray:
    encoded = embedder.encode_passages(TEXTS, SPANS)
    questions = [embedder.encode_query(text) for text in TEXTS]
    return np.concatenate([encoded.vectors, *encoded.sentences, questions])


def test_the_exported_model_gives_the_vectors_of_its_library(exported, library) -> None:
    assert all_vectors(exported) == pytest.approx(all_vectors(library), abs=1e-4)


def test_what_tells_of_the_model_is_the_same(exported, library) -> None:
    for name in ("fingerprint", "dimension", "max_tokens"):
        assert getattr(exported, name) == getattr(library, name)


def test_tokens_are_counted_as_the_library_does(exported, library) -> None:
    texts = ["act.", "a" * 200, "", *TEXTS]
    assert exported.count_tokens(texts) == library.count_tokens(texts)
    assert exported.count_tokens([]) == []


def test_more_texts_than_a_batch_holds_keep_their_order(exported, library) -> None:
    texts = [f"{'word ' * (number % 9)}{chr(97 + number % 26)}" for number in range(90)]
    expected = library.encode_passages(texts, [[]] * 90).vectors
    assert exported.encode_passages(texts, [[]] * 90).vectors == pytest.approx(expected, abs=1e-4)


def test_no_texts_have_no_vectors(exported) -> None:
    assert exported.encode_passages([], []).vectors.shape == (0, exported.dimension)


@pytest.mark.usefixtures("no_export")
def test_a_model_is_exported_once(exported_with, exported) -> None:
    assert open_embedder(exported_with()).fingerprint == exported.fingerprint


@pytest.mark.usefixtures("no_export")
def test_other_weights_are_another_export(exported_with, make_model) -> None:
    with pytest.raises(AssertionError, match="exported again"):
        open_embedder(exported_with(model=str(make_model(seed=1))))


def test_weights_of_8_bits_have_a_fingerprint_of_their_own(exported_with, exported) -> None:
    small = open_embedder(exported_with(encoder_bits=8))
    assert small.fingerprint != exported.fingerprint
    assert (all_vectors(small) * all_vectors(exported)).sum(axis=1)[:3] == pytest.approx(1, abs=0.1)


def test_questions_of_8_bits_are_near_those_of_the_library(rounded, library) -> None:
    for text in TEXTS:
        assert rounded.encode_query(text) @ library.encode_query(text) > 0.995
    assert any((rounded.encode_query(text) != library.encode_query(text)).any() for text in TEXTS)


def test_questions_of_8_bits_go_with_passages_of_32(rounded, exported) -> None:
    assert rounded.fingerprint == exported.fingerprint
    ours, theirs = (each.encode_passages(TEXTS, SPANS).vectors for each in (rounded, exported))
    assert ours == pytest.approx(theirs)


@pytest.fixture
def whole(exported_with, tmp_path) -> Path:
    """The folder of the export of 32 bits, in a cache of its own."""
    manifests = exported_with().cache_dir.glob("*/manifest.json")
    found = next(path.parent for path in manifests if '"bits": 32' in path.read_text())
    return Path(shutil.copytree(found, tmp_path / "cache" / found.name))


@pytest.mark.usefixtures("no_export")
def test_what_encodes_passages_is_opened_when_there_are_some(exported_with, rounded, whole) -> None:
    settings = exported_with(question_bits=8, cache_dir=whole.parent)
    open_embedder(settings)
    shutil.rmtree(whole)
    alone = open_embedder(settings)
    assert alone.encode_query(FIRST) == pytest.approx(rounded.encode_query(FIRST))
    with pytest.raises(AssertionError, match="exported again"):
        alone.encode_passages(TEXTS, SPANS)


@pytest.mark.parametrize("fault", ["other vectors", "no network"])
def test_questions_that_8_bits_do_not_do_for_have_32(
    exported_with, exported, whole, monkeypatch, caplog, fault
) -> None:
    if fault == "other vectors":
        monkeypatch.setitem(exporting._LEAST_COSINE, "questions", 2)
    else:
        monkeypatch.setattr(exporting, "round_in_blocks", lambda *_: 1 / 0)
    caplog.set_level(logging.INFO)
    embedder = open_embedder(exported_with(question_bits=8, cache_dir=whole.parent))
    assert embedder.encode_query(FIRST) == pytest.approx(exported.encode_query(FIRST))
    assert "questions are encoded with 32 bits" in caplog.text


@pytest.mark.parametrize("encoder", ["auto", "onnx"])
def test_passages_that_8_bits_do_not_do_for_are_an_error_that_names_the_setting(
    exported_with, whole, monkeypatch, encoder
) -> None:
    monkeypatch.setitem(exporting._LEAST_COSINE, "passages", 2)
    settings = exported_with(encoder=encoder, encoder_bits=8, cache_dir=whole.parent)
    with pytest.raises(ModelError, match=r"a cosine of .*; set QA_ENCODER_BITS=32"):
        open_embedder(settings).encode_passages(TEXTS, SPANS)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "manifest.json"])
def test_a_damaged_export_is_made_again(
    exported_with, exported, copied_export, tmp_path, name
) -> None:
    shutil.copytree(exported_with().cache_dir, tmp_path / "cache")
    for damaged in (tmp_path / "cache").glob(f"*/{name}"):
        damaged.write_bytes(damaged.read_bytes()[:-20])
    again = open_embedder(exported_with(cache_dir=tmp_path / "cache"))
    assert len(copied_export) == 1
    assert all_vectors(again) == pytest.approx(all_vectors(exported))


def test_where_nothing_can_be_kept_the_model_is_exported_for_once(
    exported_with, exported, copied_export, tmp_path, caplog
) -> None:
    (tmp_path / "file").write_text("in the way")
    embedder = open_embedder(exported_with(cache_dir=tmp_path / "file" / "cache"))
    assert embedder.encode_query(FIRST) == pytest.approx(exported.encode_query(FIRST))
    assert "set QA_CACHE_DIR" in caplog.text
    assert len(copied_export) == 1


def test_a_model_of_another_kind_is_run_by_its_library(exported_with, make_model, caplog) -> None:
    model = str(make_model(include_prompt=False))
    caplog.set_level(logging.INFO)
    embedder = open_embedder(exported_with(model=model, encoder="auto"))
    assert isinstance(embedder, SentenceTransformerEmbedder)
    assert "run by sentence-transformers" in caplog.text
    with pytest.raises(ModelError, match="set QA_ENCODER=auto"):
        open_embedder(exported_with(model=model))


def test_a_model_that_comes_out_with_other_vectors_is_run_by_its_library(
    exported_with, make_model, whole, monkeypatch, caplog
) -> None:
    graph = whole / "model.onnx"
    monkeypatch.setattr(exporting, "export_network", lambda *to: shutil.copy(graph, to[-1]))
    caplog.set_level(logging.INFO)
    settings = exported_with(model=str(make_model(seed=2)), encoder="auto")
    assert isinstance(open_embedder(settings), SentenceTransformerEmbedder)
    assert "its vectors differ" in caplog.text


def test_the_library_runs_the_model_where_the_settings_say_so(exported_with) -> None:
    embedder = open_embedder(exported_with(encoder="sentence_transformers"))
    assert isinstance(embedder, SentenceTransformerEmbedder)


@pytest.mark.slow
def test_the_default_model_gives_the_vectors_of_its_library(tmp_path) -> None:
    settings = Settings(cache_dir=tmp_path, encoder="onnx", encoder_bits=32)
    library = SentenceTransformerEmbedder()
    exported = open_embedder(replace(settings, question_bits=32))
    assert all_vectors(exported) == pytest.approx(all_vectors(library), abs=1e-4)
    rounded = open_embedder(settings)
    for text in TEXTS:
        assert rounded.encode_query(text) @ library.encode_query(text) > 0.995


@pytest.mark.parametrize("embedder", ["exported", "rounded"])
def test_questions_that_arrive_together_are_encoded_as_alone(embedder, request) -> None:
    encode = request.getfixturevalue(embedder).encode_query
    questions = [f"who {letter}?" for letter in "abcdefgh"] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(encode, questions))
    alone = np.stack([encode(question) for question in questions])
    assert np.stack(together) == pytest.approx(alone, abs=1e-5)
