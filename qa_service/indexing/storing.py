"""Files of the corpus -> documents, passages and vectors on disk, a batch at a time.

While one batch is encoded, the processes that read go on; what waits between them is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa_service.indexing.embedding import Embedder
from qa_service.indexing.encoding import KeyedPassage, batch_vectors, keyed
from qa_service.indexing.opened import STORE_FILE, OpenedBuild
from qa_service.indexing.passages import split_document
from qa_service.indexing.progress import Progress
from qa_service.indexing.store_writing import Origin, StoreWriter
from qa_service.indexing.vectors import VectorWriter
from qa_service.indexing.withdrawals import withdrawn
from qa_service.schema import CorpusFile, Document, SkippedFile

STAGE = "reading and encoding"
BATCH = 512
"""So many passages or more are encoded together."""


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


def store_files(
    files: Iterable[CorpusFile],
    folder: Path,
    embedder: Embedder,
    old: OpenedBuild | None,
    earlier: OpenedBuild | None,
    progress: Progress,
    total: int | None,
) -> Stored:
    """Writes store and vectors into `folder`.

    `old` is a build whose vectors may be taken over; `earlier` the one that is replaced,
    whatever its model: documents of it that are gone are noted as withdrawn.
    """
    stored = Stored()
    progress.start(STAGE, total)
    with (
        closing(StoreWriter(folder / STORE_FILE)) as writer,
        closing(VectorWriter(folder, embedder.dimension)) as vectors,
    ):
        for batch, finished in _batches(files, stored, writer, embedder):
            made = batch_vectors(batch, embedder, old)
            vectors.append(made.passages, made.sentences)
            stored.encoded += made.encoded
            progress.advance(finished)
        writer.add_withdrawals(withdrawn(earlier, stored.documents))
    progress.finish()
    return stored


def _batches(
    files: Iterable[CorpusFile], stored: Stored, writer: StoreWriter, embedder: Embedder
) -> Iterator[tuple[list[KeyedPassage], int]]:
    """Passages as they are stored, and how many files ended with them."""
    batch: list[KeyedPassage] = []
    finished = 0
    for file in files:
        stored.reread += not file.reused
        if file.version:
            stored.files[file.name] = file.version
        for item in file.items:
            if isinstance(item, SkippedFile):
                stored.skipped.append(item)
            else:
                origin = Origin(file.name, file.version, file.stated)
                batch += _stored_passages(item, origin, stored, writer, embedder)
        finished += 1
        if len(batch) >= BATCH:
            yield batch, finished
            batch, finished = [], 0
    yield batch, finished


def _stored_passages(
    document: Document, origin: Origin, stored: Stored, writer: StoreWriter, embedder: Embedder
) -> list[KeyedPassage]:
    """The passages of a document that is new; one of the same bytes gets another source.

    Documents that different people may read are never one, nor are those of no known file.
    """
    bytes_or_name = document.version if origin.version else document.id
    identity = (bytes_or_name, document.metadata.get("access", ""))
    stored.sources[document.source] = document.version
    if known := stored.documents.get(identity):
        writer.add_source(document, known, origin)
        return []
    stored.documents[identity] = document.id
    split = split_document(document, embedder.count_tokens, embedder.max_tokens)
    placed = [replace(passage, row=stored.rows + passage.row) for passage in split]
    passages = [keyed(document, passage) for passage in placed]
    writer.add(document, placed, [item.key for item in passages], origin)
    stored.rows += len(placed)
    return passages
