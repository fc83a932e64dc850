"""The builds of a database: put there, published, gone back to, removed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qa_service.errors import BuildLocked, BuildNotFound, DamagedBuild, EngineUnavailable
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.postgres.database import (
    Connection,
    Database,
    database_at,
    rows_of,
    told_as_unavailable,
)
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.postgres.reading.texts import DatabaseTexts
from qa_service.indexing.engine.postgres.schema import EVERYTHING, migrate
from qa_service.indexing.engine.postgres.writing.copying import put_build, schema_of, stored_hash
from qa_service.indexing.engine.postgres.writing.taking import take_build
from qa_service.indexing.keeping.manifest import Manifest, manifest_of
from qa_service.nouns.access import Groups

LOCK_PATIENCE = 2.0
"""Seconds in which the lock is tried again: of a build that was killed the server learns late."""

_IS_BOUND = "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user"
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('qa.build', 0))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('qa.build', 0))"
_MOVE = "UPDATE qa.pointer SET build = %s WHERE build IS NOT DISTINCT FROM %s"
_OLDEST = """SELECT build, schema FROM qa.builds WHERE build NOT IN (SELECT build FROM qa.pointer
    WHERE build IS NOT NULL) ORDER BY build IS NOT DISTINCT FROM %s, number"""
_UNREAD = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


class DatabaseBuilds:
    """For whoever changes what is there; one at a time over all machines."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the lock of builds until the block, or this process, ends. Raises BuildLocked."""
        with self._database.writing() as connection:
            if not _takes_lock(connection):
                raise BuildLocked("another build is running in the database; wait for it to end")
            connection.commit()  # the lock stays, and no transaction is left open for hours
            try:
                yield
            finally:
                _unlock(connection)

    def rules_hold(self) -> bool:
        """Whether the rules for rows bind the role of the address: no superuser is bound."""
        with self._database.writing() as connection:
            return bool(rows_of(connection, _IS_BOUND)[0][0])

    def in_use(self) -> str | None:
        """The build in use; None before the first."""
        with self._database.writing() as connection:
            migrate(connection)
            return _in_use(connection)

    def put(self, build: FolderBuild) -> None:
        """Copies a build, whole or not at all. Raises BuildFailed where it is there already."""
        with self._database.writing() as connection:
            migrate(connection)
            put_build(connection, build)

    def publish(self, build: str, expected: str | None) -> None:
        """Makes a build the one in use, if `expected` still is. Raises BuildLocked otherwise."""
        with self._database.writing() as connection:
            if connection.execute(_MOVE, (build, expected)).rowcount != 1:
                raise BuildLocked(
                    f"another build than {expected} is in use by now; build again to go on from it"
                )

    def verify(self, build: str) -> Manifest:
        """Reads all that the database holds of a build. Raises DamagedBuild where that is not
        what was copied into it, BuildNotFound where there is no such build."""
        with self._database.writing() as connection:
            manifest, contents = _look_in(connection, build)
            if stored_hash(connection) != contents:
                raise DamagedBuild(
                    f"build {build} in the database is not what was copied into it; "
                    "run: qa-service build --full"
                )
            return manifest

    def take(self, build: str, folder: Path) -> None:
        """Writes a build as files into an empty folder. Raises as `verify`."""
        with self._database.writing() as connection:
            manifest, contents = _look_in(connection, build)
            take_build(connection, manifest, contents, folder)

    def names(self) -> frozenset[str]:
        """Ids of all builds."""
        with self._database.writing() as connection:
            migrate(connection)
            return frozenset(name for (name,) in rows_of(connection, "SELECT build FROM qa.builds"))

    def text(self, build: str, document_id: str, version: str, groups: Groups | None) -> str:
        """The text of a version of a document in a build; empty where it has none that these
        groups might read."""
        session = Session(self._database, schema_of(build), groups)
        statement = f"""SELECT text FROM documents
            WHERE id = %(id)s AND version = %(version)s AND {session.seen}"""
        found = session.rows(statement, id=document_id, version=version)
        return str(found[0][0]) if found else ""

    def texts(self, build: str) -> DatabaseTexts:
        """The documents and passages of a build."""
        return DatabaseTexts(Session(self._database, schema_of(build)))

    def all(self) -> list[tuple[Manifest, bool]]:
        """The manifests of all builds, the latest first, and whether each is in use."""
        with self._database.writing() as connection:
            migrate(connection)
            now = _in_use(connection)
            statement = "SELECT build, manifest FROM qa.builds ORDER BY number DESC"
            found = rows_of(connection, statement)
        return [(_manifest(text, build), build == now) for build, text in found]

    def prune(self, keep: int, before: str | None) -> None:
        """Removes the oldest builds, the one `before` that in use last of all; not one that is
        being read."""
        with self._database.writing() as connection:
            others = rows_of(connection, _OLDEST, (before,))
        for build, schema in others[: max(0, len(others) - (keep - 1))]:
            self._remove(build, schema)

    def _remove(self, build: str, schema: str) -> None:
        with self._database.writing() as connection:
            if rows_of(connection, _UNREAD, (schema,)) == [(True,)]:
                connection.execute(f'DROP SCHEMA "{schema}" CASCADE'.encode())
                connection.execute("DELETE FROM qa.builds WHERE build = %s", (build,))


def _takes_lock(connection: Connection) -> bool:
    """Whether the lock of builds could be had, soon if not at once."""
    last = time.monotonic() + LOCK_PATIENCE
    while rows_of(connection, _LOCK) != [(True,)]:
        if time.monotonic() >= last:
            return False
        time.sleep(0.05)
    return True


def _unlock(connection: Connection) -> None:
    """Lets go of the lock of builds, which the server does itself only some time after the
    connection was closed; with a lost connection the lock is lost too."""
    with suppress(EngineUnavailable), told_as_unavailable():
        rows_of(connection, _UNLOCK)


def _in_use(connection: Connection) -> str | None:
    found = rows_of(connection, "SELECT build FROM qa.pointer")[0][0]
    return None if found is None else str(found)


def _look_in(connection: Connection, build: str) -> tuple[Manifest, str]:
    """Has statements look in a build; its manifest and the hash of its contents."""
    migrate(connection)
    statement = "SELECT schema, manifest, contents FROM qa.builds WHERE build = %s"
    found = rows_of(connection, statement, (build,))
    if not found:
        raise BuildNotFound(f"no build {build!r} is kept; keep_builds says how many are")
    schema, text, contents = found[0]
    connection.execute(f'SET LOCAL search_path TO "{schema}", public'.encode())
    rows_of(connection, "SELECT set_config('qa.groups', %s, true)", (EVERYTHING,))
    return _manifest(text, build), str(contents)


def _manifest(text: str, build: str) -> Manifest:
    return manifest_of(lambda: text, build)


def database_builds(address: str) -> DatabaseBuilds:
    """Those at an address."""
    return DatabaseBuilds(database_at(address))
