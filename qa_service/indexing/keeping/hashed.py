"""sha256 of files, of large ones once: a note beside them says which state of each was hashed.

A file of many gigabytes cannot be read through at every opening. What its state cannot tell
(reading/file_states.py) is found by hashing anew, as `check` does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qa_service.reading.file_states import FileState, file_state, is_at_rest

HASHED_NAME = "hashed.json"
LARGE = 16 * 2**20
"""Smaller files are hashed every time."""


def hashes(files: Mapping[str, Path], note: Path, *, anew: bool = False) -> dict[str, str]:
    """sha256 of each file, in hex, by name; `note` is read, unless `anew`, and renewed."""
    known = {} if anew else _read(note)
    found: dict[str, str] = {}
    hashed: dict[str, tuple[str, FileState]] = {}
    for name, path in files.items():
        stat = path.stat()
        state, at_rest = file_state(stat), is_at_rest(file_state(stat))
        sha256, before = known.get(name, ("", []))
        found[name] = sha256 if state == before else file_sha256(path)
        if stat.st_size >= LARGE and at_rest:
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


def _read(note: Path) -> dict[str, tuple[str, FileState]]:
    """What the note says; nothing where it is not there or broken, as it saves time only."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        values = json.loads(note.read_text(encoding="utf-8"))
        return {name: (str(sha256), list(state)) for name, (sha256, state) in values.items()}
    return {}


def _write(note: Path, hashed: Mapping[str, tuple[str, FileState]]) -> None:
    """Where the folder cannot be written, files are hashed at the next opening too."""
    with suppress(OSError):
        note.write_text(json.dumps(hashed, indent=1), encoding="utf-8")
