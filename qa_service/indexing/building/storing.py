"""Files of the corpus -> documents, passages and vectors on disk, a batch at a time.

While one batch is encoded the next is stored, and the processes that read go on; what waits
between them is bounded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa_service.errors import UnreadableDocument
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.building.reuse import unchanged, withdrawn
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.encoding.journal import VectorJournal
from qa_service.indexing.encoding.passage_vectors import (
    BatchVectors,
    KeyedPassage,
    PassageEncoder,
    keyed,
)
from qa_service.indexing.engine.embedded.folder import STORE_FILE, FolderBuild
from qa_service.indexing.engine.store_writing import Origin, StoreWriter, Stretch
from qa_service.indexing.engine.vectors import VectorWriter
from qa_service.indexing.passages.bounded_cutting import Cutter
from qa_service.indexing.passages.recurrence import Recurrence
from qa_service.nouns.documents import CorpusFile, Document, Passage, SkippedFile
from qa_service.reading.timing import Spent, stage, told_of_stages

STAGE = "reading and encoding"
CUTTING = "passages"
"""Its stage among those of reading a file."""
FIRST_BATCH, BATCH = 64, 512
"""So many passages or more are encoded together; few at first, so that encoding begins early."""
LARGEST_COPY = 8192
"""Passages that are copied at a time where none has to be encoded."""
WAITING = 1
"""Batches that are stored ahead of the one that is encoded."""

Batch = list[KeyedPassage | Stretch]


@dataclass(slots=True)
class Stored:
    """What was stored: the version of each source and of each file, and what was not read."""

    sources: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    skipped: list[SkippedFile] = field(default_factory=list)
    documents: dict[tuple[str, str], str] = field(default_factory=dict)
    encoded: int = 0
    rows: int = 0
    reread: int = 0
    spent: dict[str, float] = field(default_factory=dict)
    recurrence: Recurrence = field(default_factory=Recurrence)


@dataclass(frozen=True, slots=True)
class Known:
    """What a build may take over: from one of the same model, from one that was not finished.

    `replaced` is the build in use, whatever its model: documents of it that are gone are noted
    as withdrawn.
    """

    old: FolderBuild | None = None
    journal: VectorJournal | None = None
    replaced: FolderBuild | None = None


@dataclass(frozen=True, slots=True)
class StoringTask:
    """Where documents are stored, with which model, and what may be taken over.

    `cut` makes passages of a document, or says why it cannot.
    """

    folder: Path
    embedder: Embedder
    known: Known
    cut: Cutter


def store_files(
    files: Iterable[CorpusFile],
    task: StoringTask,
    options: BuildOptions,
    meanwhile: Callable[[], None],
) -> Stored:
    """Writes store and vectors; `meanwhile` is called once the store is whole, while the last
    passages are encoded."""
    stored, progress = Stored(), options.progress
    known, at_once = task.known, options.encoding.at_once
    encoder = PassageEncoder(task.embedder, known.old, known.journal, at_once)
    progress.start(STAGE, options.total)
    with closing(VectorWriter(task.folder, task.embedder.dimension)) as vectors:

        def finish(made: BatchVectors, files: int) -> None:
            vectors.append(made.passages, made.sentences)
            stored.encoded += made.encoded
            progress.advance(files)

        def stop() -> None:
            encoder.stop()
            options.encoding.stop()

        with _Ahead(encoder.vectors, finish, stop, at_once) as ahead:
            _store(files, task, stored, ahead)
            meanwhile()
            ahead.finish()
    progress.finish()
    return stored


def _store(files: Iterable[CorpusFile], task: StoringTask, stored: Stored, ahead: _Ahead) -> None:
    """Writes the store, and hands on what is to be encoded."""
    old = task.known.old
    earlier = old.folder / STORE_FILE if old else None
    with closing(StoreWriter(task.folder / STORE_FILE, earlier)) as writer:
        passages = _Passages(writer, task.embedder, task.cut)
        for batch, finished in _batches(files, stored, passages, old):
            ahead.put(batch, finished)
        _mark_whole(writer, stored, task.known)


def _mark_whole(writer: StoreWriter, stored: Stored, known: Known) -> None:
    """Writes what only all documents together tell: what recurs in them, and which are gone."""
    for document_id, offsets in stored.recurrence.offsets():
        writer.mark_recurring(document_id, offsets)
    writer.add_withdrawals(withdrawn(known.replaced, stored.documents))


class _Ahead:
    """Has batches worked on by other threads, and takes what they make in order.

    What one raises is raised by the next call.
    """

    def __init__(
        self,
        work: Callable[[Batch], BatchVectors],
        done: Callable[[BatchVectors, int], None],
        stop: Callable[[], None],
        at_once: int,
    ) -> None:
        """`done` gets what `work` makes of a batch, and how many files ended with it; `stop`
        is called where the block ends by an error, such as an interruption."""
        self._work = work
        self._done = done
        self._stop = stop
        self._at_once = at_once
        self._pool = ThreadPoolExecutor(at_once, "encoder")
        self._pending: deque[tuple[Future[BatchVectors], int]] = deque()

    def __enter__(self) -> _Ahead:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error:
            self._stop()
        self._pool.shutdown(cancel_futures=True)

    def put(self, batch: Batch, files: int) -> None:
        self._pending.append((self._pool.submit(self._work, batch), files))
        self._finish(all_but=self._at_once + WAITING)

    def finish(self) -> None:
        self._finish(all_but=0)

    def _finish(self, all_but: int) -> None:
        while len(self._pending) > all_but:
            made, files = self._pending.popleft()
            self._done(made.result(), files)


@dataclass(frozen=True, slots=True)
class _Passages:
    """Makes passages of documents, and writes both."""

    writer: StoreWriter
    embedder: Embedder
    cut: Cutter

    def of(self, document: Document, row: int, spent: Spent) -> list[Passage]:
        """Those of a document, from that row on; what they took is `spent` on its file, too.

        Raises UnreadableDocument.
        """
        count, most = self.embedder.count_tokens, self.embedder.max_tokens
        before = sum(spent.values())
        with told_of_stages(spent), stage(CUTTING):
            passages = self.cut(document, count, most, before)
        return [replace(passage, row=row + passage.row) for passage in passages]

    def written(self, document: Document, placed: list[Passage], origin: Origin) -> Batch:
        """A document and its passages in the store; what is to be encoded."""
        made = [keyed(document, passage) for passage in placed]
        self.writer.add(document, placed, [item.key for item in made], origin)
        return list(made)


def _batches(
    files: Iterable[CorpusFile], stored: Stored, passages: _Passages, old: FolderBuild | None
) -> Iterator[tuple[Batch, int]]:
    """Passages as they are stored, and how many files ended with them."""
    batch: Batch = []
    wanted, first_row, finished = FIRST_BATCH, 0, 0
    for file in files:
        stored.reread += not file.reused
        batch += _of_file(file, stored, passages, old)
        finished += 1
        new = sum(isinstance(item, KeyedPassage) for item in batch)
        if new >= wanted or stored.rows - first_row >= LARGEST_COPY:
            yield batch, finished
            batch, wanted, first_row, finished = [], BATCH, stored.rows, 0
    yield batch, finished


def _of_file(
    file: CorpusFile, stored: Stored, passages: _Passages, old: FolderBuild | None
) -> Batch:
    """All passages of a file; a document that cannot be cut is left out with the reason."""
    batch: Batch = []
    spent = dict(file.spent)
    if file.version:
        stored.files[file.name] = file.version
    for item in file.items:
        try:
            if isinstance(item, SkippedFile):
                stored.skipped.append(item)
            else:
                origin = Origin(file.name, file.version, file.stated)
                batch += _stored_passages(item, origin, stored, passages, old, spent)
        except UnreadableDocument as error:
            stored.skipped.append(SkippedFile(item.source, str(error), item.version))
    for name, seconds in spent.items():
        stored.spent[name] = stored.spent.get(name, 0.0) + seconds
    return batch


def _stored_passages(
    document: Document,
    origin: Origin,
    stored: Stored,
    passages: _Passages,
    old: FolderBuild | None,
    spent: Spent,
) -> Batch:
    """The passages of a document that is new; one of the same bytes gets another source.

    Documents that different people may read are never one, nor are those of no known file.
    Raises UnreadableDocument where it cannot be cut, before anything of it is stored.
    """
    bytes_or_name = document.version if origin.version else document.id
    identity = (bytes_or_name, document.metadata.get("access", ""))
    if known := stored.documents.get(identity):
        stored.sources[document.source] = document.version
        passages.writer.add_source(document, known, origin)
        return []
    stretch = unchanged(document, old) if old else None
    placed = [] if stretch else passages.of(document, stored.rows, spent)
    stored.sources[document.source] = document.version
    stored.documents[identity] = document.id
    stored.recurrence.add(document)
    if stretch:
        passages.writer.copy(document, stretch, origin)
        stored.rows += stretch.passages
        return [stretch]
    stored.rows += len(placed)
    return passages.written(document, placed, origin)
