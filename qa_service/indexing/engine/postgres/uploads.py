"""Files that were uploaded, in a table of a database with their bytes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from qa_service.indexing.engine.postgres.database import Connection, Database, rows_of
from qa_service.indexing.engine.postgres.schema import has_table, migrate
from qa_service.indexing.keeping.uploads import Check, Upload
from qa_service.translation.catalogue import N_

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('qa.uploads', 0))"
_ALL = """SELECT name, size, extract(epoch FROM stored)::float8, version FROM qa.uploads
    ORDER BY name COLLATE "C" """
_PUT = """INSERT INTO qa.uploads (name, version, size, content) VALUES (%s, %s, %s, %s)
    ON CONFLICT (name) DO UPDATE SET version = excluded.version, size = excluded.size,
    content = excluded.content, stored = now()"""


class DatabaseUploads:
    """Those of a database: one change at a time over all machines; see KeptUploads."""

    place = N_("the database")

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self) -> tuple[Upload, ...]:
        """See KeptUploads."""
        with self._database.brief() as connection:
            return _files(connection)

    def read(self, name: str) -> bytes:
        """See KeptUploads."""
        with self._database.brief() as connection:
            statement = "SELECT content FROM qa.uploads WHERE name = %s"
            found = has_table(connection, "uploads") and rows_of(connection, statement, (name,))
        if not found:
            raise FileNotFoundError(name)
        return bytes(found[0][0])

    def put(self, name: str, data: bytes, check: Check) -> None:
        """See KeptUploads."""
        with self._database.brief() as connection:
            migrate(connection)
            rows_of(connection, _LOCK)
            check(_files(connection))
            values = (name, hashlib.sha256(data).hexdigest(), len(data), data)
            connection.execute(_PUT, values)

    def remove(self, name: str) -> None:
        """See KeptUploads."""
        with self._database.brief() as connection:
            migrate(connection)
            done = connection.execute("DELETE FROM qa.uploads WHERE name = %s", (name,))
            if done.rowcount == 0:
                raise FileNotFoundError(name)


def _files(connection: Connection) -> tuple[Upload, ...]:
    found = rows_of(connection, _ALL) if has_table(connection, "uploads") else []
    return tuple(
        Upload(name, size, _moment(stored), version) for name, size, stored, version in found
    )


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
