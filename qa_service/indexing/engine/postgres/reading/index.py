"""The build that a database points at, for many threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from qa_service.errors import NoIndex
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.postgres.database import Connection, Database, rows_of
from qa_service.indexing.engine.postgres.reading.build import DatabaseBuild
from qa_service.indexing.engine.postgres.reading.session import ENTERED, Session
from qa_service.indexing.engine.postgres.schema import EVERYTHING, version_of
from qa_service.indexing.engine.views.kept_views import BuildViews
from qa_service.indexing.keeping.manifest import manifest_of, require_model
from qa_service.nouns.access import Groups
from qa_service.nouns.results import RefusedBuild

_IN_USE = f"""SELECT build, {ENTERED.format(schema="schema")}
    FROM qa.pointer JOIN qa.builds USING (build)"""
_BUILD = "SELECT schema, manifest FROM qa.builds WHERE build = %s"


class DatabaseIndex:
    """Reads the build that the pointer names, and the next one when that moves.

    A question reads one snapshot: the pointer and all of its build. What is known of a build by
    heart is kept until the pointer moves.
    """

    refused: RefusedBuild | None = None
    """A build in a database is whole before the pointer may name it."""

    def __init__(self, database: Database, model: str, fingerprint: str) -> None:
        self._database = database
        self._model = model
        self._fingerprint = fingerprint
        self._lock = threading.Lock()
        self._known: tuple[str, OpenedBuild, BuildViews] | None = None

    @contextmanager
    def reading(self, groups: Groups | None = None) -> Iterator[OpenedBuild]:
        """The build in use as somebody in these groups sees it; the whole of it where they are
        None.

        Raises NoIndex before the first build, ModelError where it is of another model,
        EngineUnavailable where no server answers, EngineMismatch where its tables are newer.
        """
        with self._database.snapshot() as connection:
            whole, views = self._opened(connection)
            with (
                _session(whole).question(connection, entered=True),
                views.seen_by(groups) as opened,
                _session(opened).question(connection, entered=opened is whole),
            ):
                yield opened

    def close(self) -> None:
        """Lets go of all connections."""
        self._database.close()

    def _opened(self, connection: Connection) -> tuple[OpenedBuild, BuildViews]:
        build = _enter_build_in_use(connection)
        with self._lock:
            if self._known is None or self._known[0] != build:
                opened = OpenedBuild(self._open(connection, build))
                self._known = (build, opened, BuildViews(opened))
            return self._known[1:]

    def _open(self, connection: Connection, build: str) -> DatabaseBuild:
        schema, text = rows_of(connection, _BUILD, (build,))[0]
        manifest = manifest_of(lambda: str(text), build)
        require_model(manifest, self._model, self._fingerprint)
        return DatabaseBuild(Session(self._database, schema), manifest)


def _enter_build_in_use(connection: Connection) -> str:
    """Has statements look in the build in use, and see all of it."""
    values = {"groups": EVERYTHING}
    found = rows_of(connection, _IN_USE, values) if version_of(connection) else []
    if not found:
        raise NoIndex(
            "there is no index in the database; run: qa-service build, or qa-service move"
        )
    return str(found[0][0])


def _session(opened: OpenedBuild) -> Session:
    reader = opened.reader
    assert isinstance(reader, DatabaseBuild)
    return reader.session
