"""Vectors and texts of a folder -> the indexes beside them by which they are searched."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from qa_service.indexing.engine.dense import FaissEngine
from qa_service.indexing.engine.embedded.folder import DENSE_FILE, KEYWORD_FOLDER
from qa_service.indexing.engine.keyword import KeywordIndex
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.engine.vectors import VectorFiles
from qa_service.indexing.passages.cutting import search_text

_WINDOW = 4096


def index_vectors(folder: Path) -> None:
    """Writes the index of a folder's passage vectors."""
    with closing(VectorFiles.open(folder)) as files:
        vectors = files.passages
        engine = FaissEngine.for_vectors(vectors)
        for first in range(0, len(vectors), _WINDOW):
            engine.add(vectors[first : first + _WINDOW])
        engine.save(folder / DENSE_FILE)


def index_words(store: PassageStore, folder: Path) -> None:
    """Writes the index of the words of a store's passages."""
    documents = {summary.id: summary for summary in store.summaries()}
    texts = (search_text(documents[p.document_id], p) for p in all_passages(store))
    KeywordIndex.create(texts).save(folder / KEYWORD_FOLDER)
