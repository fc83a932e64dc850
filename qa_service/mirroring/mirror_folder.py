"""The folder of a mirror: its files, and what is known of where each came from.

`files` holds them, `mirror.json` which address each is of. Both are readable by their owner
alone. A file gets its name once it is whole, and leaves once it is certain that it should.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from qa_service.config import MIRRORED_FILES
from qa_service.disk.whole_files import OWNER_ONLY, put_whole
from qa_service.errors import FetchFailed
from qa_service.mirroring.places import Held
from qa_service.translation.sentences import said

STATE_FILE = "mirror.json"
SAVE_SECONDS = 10.0
_PRIVATE = 0o700


@dataclass(slots=True)
class State:
    """What is known of a mirror: when all of it was last seen to, its files by address, what
    could not be had, each with the reason, and since when nothing is listed where files were.
    Times are ISO 8601, UTC, "" for never."""

    address: str
    completed: str = ""
    held: dict[str, Held] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    empty_since: str = ""


class MirrorFolder:
    """A mirror on disk. For one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / MIRRORED_FILES
        self._saved = time.monotonic()

    def state(self, address: str) -> State:
        """What is known of the mirror of this address; nothing where there is none, or it is of
        another address or damaged."""
        try:
            known = _state(json.loads((self.folder / STATE_FILE).read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return State(address)
        return known if known.address == address else State(address)

    def save(self, state: State) -> None:
        """Writes what is known, whole or not at all."""
        self.files.mkdir(_PRIVATE, parents=True, exist_ok=True)
        put_whole(self.folder / STATE_FILE, json.dumps(asdict(state)).encode(), OWNER_ONLY)
        self._saved = time.monotonic()

    def save_at_times(self, state: State) -> None:
        """The same, if it was not done for some seconds."""
        if time.monotonic() - self._saved > SAVE_SECONDS:
            self.save(state)

    @contextmanager
    def incoming(self) -> Iterator[BinaryIO]:
        """A file to write into, which is gone after the block unless it was put in its place."""
        self.files.mkdir(_PRIVATE, parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(prefix="incoming-", dir=self.folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield cast(BinaryIO, _Named(file, path))
        finally:
            Path(path).unlink(missing_ok=True)

    def put(self, file: BinaryIO, name: str) -> None:
        """Gives a file that was written its place. Raises FetchFailed where it can have none."""
        try:
            self._put(file, self._place(name))
        except OSError as error:
            raise FetchFailed(
                said("cannot be stored as %(name)s: %(error)s", name=name, error=error.strerror)
            ) from error

    def has(self, held: Held) -> bool:
        """Whether a file is there as it was put."""
        try:
            return (self.files / held.name).stat().st_size == held.size
        except OSError:
            return False

    def keep_only(self, names: set[str]) -> None:
        """Removes all other files, and folders that are then empty."""
        for below, _, files in os.walk(self.files, topdown=False):
            folder = Path(below)
            for path in (folder / name for name in files):
                if path.relative_to(self.files).as_posix() not in names:
                    path.unlink()
            if folder != self.files:
                with suppress(OSError):  # it still holds some
                    folder.rmdir()

    def clear_incoming(self) -> None:
        """Removes what an earlier run was ended at."""
        for path in self.folder.glob("incoming-*"):
            path.unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        parts = name.split("/")
        if any(part in ("", ".", "..") or "\0" in part for part in parts):
            raise FetchFailed(said("its name leads elsewhere; rename it"))
        return self.files.joinpath(*parts)

    def _put(self, file: BinaryIO, place: Path) -> None:
        file.flush()
        os.fsync(file.fileno())
        place.parent.mkdir(_PRIVATE, parents=True, exist_ok=True)
        os.replace(file.name, place)


class _Named:
    """A file that knows its path, where the one that it was opened by is a number."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self.name = file, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _state(saved: dict[str, Any]) -> State:
    held = {address: Held(**values) for address, values in saved["held"].items()}
    problems = [(str(about), str(reason)) for about, reason in saved["problems"]]
    empty_since = str(saved.get("empty_since", ""))  # mirrors of before have none
    return State(str(saved["address"]), str(saved["completed"]), held, problems, empty_since)
