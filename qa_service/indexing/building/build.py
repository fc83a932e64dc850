"""Documents -> a build: written whole in a folder of its own, checked, then switched to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from qa_service.disk.whole_files import sync
from qa_service.errors import BuildFailed, IndexingError
from qa_service.indexing.building.options import AS_USUAL, NO_DOCUMENTS, BuildOptions
from qa_service.indexing.building.reuse import splitting_fingerprint
from qa_service.indexing.building.storing import Known, Stored, StoringTask, store_files
from qa_service.indexing.building.suggestions import renewed_suggestions
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.encoding.journal import VectorJournal
from qa_service.indexing.engine.embedded.folder import (
    STORE_FILE,
    FolderBuild,
    open_folder,
)
from qa_service.indexing.engine.embedded.indexes import index_vectors, index_words
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.store_walk import document_words
from qa_service.indexing.keeping.build_folders import build_in_use, locked, prune
from qa_service.indexing.keeping.manifest import (
    FORMAT_VERSION,
    Manifest,
    current_build,
    hash_files,
    switch_current,
    write_manifest,
)
from qa_service.indexing.keeping.partial import partial_folder, remove_partial
from qa_service.indexing.lookup.suggested import SUGGESTED_FILE, save_suggested
from qa_service.indexing.lookup.words import (
    COUNTS_FILE,
    WORDS_FILE,
    CountsByAccess,
    WordCounts,
    save_counts,
    words_of_all,
)
from qa_service.indexing.passages import bounded_cutting
from qa_service.indexing.passages.bounded_cutting import Cutter
from qa_service.nouns.access import ACCESS
from qa_service.nouns.documents import CorpusFile, Document, SkippedFile
from qa_service.translation.sentences import said

_JOURNAL = ".encoded"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run did: the new build's manifest, how many vectors were made or reused, how many
    files were read rather than taken over, and the seconds of each stage of reading these, added
    up over all processes that read."""

    manifest: Manifest
    encoded: int
    reused: int
    files_read: int
    reading: Mapping[str, float] = field(default_factory=dict)


def build_index(
    sources: Iterable[CorpusFile | Document | SkippedFile],
    index_dir: Path,
    embedder: Embedder,
    options: BuildOptions = AS_USUAL,
) -> BuildReport:
    """Builds an index of all documents and makes it the one in use.

    Whatever goes wrong before the last rename, also a killed process, leaves the build in
    use as it was. Raises BuildFailed where there is no document to index and the options ask for
    some, BuildLocked where another process builds here.
    """
    with locked(index_dir), bounded_cutting.CuttingProcess(options.limits) as cutting:
        before = build_in_use(index_dir)
        remove_partial(index_dir)
        with partial_folder(index_dir) as partial:
            journal = VectorJournal(index_dir / _JOURNAL, embedder.fingerprint)
            task = _Task(partial, index_dir, embedder, journal, cutting.cut, options)
            report = _with_suggestions(task, _write_build(map(_as_file, sources), task))
            _publish(task, report.manifest.build)
            journal.remove()
        prune(index_dir, options.keep_builds, before)
    return report


@dataclass(frozen=True, slots=True)
class _Task:
    """What one build is given, and the folder it writes in."""

    folder: Path
    index_dir: Path
    embedder: Embedder
    journal: VectorJournal
    cut: Cutter
    options: BuildOptions


def _as_file(item: CorpusFile | Document | SkippedFile) -> CorpusFile:
    """A document by itself is in a file that nobody knows, and never a copy of another."""
    return item if isinstance(item, CorpusFile) else CorpusFile(item.source, "", (item,))


def _write_build(files: Iterable[CorpusFile], task: _Task) -> BuildReport:
    folder, progress = task.folder, task.options.progress
    with _current(task.index_dir) as earlier:
        old = earlier if _is_reusable(earlier, task) else None
        known = Known(old, task.journal, earlier)
        storing = StoringTask(folder, task.embedder, known, task.cut)
        stored = store_files(files, storing, task.options, lambda: _write_word_indexes(folder))
    if not stored.sources and not task.options.empty:
        raise BuildFailed(_nothing_to_index(stored.skipped))
    progress.start("indexing vectors", None)
    index_vectors(folder)
    progress.finish()
    with closing(PassageStore(folder / STORE_FILE)) as store:
        counts = store.counts()
    manifest = _manifest(task, counts, stored)
    write_manifest(folder, manifest)
    reused = counts[1] - stored.encoded
    return BuildReport(manifest, stored.encoded, reused, stored.reread, stored.spent)


