"""Files that the operator uploads, read as a collection of their own by every build."""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, cast

from flask import current_app

from qa_service.errors import (
    UnreadableDocument,
    UploadError,
    UploadExists,
    UploadNotFound,
    UploadsFull,
)
from qa_service.indexing.keeping.uploads import Check, KeptUploads, Upload
from qa_service.nouns.documents import TABLE_NAME
from qa_service.reading.detecting import ending_warning, kind_of
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
class Taken:
    """What became of an upload: the kind of its content, and a warning where there is one."""

    name: str
    kind: str
    replaced: bool
    warning: str = ""


class Uploads:
    """What was uploaded, and its bounds in bytes."""

    def __init__(self, kept: KeptUploads, max_file_bytes: int, max_bytes: int) -> None:
        self.place, self.files = kept.place, kept.files
        self._kept = kept
        self.max_file_bytes = max_file_bytes
        self.max_bytes = max_bytes

    def add(self, name: str, stream: IO[bytes], replace: bool = False) -> Taken:
        """Stores a file whose content is of a kind that builds read.

        Raises UploadError for a name or a content that is not taken, UploadExists where the
        name is taken and `replace` false, UploadsFull. Nothing is half written.
        """
        name = safe_name(name)
        data = stream.read(self.max_file_bytes + 1)
        kind = self._require_readable(name, data)
        replaced: list[Upload] = []

        def check(there: Sequence[Upload]) -> None:
            replaced.extend(upload for upload in there if upload.name == name)
            if replaced and not replace:
                raise UploadExists(
                    _(
                        "“%(name)s” is there already; tick “Replace files of the same name”, or "
                        "rename the file",
                        name=name,
                    )
                )
            others = sum(upload.size for upload in there if upload.name != name)
            self._require_room(others + len(data))

        self._put(name, data, check)
        return Taken(name, kind, bool(replaced), ending_warning(kind, name))

    def remove(self, name: str) -> None:
        """Removes a file; the index quotes it until the next build. Raises UploadNotFound."""
        try:
            self._kept.remove(name)
        except FileNotFoundError as error:
            raise UploadNotFound(
                _("no file “%(name)s” was uploaded, or it was removed", name=name)
            ) from error

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

    def _require_room(self, together: int) -> None:
        if together > self.max_bytes:
            raise UploadsFull(
                _(
                    "uploads may take %(most)s megabytes together; remove some, or raise "
                    "max_uploads_megabytes",
                    most=self.max_bytes // 2**20,
                )
            )

    def _put(self, name: str, data: bytes, check: Check) -> None:
        try:
            self._kept.put(name, data, check)
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            kind = UploadsFull if full else UploadError
            raise kind(
                _("“%(name)s” cannot be stored: %(reason)s", name=name, reason=error.strerror)
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


def current_uploads() -> Uploads:
    """Those of the app in use."""
    return cast(Uploads, current_app.extensions["uploads"])
