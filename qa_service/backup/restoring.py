"""Reads a backup: all of it is checked in a folder of its own before anything takes its place."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from typing import IO

from qa_service import __version__
from qa_service.backup.beside import RECORDS
from qa_service.backup.contents import (
    BESIDE,
    BUILD_FOLDER,
    CONTENTS_NAME,
    SETTINGS_NAME,
    Contents,
    ListedFile,
    parse_contents,
)
from qa_service.disk.kept_records import FolderRecords
from qa_service.disk.whole_files import sync
from qa_service.errors import BackupError, DamagedBuild, FeedbackError, IndexingError
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.build_folders import build_in_use, kept_builds, locked, prune
from qa_service.indexing.keeping.manifest import read_manifest, switch_current, verify_files
from qa_service.indexing.keeping.partial import partial_folder, remove_partial

MOST_READ_AT_ONCE = 2**20
"""Bytes; the list of members is no longer, nor any header of the archive."""
RESTORED_SETTINGS = "restored-settings.toml"
ASIDE = ".before-restore"
_FIX = "; nothing was restored. Take another backup"


def restore_backup(
    source: Path, index_dir: Path, *, replace: bool = False, mode: int = 0o700, keep_builds: int = 2
) -> Contents:
    """Puts a backup into an index folder and makes its build the one in use; what was restored.

    Every member is compared with the list, and the build opened as a check, before anything of
    the folder changes. A folder that has a build, verdicts or questions is left alone unless they
    are to be replaced: then its builds are kept as earlier ones, its other files as
    `NAME.before-restore`, or with a number behind that. The settings are written as
    `restored-settings.toml`, which nothing reads by itself. `mode` are the permissions of the
    build's folder.

    Raises BackupError where the archive is not what a backup is, is of another version, or the
    folder is in use; BuildLocked where a build is running there.
    """
    with locked(index_dir):
        _require_room_for_it(index_dir, replace)
        remove_partial(index_dir)
        before = build_in_use(index_dir)
        with partial_folder(index_dir) as partial:
            contents = _unpack(source, partial)
            _check(partial, contents)
            (partial / BUILD_FOLDER).chmod(mode)
            _put_in_place(partial, index_dir, contents.build)
        prune(index_dir, keep_builds, before)
    return contents


def _require_room_for_it(index_dir: Path, replace: bool) -> None:
    there = [folder.name for folder in kept_builds(index_dir)]
    there += [name for name in BESIDE if (index_dir / name).exists()]
    if there and not replace:
        raise BackupError(
            f"{index_dir} holds {', '.join(there)}; choose another folder with --index DIR, or add "
            "--replace: its builds are kept as earlier ones, the rest is set aside"
        )


def _unpack(source: Path, partial: Path) -> Contents:
    """Writes every member that the list names, and no other, below a new folder."""
    try:
        with _archive(source) as archive:
            contents = _read_contents(archive, partial)
            missing = set(contents.files)
            while member := archive.next():
                _require_listed(member, contents, missing)
                missing.remove(member.name)
                _write_member(archive, member, partial, contents.files[member.name])
            if missing:
                raise BackupError(f"it ends before {min(missing)}")
    except BackupError as error:
        raise BackupError(f"{source}: {error}{_FIX}") from error
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise BackupError(f"{source} is no whole backup ({error}){_FIX}") from error
    return contents


class _BoundedFile(io.FileIO):
    """A file of which nobody reads more at once than a header of a sound archive takes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= MOST_READ_AT_ONCE:
            raise BackupError("one of its headers is too large")
        return super().read(size) or b""


@contextmanager
def _archive(source: Path) -> Iterator[tarfile.TarFile]:
    """The archive, uncompressed, so that it holds no more than its size. Raises BackupError."""
    try:
        file = _BoundedFile(str(source))
    except OSError as error:
        raise BackupError(f"it cannot be read ({error.strerror})") from error
    with closing(file), tarfile.open(fileobj=file, mode="r:") as archive:
        yield archive