def _publish(task: _Task, build: str) -> None:
    """Opens the finished folder as a check, gives it its name and makes it the one in use."""
    FolderBuild(task.folder).close()
    task.folder.chmod(task.options.mode)
    task.folder.rename(task.index_dir / build)
    sync(task.index_dir)
    switch_current(task.index_dir, build)


def _manifest(task: _Task, counts: tuple[int, int, int], stored: Stored) -> Manifest:
    """The manifest of the finished files in the task's folder, under a new build id."""
    created = datetime.now(UTC)
    documents, passages, sentences = counts
    return Manifest(
        build=f"{created:%Y%m%dT%H%M%SZ}-{uuid4().hex[:6]}",
        format_version=FORMAT_VERSION,
        created=created.isoformat(timespec="seconds"),
        model=task.embedder.name,
        model_fingerprint=task.embedder.fingerprint,
        dimension=task.embedder.dimension,
        documents=documents,
        passages=passages,
        sentences=sentences,
        sources=stored.sources,
        read_files=stored.files,
        reading=task.options.reading,
        splitting=splitting_fingerprint(),
        skipped=tuple(stored.skipped),
        files=hash_files(task.folder),
    )


def _write_word_indexes(folder: Path) -> None:
    """Writes what needs the texts and no vectors."""
    with closing(PassageStore(folder / STORE_FILE)) as store:
        index_words(store, folder)
        _write_words(store, folder)


def _write_words(store: PassageStore, folder: Path) -> None:
    """Writes how the documents, their titles included, write their words; where some may not be
    read by everybody, also those of each access, of which views of the build are made up."""
    counts: CountsByAccess = {}
    for item in store.summaries():
        counted = counts.setdefault(item.metadata.get(ACCESS, ""), WordCounts())
        counted.count(document_words(store, item))
    words_of_all(counts.values()).save(folder / WORDS_FILE)
    if counts.keys() - {""}:
        save_counts(folder / COUNTS_FILE, counts)


def _is_reusable(opened: FolderBuild | None, task: _Task) -> bool:
    """Whether the vectors of the build in use are this model's and may be reused."""
    if opened is None or task.options.full:
        return False
    return opened.manifest.model_fingerprint == task.embedder.fingerprint


def _with_suggestions(task: _Task, report: BuildReport) -> BuildReport:
    """Adds the suggested questions, where any are wanted, to a build that is otherwise whole."""
    progress, suggest = task.options.progress, task.options.suggest
    if suggest is None:
        return report
    progress.start("finding questions to suggest", None)
    with closing(open_folder(task.folder)) as opened, _current(task.index_dir) as old:
        before = OpenedBuild(old) if old and not task.options.full else None
        found = renewed_suggestions(opened, before, suggest)
    progress.finish()
    save_suggested(task.folder / SUGGESTED_FILE, found)
    renewed = replace(report.manifest, files=hash_files(task.folder))
    write_manifest(task.folder, renewed)
    return replace(report, manifest=renewed)


@contextmanager
def _current(index_dir: Path) -> Iterator[FolderBuild | None]:
    """The build in use, open within the block; None where there is none to be used."""
    opened = open_current(index_dir)
    try:
        yield opened
    finally:
        if opened:
            opened.close()


def open_current(index_dir: Path) -> FolderBuild | None:
    """The build in use; None where there is none, or it is damaged and must not be reused."""
    try:
        return FolderBuild(current_build(index_dir))
    except IndexingError:
        return None


def _nothing_to_index(skipped: list[SkippedFile]) -> str:
    if not skipped:
        return said(NO_DOCUMENTS, folders="the corpus")
    reasons = "; ".join(f"{item.source}: {item.reason}" for item in skipped[:5])
    return said(
        "none of %(number)s files could be read: %(reasons)s", number=len(skipped), reasons=reasons
    )
