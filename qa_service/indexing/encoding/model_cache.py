"""Exported models, kept in a folder by the hash of what they were made from."""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any
from uuid import uuid4

from qa_service.disk.whole_files import sync
from qa_service.indexing.keeping.manifest import hash_files

Export = Callable[[Path], Mapping[str, Any]]
"""Writes a model's files into a folder and returns what else is to be known of it, as JSON."""

LEFT_OVER_SECONDS = 24 * 3600
"""An export that is not finished after so long never will be."""

LONGEST_WAIT = 120.0
"""Seconds that an export waits for another one of the same."""

_DESCRIPTION = "manifest.json"
_PARTIAL = ".partial-"
_log = logging.getLogger(__name__)


def cache_key(*parts: Any) -> str:
    """A name for what is made from `parts`, which must be representable as JSON."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def exported_model(cache_dir: Path, key: str, export: Export) -> tuple[Path, dict[str, Any]]:
    """The folder of an exported model, and its description; every file is as it was written.

    What the cache lacks, or holds damaged, is exported now and appears there in one rename.
    Where nothing can be written there, another folder takes its place until this process ends.
    Raises whatever `export` raises.
    """
    if (description := _sound_description(cache_dir / key)) is not None:
        return cache_dir / key, description
    if _can_be_written(cache_dir):
        _remove_leftovers(cache_dir)
        with _alone(cache_dir / key):
            if (description := _sound_description(cache_dir / key)) is not None:
                return cache_dir / key, description
            with _workplace(cache_dir) as place:
                description = _write(place, export)
                if _keep(place, cache_dir / key):
                    return cache_dir / key, description
    return exported_model(_cache_of_this_process(cache_dir), key, export)


def _sound_description(folder: Path) -> dict[str, Any] | None:
    """What the folder says of its model; None unless all its files are what they were."""
    try:
        description = json.loads((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        return dict(description["model"]) if description["files"] == hash_files(folder) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _can_be_written(cache_dir: Path) -> bool:
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(cache_dir, os.W_OK | os.X_OK)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Has others wait who would export the same at the same time: they find it made.

    The lock is the folder's own, and gone with its process. Who has waited long exports too,
    and so does everybody where the system knows no locks.
    """
    folder.mkdir(exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)
        with suppress(OSError):
            folder.rmdir()  # what is empty after all


def _wait_for(descriptor: int) -> None:
    last = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < last:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return None
    return None


@cache
def _cache_of_this_process(instead_of: Path) -> Path:
    """A folder that is gone with this process; that there is one is told once."""
    _log.warning(
        "exported models cannot be kept in %s and are made at every start, which takes seconds; "
        "set QA_CACHE_DIR to a folder that can be written",
        instead_of,
    )
    folder = tempfile.TemporaryDirectory(prefix="qa-service-")
    Finalize(None, folder.cleanup, exitpriority=0)  # runs in processes that a server starts, too
    return Path(folder.name)


@contextmanager
def _workplace(cache_dir: Path) -> Iterator[Path]:
    """A folder to export into, gone afterwards unless renamed."""
    place = cache_dir / f"{_PARTIAL}{uuid4().hex[:8]}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _write(place: Path, export: Export) -> dict[str, Any]:
    """Has a model exported, and puts the hashes of its files beside it."""
    model = dict(export(place))
    text = json.dumps({"model": model, "files": hash_files(place)}, indent=1)
    (place / _DESCRIPTION).write_text(text, encoding="utf-8")
    for path in [*place.iterdir(), place]:
        sync(path)
    return model


def _keep(place: Path, folder: Path) -> bool:
    """Renames a finished export to its place, in which a damaged one may lie; whether a sound
    one is there then. What another process has put there meanwhile is as good, and may be in
    use: it stays."""
    if _moved(place, folder) or _sound_description(folder) is not None:
        return True
    shutil.rmtree(folder, ignore_errors=True)
    return _moved(place, folder) or _sound_description(folder) is not None


def _moved(place: Path, folder: Path) -> bool:
    """Whether a folder could be renamed to where none, or an empty one, lay."""
    try:
        place.rename(folder)
    except OSError:
        return False
    sync(folder.parent)
    return True


def _remove_leftovers(cache_dir: Path) -> None:
    """Removes what exports that were killed have left behind."""
    for left in cache_dir.glob(f"{_PARTIAL}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_OVER_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
