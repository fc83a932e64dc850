"""What a build asks of other machines: a table of tasks, and what was made of them.

Whoever works on a task holds its row locked, and whoever looks for another skips it (`FOR UPDATE
SKIP LOCKED`): where a worker ends, however it does, the server lets the row go.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from qa_service.indexing.engine.postgres.database import Connection, Database, rows_of
from qa_service.indexing.engine.postgres.schema import has_table, migrate

WORKER = "qa-service work"
"""What the server is told connects to it."""
_PUT = """INSERT INTO qa.tasks (hash, kind, version, collection, size, asked)
    VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (hash) DO NOTHING"""
_MADE = "SELECT hash, made FROM qa.tasks WHERE hash = ANY(%s) AND made IS NOT NULL"
_TAKE = """SELECT kind, version, collection, asked, size FROM qa.tasks
    WHERE made IS NULL AND kind = %s AND version = %s AND collection = ANY(%s)
    ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED"""
_FINISH = "UPDATE qa.tasks SET made = %s, done = clock_timestamp() WHERE hash = %s"
_FORGET = """DELETE FROM qa.tasks WHERE hash IN (SELECT hash FROM qa.tasks
    WHERE version <> ALL(%s) FOR UPDATE SKIP LOCKED)"""
_SESSION = """SELECT set_config('application_name', %s, false),
    set_config('idle_in_transaction_session_timeout', '0', false),
    set_config('tcp_keepalives_idle', '30', false),
    set_config('tcp_keepalives_interval', '10', false),
    set_config('tcp_keepalives_count', '3', false)"""
_STATE = """SELECT count(*) FILTER (WHERE made IS NOT NULL), count(*),
    (coalesce(sum(size) FILTER (WHERE recent AND kind = %s), 0)
        / coalesce(greatest(extract(epoch FROM now() - min(done) FILTER (WHERE recent)), 1), 1)
    )::float8,
    (SELECT count(DISTINCT split_part(application_name, ' ', 3)) FROM pg_stat_activity
        WHERE datname = current_database() AND starts_with(application_name, %s))
    FROM (SELECT *, coalesce(done > now() - interval '1 minute', false) AS recent FROM qa.tasks)"""

READ, ENCODE = "read", "encode"


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked: to `read` a file of a collection, or to `encode` passages.

    `version` is the fingerprint of what must do it, so that all make the same of it; `size` is
    how many files or passages it is.
    """

    kind: str
    version: str
    collection: str
    asked: bytes
    size: int = 1

    @property
    def hash(self) -> bytes:
        """sha256 of all of it: the same task is done once."""
        parts = [self.kind.encode(), self.version.encode(), self.collection.encode(), self.asked]
        return hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).digest()


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many tasks are done of all, how many passages a second were encoded in the last minute,
    and how many workers are connected."""

    done: int
    total: int
    rate: float
    workers: int


NO_TASKS = QueueState(0, 0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Skill:
    """What somebody can do: tasks of a kind for which it has the right version, of collections
    whose files it can reach."""

    kind: str
    version: str
    collections: Sequence[str]


class TaskTable:
    """The tasks of a database, for who asks and for who works."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection to put tasks and see what was made. Raises EngineUnavailable."""
        with self._database.writing() as connection:
            migrate(connection)
            connection.commit()
            yield connection

    @contextmanager
    def working(self, name: str) -> Iterator[Connection]:
        """A connection to take tasks by, counted as that of the worker of this name."""
        with self.asking() as connection:
            rows_of(connection, _SESSION, (f"{WORKER} {name}",))
            connection.commit()
            yield connection

    def forget(self, versions: Sequence[str] = ()) -> None:
        """Removes all tasks but those of some versions, and what was made of them."""
        with self.asking() as connection:
            connection.execute(_FORGET, (list(versions),))

    def state(self) -> QueueState:
        """How all of it stands; to look makes no table. Raises EngineUnavailable."""
        with self._database.brief() as connection:
            return state_of(connection) if has_table(connection, "tasks") else NO_TASKS


def put_tasks(connection: Connection, tasks: Iterable[Task]) -> None:
    """Has tasks done that are not there yet."""
    for task in tasks:
        values = (task.hash, task.kind, task.version, task.collection, task.size, task.asked)
        connection.execute(_PUT, values)
    connection.commit()


def made_of(connection: Connection, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
    """What was made of those of some tasks that are done, by their hashes."""
    found = dict(rows_of(connection, _MADE, (list(hashes),)))
    connection.commit()
    return found


def take_task(connection: Connection, skill: Skill) -> Task | None:
    """The next task, held until `finish_task` or the end of the connection; None where there is
    nothing to do."""
    values = (skill.kind, skill.version, list(skill.collections))
    found = rows_of(connection, _TAKE, values)
    if not found:
        connection.rollback()
    return Task(*found[0]) if found else None


def finish_task(connection: Connection, task: Task, made: bytes) -> None:
    """Keeps what was made of a task that is held."""
    connection.execute(_FINISH, (made, task.hash))
    connection.commit()


def state_of(connection: Connection) -> QueueState:
    """How all of it stands."""
    done, total, rate, workers = rows_of(connection, _STATE, (ENCODE, f"{WORKER} "))[0]
    connection.commit()
    return QueueState(done, total, rate, workers)
