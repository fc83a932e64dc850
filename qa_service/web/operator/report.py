"""What the operator wants to know of the index in use: documents, collections, what is pending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from qa_service.config import Settings
from qa_service.config_checks import UPLOADS
from qa_service.errors import DamagedBuild, EngineUnavailable, IndexingError, NoIndex
from qa_service.indexing.building.history import KeptBuild
from qa_service.indexing.builds.kept import KeptBuilds
from qa_service.indexing.keeping.manifest import Manifest
from qa_service.indexing.keeping.uploads import Upload
from qa_service.nouns.documents import DocumentSummary, SkippedFile
from qa_service.nouns.results import IndexInfo, RefusedBuild
from qa_service.web.serving.answer_service import whole_service
from qa_service.web.wording.display import doubts

if TYPE_CHECKING:
    from qa_service.indexing.engine.postgres.tasks import QueueState

UploadState = Literal["indexed", "pending", "not read"]


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of the index in use and how much is in it."""

    name: str
    documents: int
    pages: int
    passages: int


@dataclass(frozen=True, slots=True)
class UploadStatus:
    """An upload, and what the index in use has of it; `reason` says why it was not read,
    `warnings` what is doubtful in how it was."""

    upload: Upload
    state: UploadState
    reason: str = ""
    warnings: tuple[str, ...] = ()


def indexed_documents() -> tuple[DocumentSummary, ...]:
    """Every document of the index in use; none before the first build."""
    try:
        return whole_service().documents()
    except NoIndex:
        return ()


def manifest_in_use(builds: KeptBuilds) -> Manifest | None:
    """The manifest of the build that answers; None before the first one, or where it is damaged
    or gone."""
    answering = _answering()
    try:
        return builds.manifest(answering.build if answering else None)
    except (NoIndex, DamagedBuild, EngineUnavailable):
        return None


def queue_of_tasks(settings: Settings) -> QueueState | None:
    """How the tasks of a build on several machines stand; None where there are none."""
    if settings.engine == "embedded":
        return None
    from qa_service.indexing.engine.postgres.database import database_at
    from qa_service.indexing.engine.postgres.tasks import TaskTable

    try:
        found = TaskTable(database_at(settings.postgres)).state()
    except EngineUnavailable:
        return None
    return found if found.total else None


def refused_build() -> RefusedBuild | None:
    """The newer build that should answer and cannot be used, if there is one."""
    answering = _answering()
    return answering.refused if answering else None


def builds_told(builds: KeptBuilds) -> list[KeptBuild]:
    """Every build that is kept: which of them answers here, and why a refused one does not."""
    answering = _answering()
    kept = builds.history()
    return [_as_used(item, answering) for item in kept] if answering else list(kept)


def newer_build(builds: Sequence[KeptBuild]) -> KeptBuild | None:
    """The newest sound build, where one gone back to answers; `builds` are the latest first."""
    sound = [item for item in builds if item.in_use or not item.problem]
    return sound[0] if sound and not sound[0].in_use else None


def _answering() -> IndexInfo | None:
    """The build that answers questions here; None where none can."""
    try:
        return whole_service().index_info()
    except IndexingError:
        return None


def _as_used(kept: KeptBuild, answering: IndexInfo) -> KeptBuild:
    refused = answering.refused
    problem = refused.reason if refused and refused.build == kept.build else kept.problem
    return replace(kept, in_use=kept.build == answering.build, problem=problem)


def why_unusable() -> str:
    """Why nothing can be answered from the index in use; empty where it can, or is none yet."""
    try:
        whole_service().index_info()
    except NoIndex:
        return ""
    except IndexingError as error:
        return str(error)
    return ""


def skipped_files(manifest: Manifest | None) -> tuple[SkippedFile, ...]:
    """Files that the build in use could not read, with the reasons."""
    return manifest.skipped if manifest else ()


def collections_of(documents: Iterable[DocumentSummary]) -> list[Collection]:
    """Each collection with its counts, by name."""
    grouped: dict[str, list[DocumentSummary]] = {}
    for document in documents:
        grouped.setdefault(document.collection, []).append(document)
    return [
        Collection(
            name,
            len(held),
            sum(document.pages or 0 for document in held),
            sum(document.passages for document in held),
        )
        for name, held in sorted(grouped.items())
    ]


def is_doubtful(document: DocumentSummary) -> bool:
    """Whether somebody should look at how a document was read."""
    read = document.extraction
    return bool(doubts(read.warnings) or read.pages_without_text)


def upload_statuses(
    uploads: Sequence[Upload],
    manifest: Manifest | None,
    documents: Iterable[DocumentSummary] = (),
) -> list[UploadStatus]:
    """Each upload with what the build in use, which holds these documents, has of it."""
    warnings = {document.source: document.extraction.warnings for document in documents}
    statuses = [_status(upload, manifest) for upload in uploads]
    return [
        replace(item, warnings=warnings.get(f"{UPLOADS}/{item.upload.name}", ()))
        if item.state == "indexed"
        else item
        for item in statuses
    ]


def removed_uploads(
    uploads: Sequence[Upload], manifest: Manifest | None, settings: Settings
) -> list[str]:
    """Names of files that were removed and that the index in use still quotes.

    A folder of the corpus that is called uploads as well holds none.
    """
    there = {upload.name for upload in uploads}
    corpus = [folder / UPLOADS for name, folder in settings.folders if not name]
    read = manifest.read_files if manifest else {}
    names = (name.removeprefix(f"{UPLOADS}/") for name in read if name.startswith(f"{UPLOADS}/"))
    return [
        name
        for name in names
        if name not in there and not any((folder / name).is_file() for folder in corpus)
    ]


def _status(upload: Upload, manifest: Manifest | None) -> UploadStatus:
    source = f"{UPLOADS}/{upload.name}"
    for skipped in skipped_files(manifest):
        if (skipped.source, skipped.version) == (source, upload.version):
            return UploadStatus(upload, "not read", skipped.reason)
    read = manifest is not None and manifest.read_files.get(source) == upload.version
    return UploadStatus(upload, "indexed" if read else "pending")
