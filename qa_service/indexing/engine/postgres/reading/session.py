"""What somebody reads of one build: every statement within one snapshot a question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from qa_service.indexing.engine.postgres.database import Connection, Database, rows_of
from qa_service.indexing.engine.postgres.schema import EVERYTHING, SEPARATOR, SOMEBODY
from qa_service.nouns.access import Groups

Values = dict[str, Any]

LOOKED_AT = 400
"""Vectors that the index of them looks at, where a search does not ask for more."""
ENTERED = f"""set_config('search_path', format('%%I, public', {{schema}}), true),
    set_config('qa.groups', %(groups)s, true),
    set_config('hnsw.ef_search', '{LOOKED_AT}', true),
    set_config('hnsw.iterative_scan', 'relaxed_order', true),
    pg_advisory_xact_lock_shared(hashtextextended({{schema}}, 0))"""
"""What a statement selects after which others look in a schema, as somebody in some groups, and
nobody removes it. Of rows whose vectors are near no more are given up than the limit says."""
_ENTER = f"SELECT {ENTERED.format(schema='%(schema)s::text')}"
_in_question: ContextVar[tuple[Session, Connection] | None] = ContextVar("question", default=None)


class Session:
    """Statements on one build, as somebody in some groups sees it.

    The groups stand in every statement, as `seen`, and the server compares them once more by its
    own rule for rows.
    """

    def __init__(self, database: Database, schema: str, groups: Groups | None = None) -> None:
        """`groups` None sees every document."""
        self._database = database
        self._schema = schema
        self._groups = groups
        self.seen = "true" if groups is None else "(access IS NULL OR access && %(groups)s)"

    def for_groups(self, groups: Groups) -> Session:
        """The same build as somebody in these groups sees it."""
        return Session(self._database, self._schema, groups)

    @contextmanager
    def question(self, connection: Connection, entered: bool = False) -> Iterator[None]:
        """Has the statements of the block use this connection, which sees one snapshot, and may
        look in the schema already."""
        if not entered:
            self._enter(connection)
        token = _in_question.set((self, connection))
        try:
            yield
        finally:
            _in_question.reset(token)

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """All rows of a statement; outside of a question in a snapshot of its own."""
        current = _in_question.get()
        values["groups"] = None if self._groups is None else sorted(self._groups)
        if current and current[0] is self:
            return rows_of(current[1], statement, values)
        with self._database.snapshot() as connection:
            self._enter(connection)
            return rows_of(connection, statement, values)

    def _enter(self, connection: Connection) -> None:
        values = {"schema": self._schema, "groups": groups_told(self._groups)}
        rows_of(connection, _ENTER, values)


def groups_told(groups: Groups | None) -> str:
    """The groups as the server's rule for rows reads them."""
    return EVERYTHING if groups is None else SEPARATOR.join([SOMEBODY, *sorted(groups)])
