"""The corpus folder as what a build takes in: documents, and files that could not be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from qa_service.errors import UnreadableDocument
from qa_service.indexing.manifest import file_sha256
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
            yield SkippedFile(shown_path(path, corpus_dir), str(error), version_of(path))


def shown_path(path: Path, corpus_dir: Path) -> str:
    """POSIX path under the corpus, fit to be printed and stored whatever the file is called."""
    return os.fsencode(path.relative_to(corpus_dir).as_posix()).decode("utf-8", "replace")


def version_of(path: Path) -> str:
    """sha256 of a file's bytes, in hex; empty for one that may not be opened."""
    try:
        return file_sha256(path)
    except OSError:
        return ""
