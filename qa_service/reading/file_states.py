"""Whether a file is still as it was when it was hashed, without reading it.

The system changes the time of change (ctime) of a file with every writing through it, and
nobody can set that time, so that a file of the same inode, size and times holds what was
hashed. What this cannot see is a disk that gives back other bytes than it took.
"""

from __future__ import annotations

import hashlib
import os
import time
from io import BufferedReader

AT_REST_NS = 2 * 10**9
"""A file changed later than so before may change again within one tick of the clock."""
MOST_REMEMBERED = 5_000

FileState = list[int]
"""Inode, size, and times of writing and of change in nanoseconds."""

_remembered: dict[tuple[int, ...], str] = {}


def file_state(stat: os.stat_result) -> FileState:
    """What differs whenever a file may hold something else."""
    return [stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def is_at_rest(state: FileState) -> bool:
    """Whether a file would have another state, had it been written after this was taken."""
    return time.time_ns() - state[-1] > AT_REST_NS


def remembered_sha256(file: BufferedReader) -> str:
    """sha256 of an open file at its beginning, in hex; read only where it may have changed."""
    stat = os.fstat(file.fileno())
    state = file_state(stat)
    key, at_rest = (stat.st_dev, *state), is_at_rest(state)
    if at_rest and key in _remembered:
        return _remembered[key]
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if at_rest:
        while len(_remembered) >= MOST_REMEMBERED:
            _remembered.pop(next(iter(_remembered)), None)
        _remembered[key] = sha256
    return sha256
