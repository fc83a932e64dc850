"""Connections to PostgreSQL. The one module that knows psycopg.

Whatever keeps a server from answering is EngineUnavailable: away, at its limit of connections, a
statement that takes too long, a build that was removed under the question.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from typing import Any

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg_pool import ConnectionPool, PoolTimeout
except ImportError as error:  # pragma: no cover - depends on what is installed
    from qa_service.errors import MissingPackage

    raise MissingPackage(
        "QA_ENGINE=postgres needs more: pip install 'qa-service[postgres]'"
    ) from error

from qa_service.errors import BuildFailed, EngineUnavailable, SettingsError

CONNECT_SECONDS = 3
"""To one server; there may be several."""
WAIT_SECONDS = 5.0
"""For a connection where all are in use. So long, too, one that cannot be made is tried for: the
next question tries anew, and no server that is back is left alone for the pool's growing pauses."""
KEPT_SECONDS = 60.0
"""A connection is kept: so soon a standby that is back is read from again."""
_PATIENCE = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""With one server, until it counts as away, also where its machine has vanished without a word; an
address may say otherwise."""
_REFUSED = (
    psycopg.errors.InsufficientPrivilege,
    psycopg.errors.UndefinedObject,
    psycopg.DataError,
)

logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # what it tells is raised as well
Connection = psycopg.Connection[tuple[Any, ...]]


class Database:
    """Connections that are kept: to read from any server, a standby where there is one, and to
    write to the primary."""

    def __init__(self, address: str, connections: int = 4, statement_seconds: float = 15) -> None:
        """`address` is that of libpq and may name several servers; a statement that reads is given
        up after so many seconds."""
        self._writing = _to(address, "read-write", None)
        self._read = _to(address, "prefer-standby", statement_seconds)
        self._change = _to(address, "read-write", statement_seconds)
        self._connections = connections

    @cached_property
    def _reading(self) -> ConnectionPool[Connection]:
        """Made when first needed: who only writes has none."""
        return self._pool(self._read)

    @cached_property
    def _changing(self) -> ConnectionPool[Connection]:
        return self._pool(self._change)

    def _pool(self, address: str) -> ConnectionPool[Connection]:
        return ConnectionPool(
            address,
            min_size=0,
            max_size=self._connections,
            timeout=WAIT_SECONDS,
            reconnect_timeout=WAIT_SECONDS,
            max_lifetime=KEPT_SECONDS,
            check=ConnectionPool.check_connection,
            open=True,
        )

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and changes nothing."""
        with told_as_unavailable(), self._reading.connection() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection
            with suppress(psycopg.Error):  # all has been read: nothing is left to lose
                connection.rollback()

    @contextmanager
    def brief(self) -> Iterator[Connection]:
        """A connection to the primary that is kept, for what is read or written in a moment; all
        that is done in the block is done, or nothing."""
        with told_as_unavailable(), self._changing.connection() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A new connection to the primary; all that is done in the block is done, or nothing."""
        with told_as_unavailable(), psycopg.connect(self._writing) as connection:
            yield connection

    def close(self) -> None:
        """Lets go of all connections."""
        for name in ("_reading", "_changing"):
            if name in vars(self):
                vars(self).pop(name).close()


@cache
def database_at(address: str) -> Database:
    """The one of this process for all that is no question."""
    return Database(address)


def _to(address: str, session: str, statement_seconds: float | None) -> str:
    """The address with what is not said there: which of its servers, and how long it may take.

    Of several that will do one is taken by chance: standbys share the questions."""
    try:
        given = conninfo_to_dict(address)
    except psycopg.ProgrammingError as error:
        raise SettingsError(
            "postgres is no address of a database; give one such as postgresql://qa@db.example.org/qa"
        ) from error
    several = "," in str(given.get("host", ""))
    values: dict[str, Any] = {"application_name": "qa-service", **_PATIENCE, **given}
    if several:
        values |= {"target_session_attrs": session, "load_balance_hosts": "random"}
    if statement_seconds:
        limit = f"-c statement_timeout={round(1000 * statement_seconds)}"
        values["options"] = f"{limit} {given.get('options', '')}".strip()
    return make_conninfo(**values)


@contextmanager
def told_as_unavailable() -> Iterator[None]:
    """Makes what libpq and the pool raise where a server is away EngineUnavailable, and where it
    does not let us, BuildFailed."""
    try:
        yield
    except psycopg.errors.DiskFull as error:
        reason = str(error).strip().partition("\n")[0]
        raise EngineUnavailable(
            f"the database has no room left ({reason}); give its disk more"
        ) from error
    except (PoolTimeout, psycopg.OperationalError, psycopg.InterfaceError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise EngineUnavailable(
            f"the database does not answer ({reason}); see to QA_POSTGRES and its server"
        ) from error
    except _REFUSED as error:
        reason = str(error).strip().partition("\n")[0]
        raise BuildFailed(
            f"the database refuses it ({reason}); see to its rights and to CREATE EXTENSION vector"
        ) from error
    except psycopg.errors.UndefinedTable as error:
        raise EngineUnavailable("the build was removed while it was read; ask again") from error


def rows_of(
    connection: Connection, statement: str, values: Sequence[Any] | dict[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """All rows of a statement, in the binary form: no number is rounded on its way."""
    with connection.cursor(binary=True) as cursor:
        return cursor.execute(statement.encode(), values).fetchall()


def copy_rows(
    connection: Connection,
    table: str,
    types: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Puts rows into a table, in the binary form; `types` are those of its columns."""
    statement = f"COPY {table} FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def rows_in_windows(
    connection: Connection, statement: str, window: int = 1_000
) -> Iterator[tuple[Any, ...]]:
    """All rows of a statement, fetched so many at a time."""
    with connection.cursor("windows", binary=True) as cursor:
        cursor.itersize = window
        yield from cursor.execute(statement.encode())
