"""Files that were uploaded, wherever they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

from qa_service.disk.whole_files import put_whole
from qa_service.reading.file_states import remembered_sha256


@dataclass(frozen=True, slots=True)
class Upload:
    """One file: its size in bytes, when it was stored (UTC, ISO 8601), the sha256 of its bytes."""

    name: str
    size: int
    stored: str
    version: str


Check = Callable[[Sequence[Upload]], None]
"""Raises where a file may not be stored beside those that are there."""


class KeptUploads(Protocol):
    """See FolderUploads; those in a database may raise EngineUnavailable everywhere."""

    @property
    def place(self) -> Path | str:
        """Where they lie, for messages."""

    def files(self) -> tuple[Upload, ...]:
        """Every file, by name."""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""

    def put(self, name: str, data: bytes, check: Check) -> None:
        """Stores a file, whole, in place of one of its name. Raises what `check` does, which is
        given all that are there, and OSError; files are stored one at a time."""

    def remove(self, name: str) -> None:
        """Removes a file. Raises FileNotFoundError."""


class FolderUploads:
    """Those of a folder, which is made with the first."""

    def __init__(self, folder: Path) -> None:
        self.place: Path | str = folder
        self._folder = folder
        self._lock = Lock()

    def files(self) -> tuple[Upload, ...]:
        """See KeptUploads."""
        return tuple(_upload(path) for path in sorted(self._paths()))

    def read(self, name: str) -> bytes:
        """See KeptUploads."""
        return self._path(name).read_bytes()

    def put(self, name: str, data: bytes, check: Check) -> None:
        """See KeptUploads."""
        with self._lock:
            check(self.files())
            put_whole(self._folder / name, data)

    def remove(self, name: str) -> None:
        """See KeptUploads."""
        with self._lock:
            self._path(name).unlink()

    def _path(self, name: str) -> Path:
        for path in self._paths():
            if path.name == name:
                return path
        raise FileNotFoundError(name)

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        found = (path for path in self._folder.iterdir() if not path.name.startswith("."))
        return [path for path in found if path.is_file() and not path.is_symlink()]


def copy_uploads(source: KeptUploads, target: KeptUploads) -> bool | None:
    """Copies all files to where there are none yet; whether those that are there now are the same,
    which they are not where others were there. None where there are none to copy."""
    wanted = source.files()
    if not wanted:
        return None
    if not target.files():
        for upload in wanted:
            target.put(upload.name, source.read(upload.name), lambda _: None)
    return _versions(target.files()) == _versions(wanted)


def mirror_uploads(source: KeptUploads, folder: Path) -> None:
    """Makes a folder hold the same files as another place. Raises OSError."""
    mirrored = FolderUploads(folder)
    wanted = _versions(source.files())
    for name in _versions(mirrored.files()).keys() - wanted.keys():
        mirrored.remove(name)
    fetch_uploads(source, folder, wanted)


def fetch_uploads(source: KeptUploads, folder: Path, names: Iterable[str]) -> None:
    """Puts those files into a folder that another place has and it has not. Raises OSError."""
    mirrored = FolderUploads(folder)
    there, wanted = _versions(mirrored.files()), _versions(source.files())
    for name in names:
        if name in wanted and there.get(name) != wanted[name]:
            mirrored.put(name, source.read(name), lambda _: None)


def _versions(uploads: Sequence[Upload]) -> dict[str, str]:
    return {upload.name: upload.version for upload in uploads}


def _upload(path: Path) -> Upload:
    found = path.stat()
    stored = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(timespec="seconds")
    with path.open("rb") as file:
        return Upload(path.name, found.st_size, stored, remembered_sha256(file))
