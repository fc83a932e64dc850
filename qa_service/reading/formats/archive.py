"""Zipped folders: each file within is a document of its own."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Content, Member
from qa_service.translation.sentences import said

_ENCRYPTED = 0x1


def read_archive(data: bytes) -> Content:
    """The files of a zip archive, in the order of their names; hidden ones are left out."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if _is_file(entry)]
    if not entries:
        raise UnreadableDocument(said("the archive holds no files"))
    ordered = sorted(entries, key=lambda entry: entry.filename)
    return Content("zip", (), members=tuple(_member(data, entry) for entry in ordered))


def _is_file(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)
    return not entry.is_dir() and not hidden


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member:
    def read() -> bytes:
        if entry.flag_bits & _ENCRYPTED:
            raise UnreadableDocument(said("the archive is encrypted; unpack it into the corpus"))
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.read(entry)

    return Member(entry.filename, read)
