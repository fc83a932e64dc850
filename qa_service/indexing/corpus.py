"""The corpus folder as what a build takes in: documents, and files that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa_service.errors import UnreadableDocument
from qa_service.reading import list_sources, read_document
from qa_service.schema import Document, SkippedFile


def read_corpus(corpus_dir: Path, max_bytes: int) -> Iterator[Document | SkippedFile]:
    """Every file below the folder, ordered by path; one that cannot be read is skipped.

    Raises BuildFailed where there is no such folder.
    """
    for path in list_sources(corpus_dir):
        try:
            yield read_document(path, corpus_dir, max_bytes)
        except UnreadableDocument as error:
            yield SkippedFile(path.relative_to(corpus_dir).as_posix(), str(error))
