"""Files read and passages encoded by workers, for a build that goes on as if it did that itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from qa_service.indexing.building.corpus import Items
from qa_service.indexing.encoding.embedding import Embedder, EncodedPassages, Vectors
from qa_service.indexing.engine.postgres.tasks import ENCODE, READ, Task
from qa_service.indexing.queue.asking import WorkAsked
from qa_service.indexing.queue.messages import (
    OriginalFile,
    asked_file,
    asked_passages,
    reading_told,
    vectors_told,
)
from qa_service.nouns.documents import CorpusFile, Span
from qa_service.reading import Source
from qa_service.reading.isolation.pool import ReadingPool, done_ahead
from qa_service.reading.timing import Spent

FILES_AT_ONCE = 64
"""Files that wait for workers at the same time."""
BATCHES_AT_ONCE = 64
"""Batches whose windows wait to be encoded at the same time."""

Originals = Callable[[Source], tuple[str, OriginalFile] | None]
"""The collection of a file and how a worker has it; None of one that only this machine has."""


class QueuedReaders:
    """The FileReaders that ask workers. What no worker can have this machine reads."""

    def __init__(
        self, work: WorkAsked, version: str, originals: Originals, own: ReadingPool
    ) -> None:
        """`version` tells what files are read with; `own` is what reads on this machine."""
        self._work, self._version = work, version
        self._originals, self._own = originals, own

    def read_timed(self, source: Source) -> tuple[Items, Spent]:
        """See FileReaders."""
        if original := self._originals(source):
            collection, file = original
            made = self._work.do(Task(READ, self._version, collection, asked_file(file)))
            if reading := reading_told(made):
                return reading
        return self._own.read_timed(source)

    def map(
        self, work: Callable[[Source], CorpusFile], items: Iterable[Source]
    ) -> Iterator[CorpusFile]:
        """See FileReaders."""
        return done_ahead(work, items, FILES_AT_ONCE, self._work.stop)


class QueuedEmbedder:
    """The Embedder of which workers encode the passages, a window each."""

    def __init__(self, embedder: Embedder, work: WorkAsked) -> None:
        self._embedder, self._work = embedder, work
        self.name, self.fingerprint = embedder.name, embedder.fingerprint
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens

    def encode_passages(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]
    ) -> EncodedPassages:
        """See Embedder."""
        asked = asked_passages(texts, sentences)
        made = self._work.do(Task(ENCODE, self.fingerprint, "", asked, len(texts)))
        return vectors_told(made, [len(spans) for spans in sentences], self.dimension)

    def encode_query(self, text: str) -> Vectors:
        """See Embedder; a question is encoded here."""
        return self._embedder.encode_query(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See Embedder."""
        return self._embedder.count_tokens(texts)
