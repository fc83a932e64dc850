"""The manifest: what a build is made of, and a hash of every file in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from qa_service.disk.whole_files import put_whole, sync
from qa_service.errors import DamagedBuild, ModelError, NoIndex
from qa_service.indexing.keeping.hashed import HASHED_NAME, files_below, hashes
from qa_service.nouns.documents import SkippedFile
from qa_service.reading.file_states import FileState, file_state
from qa_service.translation.sentences import said

FORMAT_VERSION = 4
MANIFEST_NAME = "manifest.json"
CURRENT_NAME = "CURRENT"
BUILD_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{6}", re.ASCII)
MOST_REMEMBERED = 8
"""Manifests kept in memory; each holds a line for every file of the corpus."""
_ABOUT_THE_BUILD = (MANIFEST_NAME, HASHED_NAME)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps each file's path within the build to its sha256; `sources` each document's
    path under the corpus to the sha256 of its bytes, `read_files` each file's in which documents
    were looked for; `reading` tells what they were read with, `splitting` what made passages."""

    build: str
    format_version: int
    created: str
    model: str
    model_fingerprint: str
    dimension: int
    documents: int
    passages: int
    sentences: int
    sources: dict[str, str] = field(default_factory=dict)
    read_files: dict[str, str] = field(default_factory=dict)
    reading: str = ""
    splitting: str = ""
    skipped: tuple[SkippedFile, ...] = ()
    files: dict[str, str] = field(default_factory=dict)


def hash_files(folder: Path, *, anew: bool = False) -> dict[str, str]:
    """sha256 of every file below `folder` but the manifest, by relative POSIX path.

    Unless all are to be hashed `anew`, large files that were, and are the same since, are not
    read again (hashed.py).
    """
    files = files_below(folder)
    files = {name: path for name, path in files.items() if name not in _ABOUT_THE_BUILD}
    return hashes(files, folder / HASHED_NAME, anew=anew)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest and sees every file of the build safely on the disk."""
    (folder / MANIFEST_NAME).write_text(manifest_text(manifest), encoding="utf-8")
    for path in [*folder.rglob("*"), folder]:
        sync(path)


def manifest_text(manifest: Manifest) -> str:
    """A manifest as JSON, with a hash of itself."""
    values = asdict(manifest)
    return json.dumps(values | {"sha256": _digest(values)}, indent=1, ensure_ascii=False)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a build. Raises DamagedBuild where it is missing, broken or of another
    format."""
    return manifest_of(lambda: (folder / MANIFEST_NAME).read_text(encoding="utf-8"), folder.name)


def manifest_of(text: Callable[[], str], build: str) -> Manifest:
    """What `manifest_text` gave, of a build of that name. Raises as read_manifest does."""
    try:
        values = json.loads(text())
        if values["format_version"] != FORMAT_VERSION:
            raise DamagedBuild(
                said(
                    "build %(build)s has format %(theirs)s, this version reads "
                    "%(ours)s; run: qa-service build --full",
                    build=build,
                    theirs=values["format_version"],
                    ours=FORMAT_VERSION,
                )
            )
        if values.pop("sha256") != _digest(values):
            raise ValueError(said("it is not what was written"))
        skipped = tuple(SkippedFile(**item) for item in values.pop("skipped"))
        return Manifest(**values, skipped=skipped)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedBuild(
            said(
                "the manifest of build %(build)s cannot be read (%(error)s); "
                "run: qa-service build --full",
                build=build,
                error=error,
            )
        ) from error


def remembered_manifest(folder: Path) -> Manifest:
    """The manifest of a build, read again only once its file changes: that of a large index
    takes a while. Raises DamagedBuild as read_manifest does."""
    try:
        modified = (folder / MANIFEST_NAME).stat().st_mtime_ns
    except OSError:
        return read_manifest(folder)
    return _remembered(folder, modified)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remembered(folder: Path, modified: int) -> Manifest:  # noqa: ARG001
    return read_manifest(folder)


