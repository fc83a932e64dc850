"""A corpus folder to write into and read from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from made_pdf_files import make_pdf

from qa_service.nouns.documents import Document
from qa_service.reading.files import read_document

ONE_MEGABYTE = 1_000_000


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def read(corpus: Path) -> Callable[[str, str | bytes], Document]:
    """Writes a file of that name into the corpus and reads it."""

    def write_and_read(name: str, content: str | bytes) -> Document:
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_document(path, corpus, ONE_MEGABYTE)

    return write_and_read


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Makes a PDF of pages of lines."""
    return make_pdf
