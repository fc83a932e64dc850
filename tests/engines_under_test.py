"""The engines that the contract is held against."""

from __future__ import annotations

from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Protocol

from fakes import FakeEmbedder, built_index

from qa_service.indexing.engine.current import CurrentIndex
from qa_service.indexing.engine.embedded.folder import FolderBuild
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
        self.index_dir = index_dir
        self._index = CurrentIndex(index_dir, "fake", FakeEmbedder().fingerprint)
        self.reading, self.close = self._index.reading, self._index.close

    def publish(self, *documents: Document) -> str:
        return built_index(documents, self.index_dir).manifest.build


class PostgresEngine:
    """Builds in a folder, and copies them into a database, which alone is read."""

    def __init__(self, index_dir: Path, address: str) -> None:
        # Here, as the client is an extra.
        from qa_service.indexing.engine.postgres.database import Database
        from qa_service.indexing.engine.postgres.reading.index import DatabaseIndex
        from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds

        self.address = address
        self.index_dir = index_dir
        self.database = Database(address)
        self.builds = DatabaseBuilds(self.database)
        self._index = DatabaseIndex(self.database, "fake", FakeEmbedder().fingerprint)
        self.reading, self.close = self._index.reading, self._index.close

    def publish(self, *documents: Document) -> str:
        build = built_index(documents, self.index_dir).manifest.build
        before = self.builds.in_use()
        with closing(FolderBuild(self.index_dir / build)) as opened:
            self.builds.put(opened)
        self.builds.publish(build, before)
        return build
