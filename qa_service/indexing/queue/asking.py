"""What a build asks of workers, and waits for: one thread puts tasks and looks what was made."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Lock, Thread

from qa_service.errors import BuildFailed, EngineUnavailable
from qa_service.indexing.engine.postgres.database import Connection
from qa_service.indexing.engine.postgres.tasks import (
    QueueState,
    Task,
    TaskTable,
    made_of,
    put_tasks,
    state_of,
)

LOOK_SECONDS = 0.2
"""So often it is looked what was made."""
TELL_SECONDS = 2.0
"""And so often told how all of it stands."""
PATIENCE_SECONDS = 120.0
"""A server that is away for so long is waited for, as while another takes its place."""


class WorkAsked:
    """Tasks that wait for workers. A context manager, on leaving which nothing is waited for;
    for many threads."""

    def __init__(self, table: TaskTable, told: Callable[[QueueState], None]) -> None:
        """`told` gets now and then how all tasks stand."""
        self._table, self._told = table, told
        self._lock = Lock()
        self._waiting: dict[bytes, Future[bytes]] = {}
        self._new: dict[bytes, Task] = {}
        self._asked: dict[bytes, Task] = {}
        self._ended = Event()
        self._failure: Exception | None = None
        self._thread = Thread(target=self._run, name="queue", daemon=True)

    def __enter__(self) -> WorkAsked:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._thread.join()

    def stop(self) -> None:
        """Has those who wait go on with BuildFailed."""
        self._fail(BuildFailed("the build was stopped; run it again"))

    def do(self, task: Task) -> bytes:
        """What a worker makes of a task. Raises EngineUnavailable where the server stays away,
        and BuildFailed after `stop`."""
        with self._lock:
            if self._failure:
                raise self._failure
            if task.hash not in self._waiting:
                self._waiting[task.hash] = Future()
                self._new[task.hash] = task
            waiting = self._waiting[task.hash]
        return waiting.result()

    def _run(self) -> None:
        last = time.monotonic()
        while not self._ended.is_set():
            try:
                with self._table.asking() as connection:
                    self._ask_again()
                    while not self._ended.is_set():
                        self._follow(connection)
                        last = time.monotonic()
            except EngineUnavailable as error:
                if time.monotonic() - last > PATIENCE_SECONDS:
                    self._fail(error)
                self._ended.wait(1)
            except Exception as error:
                self._fail(error)

    def _ask_again(self) -> None:
        """All that is waited for is put again: what was put before may not have been kept."""
        with self._lock:
            self._new |= self._asked

    def _follow(self, connection: Connection) -> None:
        """Some looks at what was made, then one at how all stands."""
        until = time.monotonic() + TELL_SECONDS
        while time.monotonic() < until and not self._ended.is_set():
            self._put(connection)
            self._take(made_of(connection, list(self._asked)))
            self._ended.wait(LOOK_SECONDS)
        self._told(state_of(connection))

    def _put(self, connection: Connection) -> None:
        with self._lock:
            new = dict(self._new)
        put_tasks(connection, new.values())
        with self._lock:
            self._new = {key: task for key, task in self._new.items() if key not in new}
            self._asked |= new

    def _take(self, made: dict[bytes, bytes]) -> None:
        with self._lock:
            done = [
                (self._waiting.pop(key), result)
                for key, result in made.items()
                if key in self._waiting
            ]
            self._asked = {key: task for key, task in self._asked.items() if key not in made}
        for waiting, result in done:
            waiting.set_result(result)

    def _fail(self, error: Exception) -> None:
        with self._lock:
            self._failure = self._failure or error
            waiting, self._waiting = self._waiting, {}
        self._ended.set()
        for future in waiting.values():
            future.set_exception(self._failure)
