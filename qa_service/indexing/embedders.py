"""Which embedder the settings ask for: the exported model, or the library that it came from."""

from __future__ import annotations

import hashlib
import logging
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa_service.config import DEFAULT_MODEL, Settings
from qa_service.errors import ModelError, NotExportable
from qa_service.indexing.embedding import (
    Embedder,
    SentenceTransformerEmbedder,
    default_model_path,
)
from qa_service.indexing.hashed import hash_folder
from qa_service.indexing.model_cache import Export, cache_key, exported_model
from qa_service.indexing.onnx_export import EXPORT_VERSION

if TYPE_CHECKING:
    from qa_service.indexing.onnx_embedder import OnnxEmbedder
    from qa_service.indexing.onnx_session import Session

Exported = tuple[Path, dict[str, Any]]
"""The folder of an exported model, and its description."""

_log = logging.getLogger(__name__)


def open_embedder(settings: Settings, threads: int | None = None) -> Embedder:
    """The embedder that `settings.encoder` names. Raises ModelError.

    "auto" is the exported model wherever that gives the vectors of its library, and else the
    library itself, which is logged. `threads` are for passages; by default one for each core.
    """
    if settings.encoder != "sentence_transformers":
        try:
            return _open_exported(settings, threads)
        except NotExportable as error:
            if settings.encoder == "onnx":
                raise ModelError(
                    f"the model {settings.model!r} cannot be run by ONNX Runtime: {error}; "
                    "set QA_ENCODER=auto"
                ) from error
            _log.info("%s is run by sentence-transformers: %s", settings.model, error)
    return SentenceTransformerEmbedder(settings.model, threads)


def _open_exported(settings: Settings, threads: int | None) -> OnnxEmbedder:
    from qa_service.indexing.onnx_embedder import OnnxEmbedder

    folder = default_model_path() if settings.model == DEFAULT_MODEL else Path(settings.model)
    if not folder.is_dir():
        raise NotExportable("only a model in a folder is exported")
    networks = _Networks(settings.cache_dir.expanduser(), folder)
    passages = partial(networks.open_passages, settings.encoder_bits)
    with networks.of_questions(settings.question_bits) as (place, description):
        description["fingerprint"] = _fingerprint(description["fingerprint"], settings.encoder_bits)
        return OnnxEmbedder(place, description, settings.model, passages, threads)


class _Networks:
    """The networks that are made of the model in a folder, each when it is asked for."""

    def __init__(self, cache_dir: Path, folder: Path) -> None:
        self._cache_dir = cache_dir
        self._folder = folder
        self._hash = hash_folder(folder)

    def of_questions(self, bits: int) -> AbstractContextManager[Exported]:
        """The folder and description of what encodes questions."""
        return self.of_passages(bits) if bits == 32 else self._kept("questions", 8, self._round)

    def of_passages(self, bits: int) -> AbstractContextManager[Exported]:
        """The folder and description of what encodes passages."""

        def export(place: Path) -> dict[str, Any]:
            from qa_service.indexing.exporting import export_embedder

            return export_embedder(self._folder, bits, place)

        return self._kept("embedder", bits, export)

    def open_passages(self, bits: int) -> Session:
        """What encodes passages."""
        from qa_service.indexing.onnx_session import GRAPH_FILE, open_session

        with self.of_passages(bits) as (place, _):
            return open_session(place / GRAPH_FILE)

    def _round(self, place: Path) -> dict[str, Any]:
        from qa_service.indexing.exporting import export_questions

        with self.of_passages(32) as (whole, description):
            return export_questions(whole, description, place)

    def _kept(self, kind: str, bits: int, export: Export) -> AbstractContextManager[Exported]:
        key = cache_key(kind, EXPORT_VERSION, bits, self._hash)
        return exported_model(self._cache_dir, key, export)


def _fingerprint(of_library: str, bits: int) -> str:
    """Passages encoded by 32-bit weights have the vectors of the library, others their own."""
    if bits == 32:
        return of_library
    return hashlib.sha256(f"{of_library} {bits} {EXPORT_VERSION}".encode()).hexdigest()
