"""Records that outlive builds, wherever they lie: verdicts, and questions asked. In a folder they
are SQLite files beside the builds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from qa_service.errors import FeedbackError, FeedbackFull

FEEDBACK_FILE = "feedback.sqlite"
QUESTIONS_FILE = "questions.sqlite"
"""Apart, so that what visitors send of one kind never takes the room of the other."""
FORMAT_VERSION = 3
_TABLES = """
CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, stored TEXT NOT NULL,
    question TEXT NOT NULL, verdict TEXT NOT NULL, answered INTEGER NOT NULL,
    citation TEXT, standalone_question TEXT NOT NULL, history TEXT NOT NULL,
    filters TEXT, reason TEXT, note TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS questions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, asked TEXT NOT NULL, question TEXT NOT NULL,
    answered INTEGER NOT NULL, limited INTEGER NOT NULL, confidence REAL NOT NULL,
    understood TEXT NOT NULL DEFAULT ''
) STRICT;
"""
_PAGE_BYTES = 4096
_BUSY_SECONDS = 10
_OWNER_ONLY = 0o600


class Statements(Protocol):
    """Takes statements that both SQLite and PostgreSQL understand, with `?` for each value."""

    def execute(self, statement: str, values: Any = ..., /) -> Any: ...


class Records(Protocol):
    """Verdicts, or questions asked, in a table of that name; see FolderRecords."""

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]: ...

    def writing(self) -> AbstractContextManager[Statements]: ...


class FolderRecords:
    """A file of a folder, for any number of threads and processes.

    It is made with the first record, readable by its owner alone, and grows to
    `max_megabytes` at most. Every method raises FeedbackError where it cannot be used.
    """

    def __init__(self, path: Path, max_megabytes: int = 64) -> None:
        self.path = path
        self._max_pages = max_megabytes * 2**20 // _PAGE_BYTES

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds; nothing before the file is there."""
        if not self.path.exists():
            return []
        with self._connected() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, undone where anything in it fails. Raises FeedbackFull."""
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
                    f"{self.path} or its disk is full: make room on the disk, raise "
                    "max_feedback_megabytes, or export the feedback and move the file away"
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
            connection.executescript(_TABLES)
            _add_what_is_new(connection)
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


def _add_what_is_new(connection: sqlite3.Connection) -> None:
    """Gives a file of an earlier version the columns that came since."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(questions)")]
    if "understood" not in columns:
        connection.execute("ALTER TABLE questions ADD COLUMN understood TEXT NOT NULL DEFAULT ''")
