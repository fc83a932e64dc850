"""Feedback on disk: one SQLite file beside the builds, so that it outlives them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from qa_service.errors import FeedbackError, FeedbackFull, FeedbackNotFound
from qa_service.feedback.records import CitedQuote, Feedback, StoredFeedback
from qa_service.schema import NO_FILTERS, Filters, Turn

FEEDBACK_FILE = "feedback.sqlite"
FORMAT_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, stored TEXT NOT NULL,
    question TEXT NOT NULL, verdict TEXT NOT NULL, answered INTEGER NOT NULL,
    citation TEXT, standalone_question TEXT NOT NULL, history TEXT NOT NULL,
    filters TEXT, reason TEXT, note TEXT NOT NULL
) STRICT
"""
_COLUMNS = (
    "id, stored, question, verdict, answered, citation, standalone_question, history, filters, "
    "reason, note"
)
_PAGE_BYTES = 4096
_BUSY_SECONDS = 10
_OWNER_ONLY = 0o600


class FeedbackStore:
    """The feedback of one index folder, for any number of threads and processes.

    The file is made with the first verdict, readable by its owner alone, and grows to
    `max_megabytes` at most. Every method raises FeedbackError where the file cannot be used.
    """

    def __init__(self, index_dir: Path, max_megabytes: int = 64) -> None:
        self.path = index_dir / FEEDBACK_FILE
        self._max_pages = max_megabytes * 2**20 // _PAGE_BYTES

    def add(self, feedback: Feedback, replaces: str | None = None) -> StoredFeedback:
        """Stores a verdict as the latest one, in the place of the one with the id `replaces`.

        Where that is gone, the verdict is stored by itself. Raises FeedbackFull.
        """
        stored = datetime.now(UTC).isoformat(timespec="seconds")
        made = StoredFeedback(uuid4().hex, stored, feedback)
        with self._writing() as connection:
            connection.execute("DELETE FROM feedback WHERE id = ?", (replaces,))
            marks = ", ".join("?" * len(_record(made)))
            connection.execute(f"INSERT INTO feedback ({_COLUMNS}) VALUES ({marks})", _record(made))
        return made

    def get(self, feedback_id: str) -> StoredFeedback:
        """One verdict. Raises FeedbackNotFound."""
        for record in self._rows("WHERE id = ?", feedback_id):
            return _stored(record)
        raise FeedbackNotFound(_NOT_STORED)

    def remove(self, feedback_id: str) -> None:
        """Takes a verdict back: nothing of it stays in the file. Raises FeedbackNotFound."""
        self.get(feedback_id)
        with self._writing() as connection:
            connection.execute("DELETE FROM feedback WHERE id = ?", (feedback_id,))

    def read(self, since: date | None = None) -> tuple[StoredFeedback, ...]:
        """Every verdict, or those stored on that day (UTC) or later, the earliest first."""
        first_day = since.isoformat() if since else ""
        rows = self._rows("WHERE stored >= ? ORDER BY number", first_day)
        return tuple(_stored(record) for record in rows)

    def _rows(self, rest: str, *values: str) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        with self._connected() as connection:
            return connection.execute(f"SELECT {_COLUMNS} FROM feedback {rest}", values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, undone where anything in it fails."""
        self._make_file()
        with self._connected() as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection to the file, its errors told as FeedbackError."""
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_SECONDS)) as connection:
                self._prepare(connection)
                yield connection
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
                raise FeedbackFull(
                    f"{self.path} is full: raise max_feedback_megabytes, or export the feedback "
                    "and move the file away"
                ) from error
            raise FeedbackError(
                f"{self.path} cannot be used ({error}); see to its permissions, or move it away "
                "to begin anew"
            ) from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > FORMAT_VERSION:
            raise FeedbackError(
                f"{self.path} is of a newer version of the service; use that version, or move "
                "the file away to begin anew"
            )
        connection.execute(f"PRAGMA max_page_count = {self._max_pages}")
        connection.execute("PRAGMA secure_delete = ON")
        if version < FORMAT_VERSION:
            connection.execute(_TABLES)
            connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")

    def _make_file(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=_OWNER_ONLY)
        except OSError as error:
            raise FeedbackError(
                f"cannot write {self.path}: {error.strerror}; make the folder writable, or set "
                "feedback to false"
            ) from error


_NOT_STORED = "This feedback is not stored, or was taken back."


def _record(stored: StoredFeedback) -> tuple[Any, ...]:
    feedback = stored.feedback
    return (
        stored.id,
        stored.stored,
        feedback.question,
        feedback.verdict,
        feedback.answered,
        _json(asdict(feedback.citation)) if feedback.citation else None,
        feedback.standalone_question,
        _json([asdict(turn) for turn in feedback.history]),
        _json(asdict(feedback.filters)) if feedback.filters != NO_FILTERS else None,
        feedback.reason,
        feedback.note,
    )


def _stored(record: tuple[Any, ...]) -> StoredFeedback:
    name, stored, question, verdict, answered, citation, standalone, *rest = record
    history, filters, reason, note = rest
    feedback = Feedback(
        question=question,
        verdict=verdict,
        answered=bool(answered),
        citation=CitedQuote(**json.loads(citation)) if citation else None,
        standalone_question=standalone,
        history=tuple(Turn(**turn) for turn in json.loads(history)),
        filters=_filters(json.loads(filters)) if filters else NO_FILTERS,
        reason=reason,
        note=note,
    )
    return StoredFeedback(name, stored, feedback)


def _filters(values: dict[str, Any]) -> Filters:
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Filters(**kept)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
