"""The engines that the contract is held against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest
from fakes import FakeEmbedder, built_index

from qa_service.indexing.engine.current import CurrentIndex
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.access import Groups
from qa_service.nouns.documents import Document


class Engine(Protocol):
    """An engine as the contract uses it."""

    def publish(self, *documents: Document) -> str:
        """Makes a build of these documents the one in use; returns its id."""

    def reading(self, groups: Groups | None = None) -> AbstractContextManager[OpenedBuild]: ...

    def close(self) -> None: ...


class EmbeddedEngine:
    """Builds in a folder."""

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir
        self._index = CurrentIndex(index_dir, "fake", FakeEmbedder().fingerprint)
        self.reading, self.close = self._index.reading, self._index.close

    def publish(self, *documents: Document) -> str:
        return built_index(documents, self._index_dir).manifest.build


@pytest.fixture(params=["embedded"])
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = EmbeddedEngine(tmp_path / "index")
    yield made
    made.close()
