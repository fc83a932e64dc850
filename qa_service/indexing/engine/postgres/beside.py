"""What lies beside the builds of a database and outlives them: small files, and records."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from qa_service.errors import EngineUnavailable, FeedbackFull
from qa_service.indexing.engine.postgres.database import Connection, Database, rows_of
from qa_service.indexing.engine.postgres.schema import has_table, migrate

LOOK_SECONDS = 2.0
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('qa.kept.' || %s, 0))"
_PUT = """INSERT INTO qa.kept (name, content, sha256) VALUES (%s, %s, %s) ON CONFLICT (name)
    DO UPDATE SET content = excluded.content, sha256 = excluded.sha256"""


class DatabaseFile:
    """A KeptFile in a database: one change at a time over all machines."""

    def __init__(self, database: Database, name: str) -> None:
        self.place: str = f"{name} in the database"
        self._database, self._name = database, name
        self._seen: Hashable = None
        self._looked_at = float("-inf")

    def read(self) -> bytes:
        """See KeptFile; what a standby has of it while the primary is away."""
        try:
            with self._database.brief() as connection:
                found = self._kept(connection, "content")
        except EngineUnavailable:
            with self._database.snapshot() as connection:
                found = self._kept(connection, "content")
        if found is None:
            raise FileNotFoundError(self.place)
        return bytes(found)

    def change(self, change: Callable[[bytes | None], bytes]) -> None:
        """See KeptFile."""
        with self._database.brief() as connection:
            migrate(connection)
            rows_of(connection, _LOCK, (self._name,))
            before = self._kept(connection, "content")
            made = change(None if before is None else bytes(before))
            values = (self._name, made, hashlib.sha256(made).hexdigest())
            connection.execute(_PUT, values)
        self._looked_at = float("-inf")

    def stamp(self) -> Hashable:
        """See KeptFile; looked at anew every two seconds."""
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            with self._database.snapshot() as connection:
                self._seen = self._kept(connection, "sha256")
            self._looked_at = time.monotonic()
        return self._seen

    def _kept(self, connection: Connection, column: str) -> Any:
        if not has_table(connection, "kept"):
            return None
        statement = f"SELECT {column} FROM qa.kept WHERE name = %s"
        found = rows_of(connection, statement, (self._name,))
        return found[0][0] if found else None


class Statements:
    """A connection that takes statements with `?` where a value belongs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:
        """The cursor of a statement."""
        return self._connection.execute(statement.replace("?", "%s").encode(), values)


class DatabaseRecords:
    """The rows of a table of the schema `qa`, such as verdicts; see FolderRecords."""

    def __init__(self, database: Database, table: str, max_megabytes: int) -> None:
        self._database, self._table = database, table
        self._most = max_megabytes * 2**20

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds; what a standby has of it while the primary is away."""
        try:
            with self._database.brief() as connection:
                return self._found(connection, query, values)
        except EngineUnavailable:
            with self._database.snapshot() as connection:
                return self._found(connection, query, values)

    def _found(
        self, connection: Connection, query: str, values: Sequence[Any]
    ) -> list[tuple[Any, ...]]:
        if not has_table(connection, self._table):
            return []
        found: list[tuple[Any, ...]] = _statements(connection).execute(query, values).fetchall()
        return found

    @contextmanager
    def writing(self) -> Iterator[Statements]:
        """One transaction, undone where anything in it fails. Raises FeedbackFull."""
        with self._database.brief() as connection:
            migrate(connection)
            statements = _statements(connection)
            yield statements
            size = f"SELECT coalesce(sum(pg_column_size(kept.*)), 0)::int8 FROM {self._table} kept"
            if statements.execute(size).fetchone()[0] > self._most:
                raise FeedbackFull(
                    f"{self._table} in the database may take no more: raise max_feedback_megabytes"
                )


def _statements(connection: Connection) -> Statements:
    """Statements that look in the schema `qa`, until the transaction ends."""
    connection.execute("SET LOCAL search_path TO qa")
    return Statements(connection)
