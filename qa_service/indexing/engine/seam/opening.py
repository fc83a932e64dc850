"""The engine that the settings ask for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from qa_service.config import Settings
from qa_service.indexing.engine.current import CurrentIndex
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.access import Groups
from qa_service.nouns.results import RefusedBuild


class IndexEngine(Protocol):
    """The build in use, read by many threads and replaced while they read."""

    @property
    def refused(self) -> RefusedBuild | None:
        """The build that should be in use and could not be opened, if there is one."""

    def reading(self, groups: Groups | None = None) -> AbstractContextManager[OpenedBuild]:
        """The build in use as somebody in these groups sees it; the whole of it where they are
        None. All that is read within the block is of that one build.

        Raises NoIndex before the first build, DamagedBuild or ModelError where none can be used,
        EngineUnavailable where a server is away.
        """

    def close(self) -> None:
        """Lets go of the build in use."""


def open_index(settings: Settings, model: str, fingerprint: str) -> IndexEngine:
    """Reads builds of that model. Raises MissingPackage where the engine's client is not there."""
    if settings.engine == "embedded":
        return CurrentIndex(settings.index_dir, model, fingerprint)
    from qa_service.indexing.engine.postgres.database import Database
    from qa_service.indexing.engine.postgres.reading.index import DatabaseIndex

    return DatabaseIndex(Database(settings.postgres), model, fingerprint)
