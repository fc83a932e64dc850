"""Which embedder the settings ask for: the exported model, or the library that it came from."""

from __future__ import annotations

import logging
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
from qa_service.indexing.model_cache import cache_key, exported_model
from qa_service.indexing.onnx_export import EXPORT_VERSION

if TYPE_CHECKING:
    from qa_service.indexing.onnx_embedder import OnnxEmbedder

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
    bits = settings.encoder_bits
    key = cache_key("embedder", EXPORT_VERSION, bits, hash_folder(folder))

    def export(place: Path) -> dict[str, Any]:
        from qa_service.indexing.exporting import export_embedder

        return export_embedder(folder, bits, place)

    with exported_model(settings.cache_dir.expanduser(), key, export) as (place, description):
        return OnnxEmbedder(place, description, settings.model, threads)
