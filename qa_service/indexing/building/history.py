"""The builds that are kept, what they said, and going back to one of them."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from qa_service.deadline import in_time
from qa_service.errors import BuildNotFound, DamagedBuild, IndexingError, ModelError, NoIndex
from qa_service.indexing.building.check import misplaced_passages
from qa_service.indexing.engine.embedded.folder import STORE_FILE, open_folder
from qa_service.indexing.engine.store import stored_text
from qa_service.indexing.keeping.build_folders import build_in_use, kept_builds, locked
from qa_service.indexing.keeping.manifest import (
    Manifest,
    current_build,
    read_manifest,
    remembered_manifest,
    switch_current,
)
from qa_service.nouns.access import Groups
from qa_service.nouns.documents import Span
from qa_service.translation.sentences import said


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """A build on disk. `created` is UTC, ISO 8601; `skipped` counts files that were not read.

    `problem` says why it cannot be used; the counts are 0 then.
    """

    build: str
    in_use: bool
    created: str = ""
    documents: int = 0
    passages: int = 0
    skipped: int = 0
    model: str = ""
    problem: str = ""


def build_history(index_dir: Path) -> tuple[KeptBuild, ...]:
    """Every build that is kept, the latest first. Their files are not verified for this."""
    current = build_in_use(index_dir)
    return tuple(_kept(folder, folder == current) for folder in reversed(kept_builds(index_dir)))


def roll_back(index_dir: Path, build: str) -> None:
    """Makes a kept build the one in use, once it has been verified as `check` does.

    Raises BuildNotFound, DamagedBuild, ModelError where it is of another model than the
    build in use, and BuildLocked while a build is running.
    """
    with locked(index_dir):
        folder = next((path for path in kept_builds(index_dir) if path.name == build), None)
        if folder is None:
            raise BuildNotFound(
                said("no build %(build)s is kept; keep_builds says how many are", build=repr(build))
            )
        with closing(open_folder(folder, anew=True)) as opened:
            if problems := misplaced_passages(opened.store):
                raise DamagedBuild(problems[0])
            with suppress(NoIndex, DamagedBuild):
                require_same_model(read_manifest(current_build(index_dir)), opened.manifest)
        switch_current(index_dir, build)


def require_same_model(now: Manifest, other: Manifest) -> None:
    """What runs now has the model of the build in use and could not ask one of another: raises
    ModelError."""
    if now.model_fingerprint != other.model_fingerprint:
        raise ModelError(
            said(
                "build %(build)s was made with the model %(model)s, the one in use with "
                "%(other)s; build again with the former instead",
                build=other.build,
                model=repr(other.model),
                other=repr(now.model),
            )
        )


def _kept(folder: Path, in_use: bool) -> KeptBuild:
    try:
        found = remembered_manifest(folder)
    except IndexingError as error:
        return KeptBuild(folder.name, in_use, problem=str(error))
    counts = (found.documents, found.passages, len(found.skipped))
    return KeptBuild(folder.name, in_use, found.created, *counts, found.model)


def cited_words(
    index_dir: Path, document_id: str, version: str, span: Span, groups: Groups | None = None
) -> str:
    """The words at a place of a version of a document; empty where no kept build holds it as
    somebody in these groups might read it, or anybody where they are None."""
    for build in in_time(reversed(kept_builds(index_dir))):
        if text := stored_text(build / STORE_FILE, document_id, version, groups):
            return text[slice(*span)]
    return ""
