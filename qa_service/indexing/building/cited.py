"""What a version of a document said, as long as a build that holds it is kept."""

from __future__ import annotations

from pathlib import Path

from qa_service.deadline import in_time
from qa_service.indexing.engine.opened import STORE_FILE
from qa_service.indexing.engine.store import stored_text
from qa_service.indexing.keeping.build_folders import kept_builds


def cited_words(index_dir: Path, document_id: str, version: str, start: int, end: int) -> str:
    """The words at a place of a version of a document; empty where no kept build holds it."""
    for build in in_time(reversed(kept_builds(index_dir))):
        if text := stored_text(build / STORE_FILE, document_id, version):
            return text[start:end]
    return ""
