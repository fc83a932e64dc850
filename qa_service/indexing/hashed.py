"""sha256 of files, of large ones once: a note beside them says which state of each was hashed.

A file of many gigabytes cannot be read through at every opening. The system changes the time
of change (ctime) of a file with every writing through it, and nobody can set that time, so
that a file of the same inode, size and times holds what was hashed. What it cannot see is a
disk that gives back other bytes than it took: that is found by hashing anew, as `check` does.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

HASHED_NAME = "hashed.json"
LARGE = 16 * 2**20
"""Smaller files are hashed every time."""
SETTLED_NS = 2 * 10**9
"""A file changed later than so before may change again within one tick of the clock."""

State = list[int]


def hashes(files: Mapping[str, Path], note: Path, *, anew: bool = False) -> dict[str, str]:
    """sha256 of each file, in hex, by name; `note` is read, unless `anew`, and renewed."""
    known = {} if anew else _read(note)
    found: dict[str, str] = {}
    hashed: dict[str, tuple[str, State]] = {}
    for name, path in files.items():
        state = _state(path)
        sha256, before = known.get(name, ("", []))
        found[name] = sha256 if state == before else file_sha256(path)
        if state[1] >= LARGE and _is_settled(state):
            hashed[name] = (found[name], state)
    if hashed != known:
        _write(note, hashed)
    return found


def hash_folder(folder: Path) -> dict[str, str]:
    """sha256 of every file below `folder`, all read, by relative POSIX path."""
    return {name: file_sha256(path) for name, path in files_below(folder).items()}


def files_below(folder: Path) -> dict[str, Path]:
    """Every file below `folder` by relative POSIX path, sorted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def file_sha256(path: Path) -> str:
    """sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _state(path: Path) -> State:
    stat = path.stat()
    return [stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]


def _is_settled(state: State) -> bool:
    return time.time_ns() - state[-1] > SETTLED_NS


def _read(note: Path) -> dict[str, tuple[str, State]]:
    """What the note says; nothing where it is not there or broken, as it saves time only."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        values = json.loads(note.read_text(encoding="utf-8"))
        return {name: (str(sha256), list(state)) for name, (sha256, state) in values.items()}
    return {}


def _write(note: Path, hashed: Mapping[str, tuple[str, State]]) -> None:
    """Where the folder cannot be written, files are hashed at the next opening too."""
    with suppress(OSError):
        note.write_text(json.dumps(hashed, indent=1), encoding="utf-8")
