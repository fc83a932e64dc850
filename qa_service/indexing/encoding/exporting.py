"""A sentence-transformers model -> what OnnxEmbedder runs, compared with the library's vectors."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import NotExportable
from qa_service.indexing.encoding.embedding import Embedder, SentenceTransformerEmbedder
from qa_service.indexing.encoding.onnx_embedder import OnnxEmbedder
from qa_service.indexing.encoding.onnx_export import (
    delicate_layers,
    export_network,
    round_by_channel,
    round_in_blocks,
)
from qa_service.indexing.encoding.onnx_session import GRAPH_FILE, TOKENIZER_FILE

_TRIAL = (
    "Inspectors recommended better quality assurance of case records.",
    "Who may borrow? Readers of any age may borrow twelve books. " * 8,
    "Yes.",
)
_LARGEST_DIFFERENCE = 1e-4
"""Between a component of a vector by the exported model and by its library."""
_LEAST_COSINE = {"passages": 0.95, "questions": 0.995}
"""Between vectors by weights of 8 bits and of 32."""

_log = logging.getLogger(__name__)


def export_embedder(folder: Path, place: Path) -> dict[str, Any]:
    """Writes graph and tokenizer of the model in `folder` into `place`; returns its description.

    Raises NotExportable where the model is more than a transformer whose token vectors are
    averaged, or comes out with other vectors.
    """
    reference = SentenceTransformerEmbedder(str(folder))
    network, tokenizer = _mean_pooled(reference.library_model)
    try:
        inputs = _inputs(reference.library_model, _TRIAL[1:])
        export_network(network, _token_vectors, inputs, ["tokens"], place / GRAPH_FILE)
    except Exception as error:
        # The exporter raises whatever its parts raise; the library runs the model all the same.
        raise NotExportable(f"its export failed: {error}") from error
    (place / TOKENIZER_FILE).write_text(tokenizer, encoding="utf-8")
    description = {
        "fingerprint": reference.fingerprint,
        "bits": 32,
        "dimension": reference.dimension,
        "max_tokens": reference.max_tokens,
        "query_prompt": reference.query_prompt,
        "passage_prompt": reference.passage_prompt,
    }
    ours, theirs = _trial_vectors(_embedder(place, description)), _trial_vectors(reference)
    if (difference := float(np.abs(ours - theirs).max())) > _LARGEST_DIFFERENCE:
        raise NotExportable(f"exported, its vectors differ by {difference:.1g}")
    return description


def export_passages(whole: Path, description: dict[str, Any], place: Path) -> dict[str, Any]:
    """Writes what encodes passages by weights of 8 bits, from an export of 32 bits in `whole`.

    Raises NotExportable where that comes out with other vectors.
    """
    shutil.copy(whole / TOKENIZER_FILE, place)
    graph = place / GRAPH_FILE
    try:
        round_by_channel(whole / GRAPH_FILE, graph, but=delicate_layers(whole / GRAPH_FILE))
        round_in_blocks(graph, graph)
    except Exception as error:
        raise NotExportable(f"its weights cannot be rounded: {error}") from error
    rounded = {**description, "bits": 8}
    _require_likeness("passages", _embedder(place, rounded), _embedder(whole, description))
    return rounded


def export_questions(whole: Path, description: dict[str, Any], place: Path) -> dict[str, Any]:
    """Writes what encodes questions by weights of 8 bits, from an export of 32 bits in `whole`.

    Where that comes out with other vectors, which is logged, it is the export of 32 bits.
    """
    shutil.copy(whole / TOKENIZER_FILE, place)
    rounded = {**description, "bits": 8}
    try:
        round_in_blocks(whole / GRAPH_FILE, place / GRAPH_FILE)
        _require_likeness("questions", _embedder(place, rounded), _embedder(whole, description))
    except Exception as error:
        # Whatever its parts raise: what does not come out in 8 bits is run in 32.
        _log.info("questions are encoded with 32 bits: %s", error)
        shutil.copy(whole / GRAPH_FILE, place)
        return description
    return rounded


def _embedder(folder: Path, description: dict[str, Any]) -> OnnxEmbedder:
    """What runs an export, for a trial."""
    return OnnxEmbedder(
        folder, description, "trial", lambda: folder, description["bits"], threads=1
    )


def _require_likeness(kind: str, rounded: Embedder, whole: Embedder) -> None:
    """Raises NotExportable where the vectors of one are not near those of the other."""
    ours, theirs = _trial_vectors(rounded), _trial_vectors(whole)
    if (cosine := float((ours * theirs).sum(axis=1).min())) < _LEAST_COSINE[kind]:
        raise NotExportable(f"with 8 bits, its vectors have a cosine of {cosine:.3f}")


def _trial_vectors(embedder: Embedder) -> NDArray[np.float32]:
    """(texts, dimension) vectors of passages, sentences and a question."""
    made = embedder.encode_passages(_TRIAL, [[(0, len(text))] for text in _TRIAL])
    return np.concatenate([made.vectors, *made.sentences, embedder.encode_query(_TRIAL[0])[None]])


def _mean_pooled(model: Any) -> tuple[Any, str]:
    """The transformer, and its tokenizer as JSON. Raises NotExportable."""
    kinds = [type(part).__name__ for part in model]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise NotExportable(f"it is made of {', '.join(kinds)}")
    if model[1].pooling_mode != "mean" or not model[1].include_prompt:
        raise NotExportable("its vectors are not the mean over all tokens")
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise NotExportable("its tokenizer is not one of the library tokenizers")
    return model[0].model, tokenizer.to_str()


def _token_vectors(transformer: Any, inputs: dict[str, Any]) -> Any:
    return transformer(**inputs).last_hidden_state


def _inputs(model: Any, texts: tuple[str, ...]) -> dict[str, Any]:
    """Tensors of texts of different lengths."""
    encoded = model.tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
    return {name: encoded[name] for name in ("input_ids", "attention_mask")}
