"""Files that the operator uploads: a folder of their own, read as a collection by every build."""

from __future__ import annotations

import errno
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import IO, cast

from flask import current_app

from qa_service.disk.whole_files import put_whole
from qa_service.errors import (
    UnreadableDocument,
    UploadError,
    UploadExists,
    UploadNotFound,
    UploadsFull,
)
from qa_service.nouns.documents import TABLE_NAME
from qa_service.reading.detecting import ending_warning, kind_of
from qa_service.reading.file_states import remembered_sha256
from qa_service.translation.catalogue import _
from qa_service.translation.sentences import translated

LONGEST_NAME = 200
"""In bytes of UTF-8; file systems take 255."""
READ_OTHERWISE = ("readme.md", TABLE_NAME)
"""At the top of a folder these are no documents."""
MULTIPART_BYTES = 2**20
"""What a form may take beside the files in it."""
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class Upload:
    """One file: its size in bytes, when it was stored (UTC, ISO 8601), the sha256 of its bytes."""

    name: str
    size: int
    stored: str
    version: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an upload: the kind of its content, and a warning where there is one."""

    name: str
    kind: str
    replaced: bool
    warning: str = ""


class UploadFolder:
    """The folder and its bounds, in bytes. It is made with the first file."""

    def __init__(self, folder: Path, max_file_bytes: int, max_bytes: int) -> None:
        self.folder = folder
        self.max_file_bytes = max_file_bytes
        self.max_bytes = max_bytes
        self._lock = Lock()

    def files(self) -> tuple[Upload, ...]:
        """Every file, by name."""
        return tuple(_upload(path) for path in sorted(self._paths()))

    def add(self, name: str, stream: IO[bytes], replace: bool = False) -> Taken:
        """Stores a file whose content is of a kind that builds read.

        Raises UploadError for a name or a content that is not taken, UploadExists where the
        name is taken and `replace` false, UploadsFull. Nothing is half written.
        """
        name = safe_name(name)
        data = stream.read(self.max_file_bytes + 1)
        kind = self._require_readable(name, data)
        with self._lock:
            path = self.folder / name
            before = path.stat().st_size if path.is_file() else 0
            if path.exists() and not replace:
                raise UploadExists(
                    _(
                        "“%(name)s” is there already; tick “Replace files of the same name”, or "
                        "rename the file",
                        name=name,
                    )
                )
            self._require_room(len(data) - before)
            self._write(path, data)
        return Taken(name, kind, before > 0, ending_warning(kind, name))

    def remove(self, name: str) -> None:
        """Removes a file; the index quotes it until the next build. Raises UploadNotFound."""
        with self._lock:
            for path in self._paths():
                if path.name == name:
                    path.unlink()
                    return
        raise UploadNotFound(_("no file “%(name)s” was uploaded, or it was removed", name=name))

    def _paths(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        found = (path for path in self.folder.iterdir() if not path.name.startswith("."))
        return [path for path in found if path.is_file() and not path.is_symlink()]

    def _require_readable(self, name: str, data: bytes) -> str:
        if len(data) > self.max_file_bytes:
            raise UploadError(
                _(
                    "“%(name)s” is larger than %(most)s megabytes; split it, or raise "
                    "max_file_megabytes",
                    name=name,
                    most=self.max_file_bytes // 2**20,
                )
            )
        try:
            return kind_of(data, name)
        except UnreadableDocument as error:
            raise UploadError(
                _("“%(name)s”: %(reason)s", name=name, reason=translated(str(error)))
            ) from error

    def _require_room(self, more: int) -> None:
        used = sum(path.stat().st_size for path in self._paths())
        if used + more > self.max_bytes:
            raise UploadsFull(
                _(
                    "uploads may take %(most)s megabytes together; remove some, or raise "
                    "max_uploads_megabytes",
                    most=self.max_bytes // 2**20,
                )
            )

    def _write(self, path: Path, data: bytes) -> None:
        try:
            put_whole(path, data)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            kind = UploadsFull if full else UploadError
            raise kind(
                _("“%(name)s” cannot be stored: %(reason)s", name=path.name, reason=error.strerror)
            ) from error


def safe_name(name: str) -> str:
    """A file's own name without its folders, or of what no file system takes.

    Raises UploadError where nothing is left of it, and for names that builds read otherwise.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = " ".join(_NOT_IN_NAMES.sub(" ", last).split()).strip(". ")
    if not kept or not kept.isprintable():
        raise UploadError(_("the file has no name that can be kept; rename it"))
    if len(kept.encode("utf-8", "replace")) > LONGEST_NAME:
        raise UploadError(
            _("the name is longer than %(most)s bytes; shorten it", most=LONGEST_NAME)
        )
    if kept.lower() in READ_OTHERWISE:
        raise UploadError(_("“%(name)s” is no document by its name; rename it", name=kept))
    return kept


def _upload(path: Path) -> Upload:
    found = path.stat()
    stored = datetime.fromtimestamp(found.st_mtime, UTC).isoformat(timespec="seconds")
    with path.open("rb") as file:
        return Upload(path.name, found.st_size, stored, remembered_sha256(file))


def current_uploads() -> UploadFolder:
    """The folder of uploads of the app in use."""
    return cast(UploadFolder, current_app.extensions["uploads"])
