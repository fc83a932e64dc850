"""A transformer and its tokenizer small enough to make in a test: letters, two layers of 32."""

from __future__ import annotations

import string
from pathlib import Path

WIDTH = 32
SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = [*string.ascii_lowercase, ".", ",", ":"]


def write_bert(folder: Path, reading_length: int, seed: int = 0) -> None:
    """Writes them into a folder; what they read is at most so many tokens, one a letter."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    vocabulary = [*SPECIAL_TOKENS, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=reading_length,
    )
    BertModel(config).save_pretrained(folder)
