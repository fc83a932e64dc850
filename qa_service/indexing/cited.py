"""What a version of a document said, as long as a build that holds it is kept."""

from __future__ import annotations

from pathlib import Path

from qa_service.indexing.keeping import kept_builds
from qa_service.indexing.opened import STORE_FILE
from qa_service.indexing.store import stored_text


def cited_words(index_dir: Path, document_id: str, version: str, start: int, end: int) -> str:
    """The words at a place of a version of a document; empty where no kept build holds it."""
    for build in reversed(kept_builds(index_dir)):
        if text := stored_text(build / STORE_FILE, document_id, version):
            return text[start:end]
    return ""
