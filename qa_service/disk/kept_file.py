"""A small file that outlives builds: read whole, changed whole, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from qa_service.disk.whole_files import ANYBODY, put_whole

Change = Callable[[bytes | None], bytes]
"""Makes what shall stand there of what does, None where nothing does. May raise."""


class KeptFile(Protocol):
    """See FolderFile; one in a database may raise EngineUnavailable everywhere."""

    @property
    def place(self) -> Path | str:
        """Where it lies, for messages."""

    def read(self) -> bytes:
        """All of it. Raises FileNotFoundError before it is there, else OSError."""

    def change(self, change: Change) -> None:
        """Puts what `change` makes in place of what stands there, whole. Raises OSError."""

    def stamp(self) -> Hashable:
        """What differs whenever it holds something else; None where it is not there."""


def copy_file(source: KeptFile, target: KeptFile) -> bool | None:
    """Copies a file to where there is none yet; whether what is there now has the same hash, which
    it has not where another was there. None where there is none to copy."""
    try:
        data = source.read()
    except FileNotFoundError:
        return None
    target.change(lambda before: data if before is None else before)
    return sha256(target.read()).digest() == sha256(data).digest()


class FolderFile:
    """A file of a folder."""

    def __init__(self, path: Path, mode: int = ANYBODY) -> None:
        self.place: Path | str = path
        self._path, self._mode = path, mode

    def read(self) -> bytes:
        """See KeptFile."""
        return self._path.read_bytes()

    def change(self, change: Change) -> None:
        """See KeptFile. Of two processes that change it at once, the later wins."""
        try:
            before = self.read()
        except FileNotFoundError:
            before = None
        put_whole(self._path, change(before), self._mode)

    def stamp(self) -> Hashable:
        """See KeptFile."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns
