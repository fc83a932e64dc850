"""What a worker does: takes a task, does it, keeps what it made, and looks for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event

from qa_service.errors import EngineUnavailable, QAServiceError
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.postgres.tasks import (
    ENCODE,
    READ,
    Skill,
    Task,
    TaskTable,
    finish_task,
    take_task,
)
from qa_service.indexing.queue.messages import (
    OriginalFile,
    file_asked,
    passages_asked,
    told_problem,
    told_reading,
    told_vectors,
)
from qa_service.reading import Source
from qa_service.reading.isolation.pool import ReadingPool

LOOK_SECONDS = 0.3
"""So often a worker that has nothing to do looks whether there is something."""
RETRY_SECONDS = 2.0
"""So often one whose server is away tries again."""

Fetched = Callable[[str, OriginalFile], AbstractContextManager[Source]]
"""Gives a file of a collection for the time of a block, of the very bytes that were asked for.
Raises QAServiceError where it cannot be had."""
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Hand:
    """One of the things that a worker does at the same time, by a connection of its own."""

    skill: Skill
    do: Callable[[Task], bytes]


def reading_hand(pool: ReadingPool, version: str, collections: list[str], fetched: Fetched) -> Hand:
    """Reads files of these collections; of one that cannot be had it says so."""

    def read(task: Task) -> bytes:
        try:
            with fetched(task.collection, file_asked(task.asked)) as source:
                return told_reading(pool.read_timed(source))
        except QAServiceError as error:
            return told_problem(str(error))

    return Hand(Skill(READ, version, collections), read)


def encoding_hand(embedder: Embedder) -> Hand:
    """Encodes passages."""

    def encode(task: Task) -> bytes:
        return told_vectors(embedder.encode_passages(*passages_asked(task.asked)))

    return Hand(Skill(ENCODE, embedder.fingerprint, [""]), encode)


def work(table: TaskTable, name: str, hands: Sequence[Hand], told: Told, ended: Event) -> None:
    """Has every hand take tasks until `ended` is set, and finish what it has taken. A server that
    is away is tried again, which is `told`; raises what else keeps a hand from its work."""
    with ThreadPoolExecutor(len(hands)) as threads:
        at_work = [threads.submit(_work, table, name, hand, told, ended) for hand in hands]
        try:
            done, _ = wait(at_work, return_when=FIRST_EXCEPTION)
        finally:
            ended.set()
        for each in done:
            each.result()


def _work(table: TaskTable, name: str, hand: Hand, told: Told, ended: Event) -> None:
    while not ended.is_set():
        try:
            with table.working(name) as connection:
                while not ended.is_set():
                    if task := take_task(connection, hand.skill):
                        finish_task(connection, task, hand.do(task))
                    else:
                        ended.wait(LOOK_SECONDS)
        except EngineUnavailable as error:
            told(str(error))
            ended.wait(RETRY_SECONDS)
