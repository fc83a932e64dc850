"""All that a store holds, passage by passage or document by document."""

from __future__ import annotations

from collections.abc import Iterator

from qa_service.indexing.engine.seam.reading import TextReader
from qa_service.nouns.documents import DocumentSummary, Passage


def all_passages(store: TextReader, window: int = 1000) -> Iterator[Passage]:
    """Every passage in the order of rows, read a window at a time."""
    _, count, _ = store.counts()
    for first in range(0, count, window):
        yield from store.passages(range(first, min(first + window, count)))


def document_words(store: TextReader, item: DocumentSummary) -> str:
    """Title and text of a document, in which its words are counted."""
    return f"{item.title}\n{store.document(item.id).text}"
