"""A build that asks other machines, and `work`, what those run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

from qa_service.commands import ANSWERED
from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.plain_names import plain_name

if TYPE_CHECKING:
    from qa_service.indexing.building.corpus import FileReaders
    from qa_service.indexing.building.options import Encoding
    from qa_service.indexing.building.progress import Progress
    from qa_service.indexing.encoding.embedding import Embedder
    from qa_service.indexing.engine.postgres.tasks import QueueState, TaskTable
    from qa_service.reading.isolation.pool import ReadingPool


def _alone() -> Encoding:
    from qa_service.indexing.building.options import ALONE

    return ALONE


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who reads and who encodes for a build; without `readers` this machine."""

    embedder: Embedder
    readers: FileReaders | None = None
    encoding: Encoding = field(default_factory=_alone)


@contextmanager
def queue_of(
    settings: Settings, embedder: Embedder, reading: str, progress: Progress
) -> Iterator[Workforce]:
    """This machine, and all on which `qa-service work` runs. What they made is forgotten once the
    block is done; where that fails, the next build has it. `reading` tells what files are read
    with."""
    from qa_service.commands.building.originals import Originals
    from qa_service.indexing.building.options import Encoding
    from qa_service.indexing.queue.asking import WorkAsked
    from qa_service.indexing.queue.queued import BATCHES_AT_ONCE, QueuedEmbedder, QueuedReaders

    table = _table(settings)
    table.forget([reading, embedder.fingerprint])
    with (
        _at_work(table, settings, embedder, reading, mirrored=True) as (pool, _),
        WorkAsked(table, lambda state: progress.tell(state_words(state))) as work,
    ):
        yield Workforce(
            QueuedEmbedder(embedder, work),
            QueuedReaders(work, reading, Originals(settings).of, pool),
            Encoding(BATCHES_AT_ONCE, work.stop),
        )
    table.forget()


def work(_options: argparse.Namespace, settings: Settings) -> int:
    """Reads and encodes for builds of other machines until it is stopped."""
    from qa_service.commands.building.originals import FetchedOriginals
    from qa_service.indexing.encoding.embedders import open_embedder
    from qa_service.reading.fingerprint import reading_fingerprint
    from qa_service.reading.limits import limits_of

    table, embedder = _table(settings), open_embedder(settings)
    collections = FetchedOriginals(settings).collections
    names = ", ".join(name or str(settings.corpus_dir) for name in collections)
    _say(f"Encoding passages, and reading files of {names or 'no collection'}; stop with Ctrl-C")
    reading = reading_fingerprint(limits_of(settings))
    with _at_work(table, settings, embedder, reading) as (_, working):
        working.result()
    return ANSWERED


@contextmanager
def _at_work(
    table: TaskTable, settings: Settings, embedder: Embedder, reading: str, mirrored: bool = False
) -> Iterator[tuple[ReadingPool, Future[None]]]:
    """Has this machine work on tasks within the block; what reads here, and the work."""
    from qa_service.commands.building.originals import FetchedOriginals
    from qa_service.indexing.queue import working
    from qa_service.reading.isolation.pool import ReadingPool
    from qa_service.reading.limits import limits_of

    originals, ended = FetchedOriginals(settings, mirrored), Event()
    with (
        ReadingPool(limits_of(settings), settings.reading_processes) as pool,
        ThreadPoolExecutor(1, "work") as threads,
    ):
        reads = working.reading_hand(pool, reading, originals.collections, originals.fetched)
        hands = [working.encoding_hand(embedder), *[reads] * pool.size]
        try:
            yield pool, threads.submit(working.work, table, uuid4().hex[:8], hands, _say, ended)
        finally:
            ended.set()


def state_words(state: QueueState) -> str:
    """How much of what was asked is done, by how many, and how fast."""
    done = f"{state.done} of {state.total} tasks"
    return f"{done}, {state.workers} workers, {state.rate:.1f} passages/s"


def _table(settings: Settings) -> TaskTable:
    if settings.engine == "embedded":
        raise SettingsError(
            "tasks for other machines lie in a database; set engine to postgres (QA_ENGINE) and "
            "postgres to its address (QA_POSTGRES)"
        )
    from qa_service.indexing.engine.postgres.database import database_at
    from qa_service.indexing.engine.postgres.tasks import TaskTable

    return TaskTable(database_at(settings.postgres))


def _say(line: str) -> None:
    print(plain_name(line), file=sys.stderr, flush=True)
