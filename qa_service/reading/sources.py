"""The files of a corpus: which there are, what they are called, and their bytes."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath

from qa_service.errors import BuildFailed, UnreadableDocument
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

LONGEST_SLUG = 60
OPENED = "~$"
"""Begins the names of files that say who has a document open; Word hides them."""
LOOP = N_("a link that leads to itself; remove it")
OUTSIDE = N_("a link that leads outside the corpus; copy what it leads to into the corpus")


@dataclass(frozen=True, slots=True)
class Source:
    """A file below a folder of the corpus; `name` is the POSIX path it is cited by.

    The name is fit to be printed and stored whatever the file is called.
    """

    path: Path
    folder: Path
    name: str
    collection: str


def list_sources(folder: Path, collection: str = "") -> list[Source]:
    """Every entry of a folder that is no folder, ordered by name; of any kind.

    A named `collection` goes before the names; without one the first folder is the
    collection. Left out: hidden files and folders, a README.md at the top. Raises
    BuildFailed where there is no such folder.
    """
    if not folder.is_dir():
        raise BuildFailed(
            said(
                "there is no corpus folder %(folder)s; create it and put documents into it, "
                "or name another with --corpus or QA_CORPUS_DIR",
                folder=folder,
            )
        )
    sources = [
        _source(path, folder, collection)
        for below, folders, names in os.walk(folder, onerror=_refuse)
        for path in _entries(Path(below), folders, names)
        if not (path.parent == folder and path.name == "README.md")
    ]
    return sorted(sources, key=lambda source: source.name)


def _refuse(error: OSError) -> None:
    raise BuildFailed(
        said(
            "cannot list %(filename)s: %(error)s; check its permissions",
            filename=error.filename,
            error=error.strerror,
        )
    )


def _entries(folder: Path, folders: list[str], names: list[str]) -> list[Path]:
    """Files and links of one folder; hidden folders are taken off the list still to walk."""
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    links = [name for name in folders if (folder / name).is_symlink()]
    return [folder / name for name in [*names, *links] if not name.startswith((".", OPENED))]


def _source(path: Path, folder: Path, collection: str) -> Source:
    relative = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
    first, _, rest = relative.partition("/")
    name = f"{collection}/{relative}" if collection else relative
    return Source(path, folder, name, collection or (first if rest else "default"))


def document_id(source: str) -> str:
    """A stable, readable id for URLs: the file name's words and 8 hex digits.

    `source` is the POSIX path under the corpus; the digits begin its sha256.
    """
    plain = unicodedata.normalize("NFKD", PurePosixPath(source).stem)
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    digest = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return "-".join(part for part in (slug[:LONGEST_SLUG].rstrip("-"), digest) if part)


def open_source(source: Source) -> BufferedReader:
    """The file, opened for reading, once it is certain that it lies within its folder.

    Raises UnreadableDocument for links that lead outside, for what is no regular file,
    and for what may not be opened or has a name that pages and indexes cannot keep.
    """
    try:
        os.fspath(source.path).encode()
    except UnicodeEncodeError as error:
        raise UnreadableDocument(said("the file name is not UTF-8; rename the file")) from error
    try:
        return _opened(source)
    except OSError as error:
        raise UnreadableDocument(
            said("cannot be opened: %(error)s", error=error.strerror)
        ) from error


def _opened(source: Source) -> BufferedReader:
    try:
        real = source.path.resolve(strict=True)
    except RuntimeError as error:  # what Python before 3.13 makes of a loop
        raise UnreadableDocument(LOOP) from error
    if not real.is_relative_to(source.folder.resolve()):
        raise UnreadableDocument(OUTSIDE)
    # Not to follow a link put there since, nor to wait for the writer of a pipe.
    descriptor = os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        link = stat.S_ISDIR(mode)
        raise UnreadableDocument(
            said("a link to a folder, which is not followed; copy the folder into the corpus")
            if link
            else said("not a regular file but a device or pipe; remove it")
        )
    return os.fdopen(descriptor, "rb")


def source_bytes(source: Source, max_bytes: int) -> bytes:
    """The bytes of a file, of which no more than one over the limit is ever read."""
    with open_source(source) as file:
        try:
            data = file.read(max_bytes + 1)
        except OSError as error:
            raise UnreadableDocument(
                said("cannot be read: %(error)s", error=error.strerror)
            ) from error
    if len(data) > max_bytes:
        raise UnreadableDocument(
            said(
                "larger than %(most)s bytes; split it or raise QA_MAX_FILE_MEGABYTES",
                most=max_bytes,
            )
        )
    return data


def source_version(source: Source) -> str:
    """sha256 of a file's bytes, in hex; empty for one that may not be opened."""
    try:
        with open_source(source) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, UnreadableDocument):
        return ""
