"""Which embedder the settings ask for: the exported model, or the library that it came from."""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa_service.config import DEFAULT_MODEL, Settings
from qa_service.errors import ModelError, NotExportable
from qa_service.indexing.encoding.embedding import (
    Embedder,
    SentenceTransformerEmbedder,
    default_model_path,
)
from qa_service.indexing.encoding.model_cache import Export, cache_key, exported_model
from qa_service.indexing.encoding.onnx_export import EXPORT_VERSION
from qa_service.indexing.keeping.hashed import hash_folder

if TYPE_CHECKING:
    from qa_service.indexing.encoding.onnx_embedder import OnnxEmbedder

_log = logging.getLogger(__name__)


def open_embedder(settings: Settings, threads: int | None = None) -> Embedder:
    """The embedder that `settings.encoder` names. Raises ModelError.

    "auto" is the exported model wherever that gives vectors like its library's, and else the
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
    from qa_service.indexing.encoding.onnx_embedder import OnnxEmbedder

    folder = default_model_path() if settings.model == DEFAULT_MODEL else Path(settings.model)
    if not folder.is_dir():
        raise NotExportable("only a model in a folder is exported")
    networks = _Networks(settings.cache_dir.expanduser(), folder)
    passage_bits, question_bits = settings.encoder_bits, settings.question_bits
    place, description = networks.of_questions(question_bits)
    description["fingerprint"] = _fingerprint(description["fingerprint"], passage_bits)
    return OnnxEmbedder(
        place,
        description,
        settings.model,
        partial(networks.of_passages, passage_bits),
        passage_bits,
        threads,
    )


class _Networks:
    """The networks that are made of the model in a folder, each when it is asked for."""

    def __init__(self, cache_dir: Path, folder: Path) -> None:
        self._cache_dir = cache_dir
        self._folder = folder
        self._hash = hash_folder(folder)

    def of_questions(self, bits: int) -> tuple[Path, dict[str, Any]]:
        """The folder and description of what encodes questions."""
        return self._whole() if bits == 32 else self._kept("questions", self._export_questions)

    def of_passages(self, bits: int) -> Path:
        """The folder of what encodes passages. Raises ModelError where 8 bits do not do.

        It is too late for the library then: the fingerprint is that of such weights already.
        """
        if bits == 32:
            return self._whole()[0]
        try:
            return self._kept("passages", self._export_passages)[0]
        except NotExportable as error:
            raise ModelError(
                f"passages cannot be encoded by 8-bit weights of the model in {self._folder}: "
                f"{error}; set QA_ENCODER_BITS=32"
            ) from error

    def _whole(self) -> tuple[Path, dict[str, Any]]:
        """The network as it is, for both."""
        return self._kept("embedder", self._export)

    def _export(self, place: Path) -> dict[str, Any]:
        from qa_service.indexing.encoding.exporting import export_embedder

        return export_embedder(self._folder, place)

    def _export_questions(self, place: Path) -> dict[str, Any]:
        from qa_service.indexing.encoding.exporting import export_questions

        return export_questions(*self._whole(), place)

    def _export_passages(self, place: Path) -> dict[str, Any]:
        from qa_service.indexing.encoding.exporting import export_passages

        return export_passages(*self._whole(), place)

    def _kept(self, kind: str, export: Export) -> tuple[Path, dict[str, Any]]:
        return exported_model(self._cache_dir, cache_key(kind, EXPORT_VERSION, self._hash), export)


def _fingerprint(of_library: str, bits: int) -> str:
    """Passages encoded by 32-bit weights have the vectors of the library, others their own."""
    if bits == 32:
        return of_library
    return hashlib.sha256(f"{of_library} {bits} {EXPORT_VERSION}".encode()).hexdigest()
