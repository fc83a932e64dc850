"""How the reader of passages is run: exported, or by the library that trained it."""

from __future__ import annotations

import logging
from pathlib import Path

from tokenizers import Tokenizer

from qa_service.answering.evidence.passage_reader import (
    Floats,
    Inputs,
    Network,
    PassageReader,
    TransformerPassageReader,
    passage_tokenizer,
)
from qa_service.answering.evidence.passage_reader_network import (
    OUTPUTS,
    READER_VERSION,
    as_network,
    export_passage_reader,
    load_network,
)
from qa_service.config import Settings
from qa_service.errors import ModelError, NotExportable
from qa_service.indexing.encoding.embedding import DEFAULT_WEIGHTS_SHA256
from qa_service.indexing.encoding.model_cache import cache_key, exported_model
from qa_service.indexing.encoding.onnx_export import EXPORT_VERSION
from qa_service.indexing.encoding.onnx_session import GRAPH_FILE, TOKENIZER_FILE, open_session
from qa_service.indexing.keeping.hashed import file_sha256

PASSAGE_WEIGHTS_FILE = Path(__file__).with_name("passage_reader.safetensors")

_log = logging.getLogger(__name__)


def open_passage_reader(
    settings: Settings, weights: Path = PASSAGE_WEIGHTS_FILE
) -> PassageReader | None:
    """The reader of passages, where the settings have it. Raises ModelError."""
    if not settings.reader:
        return None
    return TransformerPassageReader(*open_network(settings, weights))


def open_network(settings: Settings, weights: Path) -> tuple[Network, Tokenizer, str]:
    """The network of `weights`, run as the settings have it, its tokenizer and fingerprint.

    Raises ModelError.
    """
    fingerprint = reader_fingerprint(weights)
    if settings.encoder != "sentence_transformers":
        try:
            return *_exported(settings, weights, fingerprint), fingerprint
        except NotExportable as error:
            if settings.encoder == "onnx":
                raise ModelError(
                    f"the reader cannot be run by ONNX Runtime: {error}; set QA_ENCODER=auto"
                ) from error
            _log.info("the reader is run by torch: %s", error)
    return *_by_torch(weights), fingerprint


def torch_passage_reader(weights: Path, base: Path | None = None) -> TransformerPassageReader:
    """The reader run by torch, of `weights` on the base model, see load_network."""
    return TransformerPassageReader(*_by_torch(weights, base), reader_fingerprint(weights))


def reader_fingerprint(weights: Path = PASSAGE_WEIGHTS_FILE) -> str:
    """The sha256 of a reader's weights. Raises ModelError where they cannot be read."""
    try:
        return file_sha256(weights)
    except OSError as error:
        raise ModelError(f"cannot read {weights}: {error}; reinstall qa-service") from error


def _by_torch(weights: Path, base: Path | None = None) -> tuple[Network, Tokenizer]:
    network, tokenizer = load_network(weights, base)
    return as_network(network.eval()), tokenizer


def _exported(settings: Settings, weights: Path, fingerprint: str) -> tuple[Network, Tokenizer]:
    bits, versions = settings.reader_bits, (EXPORT_VERSION, READER_VERSION)
    key = cache_key("passage reader", *versions, bits, fingerprint, DEFAULT_WEIGHTS_SHA256)
    place, _ = exported_model(
        settings.cache_dir.expanduser(),
        key,
        lambda place: export_passage_reader(bits, place, weights),
    )
    session = open_session(place / GRAPH_FILE)
    tokenizer = passage_tokenizer((place / TOKENIZER_FILE).read_text(encoding="utf-8"))

    def network(inputs: Inputs) -> tuple[Floats, Floats]:
        passages, tokens = session.run(OUTPUTS, inputs)
        return passages, tokens

    return network, tokenizer
