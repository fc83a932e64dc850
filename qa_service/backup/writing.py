"""Writes a backup: the build in use, and what people left beside it, into a new file."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from qa_service import __version__
from qa_service.backup.beside import copy_without_secrets
from qa_service.backup.contents import (
    BUILD_FOLDER,
    CONTENTS_NAME,
    SETTINGS_NAME,
    Contents,
    ListedFile,
    contents_json,
)
from qa_service.config import Settings
from qa_service.disk.whole_files import sync
from qa_service.errors import BackupError
from qa_service.indexing.builds.kept import kept_builds_of
from qa_service.indexing.keeping.hashed import file_sha256
from qa_service.indexing.keeping.manifest import (
    MANIFEST_NAME,
    read_manifest,
)
from qa_service.settings_sources import settings_toml


def write_backup(settings: Settings, target: Path) -> Contents:
    """Writes the build in use, verified, with what stands beside it; what was written.

    The file is whole or not there, readable by its owner alone. Documents, tokens and secrets are
    not in it; the manifest holds the documents' hashes. Raises BackupError where the file is there
    already or cannot be written, NoIndex and DamagedBuild where there is no sound build.
    """
    _require_free(target)
    with _new_file(target) as (file, scratch):
        folder = kept_builds_of(settings).as_files(scratch)
        manifest = read_manifest(folder)
        paths = {
            f"{BUILD_FOLDER}/{name}": folder / name for name in (MANIFEST_NAME, *manifest.files)
        }
        paths |= _beside(settings, scratch)
        contents = Contents(
            build=manifest.build,
            build_format=manifest.format_version,
            service=__version__,
            written=datetime.now(UTC).isoformat(timespec="seconds"),
            files={name: _listed(path) for name, path in paths.items()},
        )
        _write_archive(file, contents, paths)
    return contents


def _require_free(target: Path) -> None:
    if os.path.lexists(target):
        raise BackupError(f"{target} is there already; choose another name, or move it away")


@contextmanager
def _new_file(target: Path) -> Iterator[tuple[Path, Path]]:
    """A file to write that takes the target's name at the end, and a folder for the meantime."""
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
            scratch = Path(name)
            yield scratch / "archive", scratch
            _take_name(scratch / "archive", target)
            sync(target.parent)
    except OSError as error:
        raise BackupError(
            f"{target} cannot be written ({error}); see to its folder and the room on its disk"
        ) from error


def _take_name(file: Path, target: Path) -> None:
    """Gives a finished file its name. Raises BackupError where another took that meanwhile."""
    try:
        target.hardlink_to(file)
    except FileExistsError:
        _require_free(target)
    except OSError:  # a file system without links
        _require_free(target)
        file.rename(target)


def _beside(settings: Settings, scratch: Path) -> dict[str, Path]:
    """Copies of what stands beside the build, by name; records as of one moment."""
    beside, room = scratch / "beside", 2 * settings.max_feedback_megabytes
    beside.mkdir()
    there = replace(settings, engine="embedded", index_dir=beside, max_feedback_megabytes=room)
    list(copy_without_secrets(settings, there))
    (beside / SETTINGS_NAME).write_text(settings_toml(settings), encoding="utf-8")
    return {path.name: path for path in sorted(beside.iterdir())}


def _listed(path: Path) -> ListedFile:
    return ListedFile(path.stat().st_size, file_sha256(path))


def _write_archive(file: Path, contents: Contents, paths: dict[str, Path]) -> None:
    """The list, then every file of it; nothing is told but names, sizes and bytes."""
    listed = contents_json(contents)
    with open(file, "xb", opener=_owner_only) as raw:
        with tarfile.open(fileobj=raw, mode="w:", format=tarfile.GNU_FORMAT) as archive:
            archive.addfile(_member(CONTENTS_NAME, len(listed)), io.BytesIO(listed))
            for name, path in paths.items():
                with path.open("rb") as source:
                    archive.addfile(_member(name, contents.files[name].size), source)
        raw.flush()
        os.fsync(raw.fileno())


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
