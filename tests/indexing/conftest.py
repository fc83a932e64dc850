"""A sentence-transformers model small enough to make in a test: letters, two layers of 32."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

import pytest

PROMPTS = {"query": "ask: ", "document": "say: "}
SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = [*string.ascii_lowercase, ".", ",", ":"]
READING_LENGTH = 48


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
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    vocabulary = [*SPECIAL_TOKENS, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=READING_LENGTH,
    )
    BertModel(config).save_pretrained(folder)
    modules = [
        Transformer(str(folder), max_seq_length=READING_LENGTH),
        Pooling(32, include_prompt=include_prompt),
    ]
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder / "saved"))
    return folder / "saved"
