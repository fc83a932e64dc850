"""Following the folders of a corpus: when has something changed, and come to rest?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from qa_service.errors import BuildFailed
from qa_service.indexing.building.corpus import Folders
from qa_service.reading import list_sources

INTERVAL = 2.0
"""Seconds between two looks. Looking works on network folders too, where nothing is told."""

State = dict[str, tuple[int, int, int]]


def changes(folders: Callable[[], Folders], interval: float = INTERVAL) -> Iterator[None]:
    """Yields once for each time that files changed and then stayed as they were for a look.

    The folders are asked for at each look, as that of uploads may come later. One that cannot
    be listed for a while counts as unchanged.
    """
    seen = before = _state(folders())
    while True:
        time.sleep(interval)
        now = _state(folders())
        if now is not None and now == before and now != seen:
            seen = now
            yield
        before = now


def _state(folders: Folders) -> State | None:
    """Size, time and inode of every file; None where a folder cannot be listed."""
    state: State = {}
    try:
        for name, folder in folders:
            for source in list_sources(folder, name):
                found = source.path.lstat()
                state[source.name] = (found.st_size, found.st_mtime_ns, found.st_ino)
    except (OSError, BuildFailed):
        return None
    return state
