"""Where a build goes once it is written whole in a folder of this machine: it stays there, or is
copied into a database. docs/decisions/builds-begin-in-a-folder.md says why both begin in a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

from qa_service.config import Settings
from qa_service.indexing.building.corpus import folder_mode
from qa_service.indexing.builds.moving import bring_build, publish_build

if TYPE_CHECKING:
    from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds


class BuildPublisher(Protocol):
    """Publishes what `build_index` writes."""

    def published(self) -> AbstractContextManager[None]:
        """For a block that builds in the index folder: it goes on from the build in use, wherever
        that lies, and what it made is in use once the block is done.

        Whatever fails, or is killed, leaves the build in use as it was. Raises BuildLocked where
        another machine builds or publishes, DamagedBuild where what was copied is not what was
        written.
        """


class FolderPublisher:
    """`build_index` itself makes its build the one in use in the folder."""

    def published(self) -> AbstractContextManager[None]:
        """See BuildPublisher."""
        return nullcontext()


class DatabasePublisher:
    """Copies the build of the folder: the same ids, texts and vectors, compared by their hash."""

    def __init__(self, settings: Settings, builds: DatabaseBuilds) -> None:
        self._settings, self._builds = settings, builds

    @contextmanager
    def published(self) -> Iterator[None]:
        """See BuildPublisher. One machine builds at a time; a copy that was broken off leaves
        nothing, and the pointer moves only if it names what was brought."""
        settings, builds = self._settings, self._builds
        with builds.locked():
            before = bring_build(settings.index_dir, builds, folder_mode(settings.folders))
            yield
            publish_build(settings.index_dir, builds, before, settings.keep_builds)


def open_publisher(settings: Settings) -> BuildPublisher:
    """That of the engine that the settings ask for."""
    if settings.engine == "embedded":
        return FolderPublisher()
    from qa_service.indexing.engine.postgres.writing.keeping import database_builds

    return DatabasePublisher(settings, database_builds(settings.postgres))