def _read_contents(archive: tarfile.TarFile, partial: Path) -> Contents:
    member = archive.next()
    if member is None or member.name != CONTENTS_NAME or not _is_plain_file(member):
        raise BackupError(f"it does not begin with {CONTENTS_NAME}")
    if member.size > MOST_READ_AT_ONCE:
        raise BackupError(f"{CONTENTS_NAME} has {member.size} bytes, too many")
    contents = parse_contents(_opened(archive, member).read(), __version__)
    free = shutil.disk_usage(partial).free
    if contents.size > free:
        raise BackupError(f"it holds {contents.size} bytes, the disk has room for {free}")
    return contents


def _is_plain_file(member: tarfile.TarInfo) -> bool:
    return member.isreg() and not member.issparse()


def _require_listed(member: tarfile.TarInfo, contents: Contents, missing: set[str]) -> None:
    """Raises BackupError unless it is a plain file of the list, met for the first time."""
    name = member.name
    if member.islnk() or member.issym():
        raise BackupError(f"{name!r} is a link, which no backup holds")
    if name.startswith("/") or ".." in name.split("/"):
        raise BackupError(f"{name!r} leads out of the folder")
    if not _is_plain_file(member):
        raise BackupError(f"{name!r} is no plain file")
    if name not in missing:
        raise BackupError(f"{name!r} is not in its list, or in the archive twice")
    if member.size != contents.files[name].size:
        raise BackupError(f"{name} has {member.size} bytes, not {contents.files[name].size}")


def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(member)
    if file is None:
        raise BackupError(f"{member.name!r} is no plain file")
    return file


def _write_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, partial: Path, listed: ListedFile
) -> None:
    """Writes a member whose name is plain. Raises BackupError where its hash is another."""
    path = partial / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    with _opened(archive, member) as source, path.open("xb") as target:
        while read := source.read(MOST_READ_AT_ONCE):
            sha256.update(read)
            target.write(read)
        target.flush()
        os.fsync(target.fileno())
    if sha256.hexdigest() != listed.sha256:
        raise BackupError(f"{member.name} is not what was written: its sha256 differs")


def _check(partial: Path, contents: Contents) -> None:
    """Raises BackupError unless the build opens as the one it is called, and databases do."""
    try:
        with closing(open_folder(partial / BUILD_FOLDER)) as opened:
            if opened.manifest.build != contents.build:
                raise BackupError(f"the backup holds {opened.manifest.build}{_FIX}")
        for name in RECORDS:
            FolderRecords(partial / name).rows("PRAGMA quick_check")
    except (DamagedBuild, FeedbackError) as error:
        raise BackupError(f"the backup cannot be used ({error}){_FIX}") from error


def _put_in_place(partial: Path, index_dir: Path, build: str) -> None:
    """Renames alone, the one that makes the build the one in use last."""
    for name in BESIDE:
        if (partial / name).exists():
            _set_aside(index_dir / name)
            (partial / name).chmod(0o600)
            (partial / name).rename(index_dir / name)
    (partial / SETTINGS_NAME).rename(index_dir / RESTORED_SETTINGS)
    if not _is_there(index_dir / build, partial / BUILD_FOLDER):
        if (index_dir / build).exists():  # damaged
            (index_dir / build).rename(partial / "replaced")
        (partial / BUILD_FOLDER).rename(index_dir / build)
    sync(index_dir)
    switch_current(index_dir, build)


def _is_there(folder: Path, restored: Path) -> bool:
    """Whether a folder holds the very build that was restored, whole: then it stays as it is."""
    try:
        manifest = read_manifest(folder)
        verify_files(folder, manifest, anew=True)
    except IndexingError:
        return False
    return manifest.files == read_manifest(restored).files


def _set_aside(path: Path) -> None:
    """With the journal of a database, which is that of no other. What was set aside before stays:
    it may be all there is of a restoring that was killed."""
    for old in (path, path.with_name(f"{path.name}-journal")):
        if old.exists():
            old.rename(_free(old.with_name(old.name + ASIDE)))


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(2))
    return next(it for it in chain((path,), numbered) if not it.exists())
