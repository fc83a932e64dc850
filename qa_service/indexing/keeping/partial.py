"""Folders of builds that are not finished."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from qa_service.errors import BuildFailed, BuildLocked
from qa_service.indexing.keeping.build_folders import locked
from qa_service.translation.sentences import said

_PARTIAL = ".partial-"
_OWNER_ONLY = 0o700


@contextmanager
def partial_folder(index_dir: Path) -> Iterator[Path]:
    """A folder to write in, gone afterwards unless renamed; a full disk is BuildFailed."""
    partial = index_dir / f"{_PARTIAL}{uuid4().hex[:8]}"
    try:
        partial.mkdir(mode=_OWNER_ONLY)
        yield partial
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BuildFailed(
            said(
                "the build could not be written: %(error)s; see to the disk of %(index_dir)s",
                error=error,
                index_dir=index_dir,
            )
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def is_building(index_dir: Path) -> bool:
    """Whether a build is being written in the folder.

    The lock is tried, for a moment, only where a build has left its folder.
    """
    if not any(index_dir.glob(f"{_PARTIAL}*")):
        return False
    try:
        with locked(index_dir, patience=0):
            return False
    except BuildLocked:
        return True
    except BuildFailed:
        return False


def remove_partial(index_dir: Path) -> None:
    """Removes what builds that were killed have left."""
    for left_over in index_dir.glob(f"{_PARTIAL}*"):
        shutil.rmtree(left_over, ignore_errors=True)
