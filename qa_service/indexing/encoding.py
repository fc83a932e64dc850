"""Passages -> vectors, taking over those of passages that an earlier build already encoded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from qa_service.indexing.embedding import Embedder
from qa_service.indexing.opened import OpenedBuild
from qa_service.indexing.passages import search_context
from qa_service.indexing.progress import Progress
from qa_service.indexing.sentences import Span
from qa_service.indexing.store import PassageStore
from qa_service.indexing.vectors import VectorFiles
from qa_service.schema import Document, DocumentSummary, Passage

_WINDOW = 64
"""Passages encoded between two steps of progress; bounds what is held in memory."""


def vector_key(document: Document | DocumentSummary, passage: Passage) -> bytes:
    """sha256 of all that a passage's vectors depend on besides the model."""
    text, spans = searched(document, passage)
    return hashlib.sha256(json.dumps([text, spans]).encode()).digest()


def searched(document: Document | DocumentSummary, passage: Passage) -> tuple[str, list[Span]]:
    """The text to encode for a passage and where its sentences stand in that text."""
    context = search_context(document, passage.heading_path)
    shift = len(context) - passage.start
    spans = [(start + shift, end + shift) for start, end in passage.sentences]
    return context + passage.text, spans


def write_vectors(
    store: PassageStore,
    folder: Path,
    embedder: Embedder,
    old: OpenedBuild | None,
    progress: Progress,
) -> int:
    """Fills the build's vector files; returns how many passages had to be encoded."""
    _, passages, sentences = store.counts()
    files = VectorFiles.create(folder, passages, sentences, embedder.dimension)
    missing = _take_over(store, files, old)
    documents = {summary.id: summary for summary in store.summaries()}
    progress.start("encoding passages", len(missing))
    for first in range(0, len(missing), _WINDOW):
        window = store.passages(missing[first : first + _WINDOW])
        _encode(window, documents, store, files, embedder)
        progress.advance(len(window))
    progress.finish()
    files.flush()
    return len(missing)


def _take_over(store: PassageStore, files: VectorFiles, old: OpenedBuild | None) -> list[int]:
    """Copies vectors with a known key; returns the other rows, shortest passage first."""
    known = old.store.vector_keys() if old else {}
    copied: set[int] = set()
    for key, row, first, count in store.keyed_rows():
        if old is None or key not in known:
            continue
        old_row, old_first = known[key]
        files.passages[row] = old.vectors.passages[old_row]
        files.sentences[first : first + count] = old.vectors.sentences[
            old_first : old_first + count
        ]
        copied.add(row)
    return [row for row in store.rows_by_length() if row not in copied]


def _encode(
    passages: Sequence[Passage],
    documents: dict[str, DocumentSummary],
    store: PassageStore,
    files: VectorFiles,
    embedder: Embedder,
) -> None:
    texts = [searched(documents[passage.document_id], passage) for passage in passages]
    encoded = embedder.encode_passages([text for text, _ in texts], [spans for _, spans in texts])
    firsts = store.first_sentences(passage.row for passage in passages)
    files.passages[[passage.row for passage in passages]] = encoded.vectors
    for first, vectors in zip(firsts, encoded.sentences, strict=True):
        files.sentences[first : first + len(vectors)] = vectors
