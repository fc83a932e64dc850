"""The builds that are kept, as the settings say where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qa_service.config import Settings
from qa_service.deadline import in_time
from qa_service.errors import DamagedBuild, NoIndex
from qa_service.indexing.building.check import check_build, check_index
from qa_service.indexing.building.history import (
    KeptBuild,
    build_history,
    cited_words,
    require_same_model,
    roll_back,
)
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.seam.reading import TextReader
from qa_service.indexing.keeping.manifest import (
    Manifest,
    current_build,
    read_manifest,
    remembered_manifest,
    verify_files,
)
from qa_service.nouns.access import Groups
from qa_service.nouns.documents import DocumentSummary, SkippedFile, Span

if TYPE_CHECKING:
    from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds


class KeptBuilds(Protocol):
    """What operators do with builds, and what citations of earlier ones ask."""

    def history(self) -> tuple[KeptBuild, ...]:
        """Every build that is kept, the latest first."""

    def manifest(self, build: str | None = None) -> Manifest:
        """That of a build, or of the one in use. Raises NoIndex, or DamagedBuild."""

    def documents(self) -> tuple[DocumentSummary, ...]:
        """The documents of the build in use, by title. Raises NoIndex, or DamagedBuild."""

    def texts(self) -> AbstractContextManager[TextReader]:
        """The texts of the build in use, within a block. Raises as `documents`."""

    def as_files(self, scratch: Path) -> Path:
        """The folder of the build in use, all of it verified; one of a database is written into
        an empty folder below `scratch`. Raises as `documents`."""

    def roll_back(self, build: str) -> None:
        """Makes a kept build the one in use, once all of it has been verified.

        Raises BuildNotFound, DamagedBuild, BuildLocked, or ModelError where it is of another
        model than the one in use.
        """

    def cited_words(
        self, document_id: str, version: str, span: Span, groups: Groups | None = None
    ) -> str:
        """The words at a place of a version of a document; empty where no kept build holds it as
        somebody in these groups might read it, or anybody where they are None."""


class BuildsOfFolder:
    """Those of an index folder."""

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir

    def history(self) -> tuple[KeptBuild, ...]:
        """See KeptBuilds; their files are not verified for this."""
        return build_history(self._index_dir)

    def manifest(self, build: str | None = None) -> Manifest:
        """See KeptBuilds."""
        folder = self._index_dir / build if build else current_build(self._index_dir)
        return remembered_manifest(folder)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """See KeptBuilds."""
        with closing(open_folder(current_build(self._index_dir))) as opened:
            return opened.store.summaries()

    @contextmanager
    def texts(self) -> Iterator[TextReader]:
        """See KeptBuilds."""
        with closing(open_folder(current_build(self._index_dir))) as opened:
            yield opened.store

    def as_files(self, scratch: Path) -> Path:  # noqa: ARG002
        """See KeptBuilds."""
        folder = current_build(self._index_dir)
        verify_files(folder, read_manifest(folder), anew=True)
        return folder

    def roll_back(self, build: str) -> None:
        """See KeptBuilds."""
        roll_back(self._index_dir, build)

    def cited_words(
        self, document_id: str, version: str, span: Span, groups: Groups | None = None
    ) -> str:
        """See KeptBuilds."""
        return cited_words(self._index_dir, document_id, version, span, groups)


class BuildsOfDatabase:
    """Those of a database."""

    def __init__(self, builds: DatabaseBuilds) -> None:
        self._builds = builds

    def history(self) -> tuple[KeptBuild, ...]:
        """See KeptBuilds."""
        return tuple(_kept(manifest, in_use) for manifest, in_use in self._builds.all())

    def manifest(self, build: str | None = None) -> Manifest:
        """See KeptBuilds."""
        for manifest, in_use in self._builds.all():
            if manifest.build == build or (build is None and in_use):
                return manifest
        raise NoIndex("there is no index in the database; run: qa-service build")

    def documents(self) -> tuple[DocumentSummary, ...]:
        """See KeptBuilds."""
        return self._builds.texts(self.manifest().build).summaries()

    def texts(self) -> AbstractContextManager[TextReader]:
        """See KeptBuilds."""
        return nullcontext(self._builds.texts(self.manifest().build))

    def as_files(self, scratch: Path) -> Path:
        """See KeptBuilds."""
        folder = scratch / "taken"
        folder.mkdir()
        self._builds.take(self.manifest().build, folder)
        return folder

    def roll_back(self, build: str) -> None:
        """See KeptBuilds."""
        with self._builds.locked():
            before = self._builds.in_use()
            manifest = self._builds.verify(build)
            if before:
                now = self.manifest(before)
                require_same_model(now, manifest)
            self._builds.publish(build, before)

    def cited_words(
        self, document_id: str, version: str, span: Span, groups: Groups | None = None
    ) -> str:
        """See KeptBuilds."""
        texts = (
            self._builds.text(manifest.build, document_id, version, groups)
            for manifest, _ in in_time(self._builds.all())
        )
        return next((text[slice(*span)] for text in texts if text), "")


def kept_builds_of(settings: Settings) -> KeptBuilds:
    """The builds of the engine that the settings ask for."""
    if settings.engine == "embedded":
        return BuildsOfFolder(settings.index_dir)
    from qa_service.indexing.engine.postgres.writing.keeping import database_builds

    return BuildsOfDatabase(database_builds(settings.postgres))


def check_builds(settings: Settings, unfetched: Sequence[SkippedFile] = ()) -> list[str]:
    """As `check_index`, of the build that is asked, wherever it lies."""
    if settings.engine == "embedded":
        return check_index(settings.index_dir, settings.folders, unfetched)
    from qa_service.indexing.engine.postgres.writing.keeping import database_builds

    builds = database_builds(settings.postgres)
    try:
        manifest = builds.verify(BuildsOfDatabase(builds).manifest().build)
    except DamagedBuild as error:
        return [str(error)]
    return check_build(manifest, builds.texts(manifest.build), settings.folders, unfetched)


def _kept(manifest: Manifest, in_use: bool) -> KeptBuild:
    counts = (manifest.documents, manifest.passages, len(manifest.skipped))
    return KeptBuild(manifest.build, in_use, manifest.created, *counts, manifest.model)
