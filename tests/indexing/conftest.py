"""A sentence-transformers model small enough to make in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from engines_under_test import PostgresEngine
from tiny_bert import WIDTH, write_bert

PROMPTS = {"query": "ask: ", "document": "say: "}
READING_LENGTH = 48


@pytest.fixture(autouse=True)
def environment(reads_here: None) -> None:
    """Stands before every other fixture."""


@pytest.fixture
def database_engine(tmp_path: Path, new_database: Callable[[], str]) -> Iterator[PostgresEngine]:
    """An empty database that builds are copied into from a folder."""
    with closing(PostgresEngine(tmp_path / "index", new_database())) as made:
        yield made


@pytest.fixture(scope="session")
def model_folder(make_model: Callable[..., Path]) -> Path:
    """A model with prompts for questions and for passages."""
    return make_model()


@pytest.fixture(scope="session")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes a model of given prompts and random seed into a new folder."""

    def make(
        prompts: dict[str, str] = PROMPTS, seed: int = 0, *, include_prompt: bool = True
    ) -> Path:
        return _write_model(tmp_path_factory.mktemp("model"), prompts, seed, include_prompt)

    return make


def _write_model(folder: Path, prompts: dict[str, str], seed: int, include_prompt: bool) -> Path:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    write_bert(folder, READING_LENGTH, seed)
    modules = [
        Transformer(str(folder), max_seq_length=READING_LENGTH),
        Pooling(WIDTH, include_prompt=include_prompt),
    ]
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder / "saved"))
    return folder / "saved"