def _digest(values: dict[str, Any]) -> str:
    """sha256 of the manifest's other members."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def require_model(manifest: Manifest, model: str, fingerprint: str) -> None:
    """Raises ModelError where a build is not of the model that encodes questions."""
    if manifest.model_fingerprint == fingerprint:
        return
    if manifest.model == model:
        raise ModelError(
            said(
                "the index was built with another version of the model %(model)s, or with "
                "another QA_ENCODER_BITS or QA_ENCODER; set these as they were or run: "
                "qa-service build",
                model=repr(model),
            )
        )
    raise ModelError(
        said(
            "the index was built with the model %(former)s, not with %(model)s; set "
            "QA_MODEL to the former or run: qa-service build",
            former=repr(manifest.model),
            model=repr(model),
        )
    )


def damaged_files(folder: Path, manifest: Manifest, *, anew: bool = False) -> list[str]:
    """Files of the build that are missing, changed or not in its manifest; see hash_files."""
    present = hash_files(folder, anew=anew)
    names = sorted(present.keys() | manifest.files.keys())
    return [name for name in names if present.get(name) != manifest.files.get(name)]


FileStates = dict[str, FileState]


def file_states(folder: Path) -> FileStates:
    """What differs for each file of a build whenever it may hold something else."""
    found = {}
    for name, path in files_below(folder).items():
        if name != HASHED_NAME:
            with suppress(OSError):
                found[name] = file_state(path.stat())
    return found


def verify_files(folder: Path, manifest: Manifest, *, anew: bool = False) -> None:
    """Raises DamagedBuild, naming every file that is not what the manifest says; see hash_files."""
    try:
        damaged = damaged_files(folder, manifest, anew=anew)
    except OSError as error:
        raise DamagedBuild(
            said(
                "a file of build %(build)s cannot be read: %(error)s",
                build=folder.name,
                error=error,
            )
        ) from error
    if damaged:
        raise DamagedBuild(
            said(
                "build %(build)s is damaged: %(damaged)s; run: qa-service build --full",
                build=folder.name,
                damaged=", ".join(damaged),
            )
        )


def current_build(index_dir: Path) -> Path:
    """The folder of the build in use.

    Raises NoIndex before the first build, DamagedBuild where CURRENT names none that is there.
    """
    try:
        name = (index_dir / CURRENT_NAME).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        if not _has_finished_builds(index_dir):
            raise NoIndex(
                said(
                    "there is no index in %(index_dir)s; run: qa-service build", index_dir=index_dir
                )
            ) from error
        name = ""
    except (OSError, UnicodeDecodeError):
        name = ""
    if not _is_folder_in(index_dir, name):
        raise DamagedBuild(
            said(
                "%(index_dir)s names no build that is there; run: qa-service builds, then "
                "qa-service builds --use BUILD, or qa-service build",
                index_dir=index_dir / CURRENT_NAME,
            )
        )
    return index_dir / name


def _has_finished_builds(index_dir: Path) -> bool:
    """Whether there is a build that got its name: the first one, while it is written, has none."""
    written = (path.parent.name for path in index_dir.glob(f"*/{MANIFEST_NAME}"))
    return any(map(is_build_name, written))


def _is_folder_in(index_dir: Path, name: str) -> bool:
    """Whether a name, whatever it is, is that of a folder there."""
    try:
        plain = bool(name) and not name.startswith(".") and Path(name).name == name
        return plain and (index_dir / name).is_dir()
    except (OSError, ValueError):
        return False


def is_build_name(name: str) -> bool:
    """Whether a name is one that builds have."""
    return bool(BUILD_NAME.fullmatch(name))


def has_build(index_dir: Path) -> bool:
    """Whether the folder has a build in use."""
    try:
        current_build(index_dir)
    except (NoIndex, DamagedBuild):
        return False
    return True


def switch_current(index_dir: Path, build: str) -> None:
    """Makes `build` the one in use, in a single rename."""
    put_whole(index_dir / CURRENT_NAME, f"{build}\n".encode())
