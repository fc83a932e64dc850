"""How the reader is run: exported, or by the library that trained it."""

from __future__ import annotations

import logging
from pathlib import Path

from qa_service.answering.evidence.reader import (
    Inputs,
    Logits,
    Reader,
    TransformerReader,
    pair_tokenizer,
)
from qa_service.answering.evidence.reader_network import (
    OUTPUTS,
    as_network,
    export_reader,
    load_network,
)
from qa_service.config import Settings
from qa_service.errors import ModelError, NotExportable
from qa_service.indexing.encoding.embedding import DEFAULT_WEIGHTS_SHA256
from qa_service.indexing.encoding.model_cache import cache_key, exported_model
from qa_service.indexing.encoding.onnx_export import EXPORT_VERSION
from qa_service.indexing.encoding.onnx_session import GRAPH_FILE, TOKENIZER_FILE, open_session
from qa_service.indexing.keeping.hashed import file_sha256

WEIGHTS_FILE = Path(__file__).with_name("reader.safetensors")

_log = logging.getLogger(__name__)


def open_reader(settings: Settings) -> Reader | None:
    """The reader, where the settings have it. Raises ModelError."""
    if not settings.reader:
        return None
    if settings.encoder != "sentence_transformers":
        try:
            return _exported(settings)
        except NotExportable as error:
            if settings.encoder == "onnx":
                raise ModelError(
                    f"the reader cannot be run by ONNX Runtime: {error}; set QA_ENCODER=auto"
                ) from error
            _log.info("the reader is run by torch: %s", error)
    return torch_reader(WEIGHTS_FILE)


def torch_reader(weights: Path, base: Path | None = None) -> TransformerReader:
    """The reader run by torch, of `weights` on the base model, see load_network."""
    network, tokenizer = load_network(weights, base)
    return TransformerReader(as_network(network.eval()), tokenizer)


def _exported(settings: Settings) -> TransformerReader:
    bits = settings.reader_bits
    try:
        weights = file_sha256(WEIGHTS_FILE)
    except OSError as error:
        raise ModelError(f"cannot read {WEIGHTS_FILE}: {error}; reinstall qa-service") from error
    key = cache_key("reader", EXPORT_VERSION, bits, weights, DEFAULT_WEIGHTS_SHA256)
    place, _ = exported_model(
        settings.cache_dir.expanduser(), key, lambda place: export_reader(bits, place, WEIGHTS_FILE)
    )
    session = open_session(place / GRAPH_FILE)
    tokenizer = pair_tokenizer((place / TOKENIZER_FILE).read_text(encoding="utf-8"))

    def network(inputs: Inputs) -> tuple[Logits, Logits]:
        relevance, spans = session.run(OUTPUTS, inputs)
        return relevance, spans

    return TransformerReader(network, tokenizer)
