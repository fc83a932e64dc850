"""The folder of builds: which are kept, and who may change it."""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from qa_service.errors import BuildFailed, BuildLocked, DamagedBuild, NoIndex
from qa_service.indexing.keeping.manifest import current_build, is_build_name
from qa_service.translation.sentences import said

LOCK_PATIENCE = 0.3
"""Seconds in which the lock is tried again."""

_LOCK = ".lock"


@contextmanager
def locked(index_dir: Path, patience: float = LOCK_PATIENCE) -> Iterator[None]:
    """Holds the folder's build lock; the system releases it when the process ends.

    Tries for `patience` seconds, since who only asks whether a build is running holds it for a
    moment. Raises BuildLocked where another process holds it, BuildFailed where it cannot be made.
    """
    with ExitStack() as held:
        try:
            index_dir.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context((index_dir / _LOCK).open("w"))
            _take(lock, patience)
        except BlockingIOError as error:
            raise BuildLocked(
                said(
                    "another build is running in %(index_dir)s; wait for it to end",
                    index_dir=index_dir,
                )
            ) from error
        except OSError as error:
            raise BuildFailed(
                said(
                    "cannot write to %(index_dir)s: %(error)s; choose another with --index DIR",
                    index_dir=index_dir,
                    error=error.strerror,
                )
            ) from error
        yield


def _take(lock: TextIO, patience: float) -> None:
    """Raises BlockingIOError where the lock is held for so many seconds."""
    last = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= last:
                raise
            time.sleep(0.02)


def build_in_use(index_dir: Path) -> Path | None:
    """The folder of the build in use; None before the first one, or where CURRENT names none."""
    try:
        return current_build(index_dir)
    except (NoIndex, DamagedBuild):
        return None


def kept_builds(index_dir: Path) -> list[Path]:
    """The folders of all builds, the earliest first."""
    if not index_dir.is_dir():
        return []
    builds = [path for path in index_dir.iterdir() if is_build_name(path.name)]
    # By time of writing: names of builds of the same second are in no order.
    return sorted(builds, key=lambda path: path.stat().st_mtime_ns)


def prune(index_dir: Path, keep: int, before: Path | None) -> None:
    """Removes the oldest builds; a server that still has one open goes on reading it.

    `before` was in use until now, and so is kept the longest, whatever its age.
    """
    current = current_build(index_dir)
    others = [path for path in kept_builds(index_dir) if path != current]
    others.sort(key=lambda path: path == before)
    for old in others[: max(0, len(others) - (keep - 1))]:
        shutil.rmtree(old, ignore_errors=True)
