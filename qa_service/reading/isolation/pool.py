"""A few child processes that read files ahead of whoever takes the documents."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import LifoQueue
from typing import TypeVar

from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading.isolation.process import ReadingProcess
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.sources import Source
from qa_service.reading.timing import Spent

MOST_PROCESSES = 4
AHEAD = 2
"""Files that each process may have read before the first of them is taken."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class ReadingPool:
    """Reads files in child processes, which are started when first needed and reused.

    A context manager; on leaving it every child is ended.
    """

    def __init__(self, limits: ReadingLimits, processes: int = 0) -> None:
        self.size = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
        """How many children there are at most."""
        self._idle: LifoQueue[ReadingProcess] = LifoQueue()
        self._processes = [ReadingProcess(limits) for _ in range(self.size)]
        for process in self._processes:
            self._idle.put(process)

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.close()

    def read(self, source: Source) -> list[Document | SkippedFile]:
        """All documents of a file and what could not be read. For any number of threads."""
        return self.read_timed(source)[0]

    def read_timed(self, source: Source) -> tuple[list[Document | SkippedFile], Spent]:
        """The same, and the seconds of each stage."""
        with self._process() as process:
            return process.read(source), process.spent

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`work` of every item, in order, done ahead in as many threads as there are processes.

        No more than `AHEAD` results a process wait to be taken, however many items there are.
        """
        return done_ahead(work, items, self.size, self._give_up)

    def _give_up(self) -> None:
        """Ends what is still under way where nobody takes the results any more."""
        for process in self._processes:
            process.stop()

    @contextmanager
    def _process(self) -> Iterator[ReadingProcess]:
        process = self._idle.get()
        try:
            yield process
        finally:
            self._idle.put(process)


def done_ahead(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    threads: int,
    give_up: Callable[[], None],
) -> Iterator[Result]:
    """`work` of every item, in order, done ahead in so many threads; of each, `AHEAD` results at
    most wait to be taken. `give_up` is called where nobody takes what is still under way."""
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > threads * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            if waiting:
                give_up()
