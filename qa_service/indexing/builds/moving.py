"""A build moved from its folder into a database and back, each way verified by a hash of all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from qa_service.disk.whole_files import sync
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.keeping.build_folders import build_in_use, locked
from qa_service.indexing.keeping.manifest import current_build, switch_current
from qa_service.indexing.keeping.partial import partial_folder, remove_partial

if TYPE_CHECKING:
    from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds


def send_build(index_dir: Path, builds: DatabaseBuilds, keep: int) -> str:
    """Copies the build in use into a database, compares what is there, and makes it the one in
    use there. Gives its id.

    Raises NoIndex, DamagedBuild where the folder or the copy is not sound, and BuildLocked where
    another machine publishes.
    """
    with builds.locked():
        return publish_build(index_dir, builds, builds.in_use(), keep)


def publish_build(index_dir: Path, builds: DatabaseBuilds, before: str | None, keep: int) -> str:
    """As `send_build`, for who holds the lock: in place of the build `before`."""
    with closing(FolderBuild(current_build(index_dir))) as build:
        name = build.manifest.build
        if name not in builds.names():
            builds.put(build)
    builds.verify(name)
    if name != before:
        builds.publish(name, before)
        builds.prune(keep, before)
    return name


def bring_build(index_dir: Path, builds: DatabaseBuilds, mode: int) -> str | None:
    """Writes the build that is in use in a database as files, and makes it the one in use in the
    folder. Gives its id; None where there is none yet.

    Nothing is encoded. Raises DamagedBuild where it is not what was copied into the database.
    """
    name = builds.in_use()
    known = build_in_use(index_dir)
    if name is None or (known and known.name == name):
        return name
    with locked(index_dir):
        remove_partial(index_dir)
        with partial_folder(index_dir) as partial:
            builds.take(name, partial)
            partial.chmod(mode)
            if not (index_dir / name).exists():
                partial.rename(index_dir / name)
            sync(index_dir)
        switch_current(index_dir, name)
    return name
