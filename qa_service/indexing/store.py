"""Documents and passages on disk: one SQLite file, written once, then only read."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import DocumentNotFound
from qa_service.indexing.terms import terms
from qa_service.schema import Document, DocumentSummary, Filters, Heading, Page, Passage

_TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
    date TEXT, collection TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL,
    headings TEXT NOT NULL, metadata TEXT NOT NULL,
    first_row INTEGER NOT NULL, passages INTEGER NOT NULL
) STRICT;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
    heading_path TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, page INTEGER, sentences TEXT NOT NULL,
    vector_key BLOB NOT NULL, first_sentence INTEGER NOT NULL, stems TEXT NOT NULL
) STRICT;
CREATE INDEX passages_by_key ON passages (vector_key);
"""
_PASSAGE = 'row, id, document_id, heading_path, text, start, "end", page, sentences'
_SUMMARY = (
    "id, version, title, source, date, collection, json_array_length(pages), passages, metadata"
)


class StoreWriter:
    """Writes a new store; `close` makes it complete. Raises OSError where the disk is full."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(_TABLES)
        self._sentences = 0

    def add(
        self, document: Document, passages: Sequence[Passage], vector_keys: Sequence[bytes]
    ) -> None:
        """Appends one document with its passages, whose rows go on from the last."""
        with _disk_errors():
            self._connection.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                _document_record(document, passages),
            )
            for passage, key in zip(passages, vector_keys, strict=True):
                self._connection.execute(
                    "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                    (*_passage_record(passage), key, self._sentences, _stems(passage)),
                )
                self._sentences += len(passage.sentences)

    def close(self) -> None:
        """Commits and closes the file."""
        with closing(self._connection), _disk_errors():
            self._connection.commit()


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Makes the database's own error for a full or failing disk an OSError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(f"the passage store cannot be written: {error}") from error


class PassageStore:
    """A finished store, read-only, for any number of threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        columns = self._rows("SELECT name FROM pragma_table_info('passages')")
        self._has_stems = ("stems",) in columns

    def counts(self) -> tuple[int, int, int]:
        """How many documents, passages and sentences it holds."""
        query = """SELECT (SELECT count(*) FROM documents), count(*),
            coalesce(sum(json_array_length(sentences)), 0) FROM passages"""
        documents, passages, sentences = self._rows(query)[0]
        return documents, passages, sentences

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for."""
        wanted = [int(row) for row in rows]
        query = f"SELECT {_PASSAGE} FROM passages WHERE row IN (SELECT value FROM json_each(?))"
        found = {record[0]: _passage(record) for record in self._rows(query, json.dumps(wanted))}
        return [found[row] for row in wanted]

    def first_sentences(self, rows: Iterable[int]) -> list[int]:
        """For each row, the position of its first sentence among all of the build."""
        wanted = [int(row) for row in rows]
        query = """SELECT row, first_sentence FROM passages
            WHERE row IN (SELECT value FROM json_each(?))"""
        found = dict(self._rows(query, json.dumps(wanted)))
        return [found[row] for row in wanted]

    def sentence_stems(self, rows: Iterable[int]) -> list[list[list[str]]]:
        """For each row, the stems of each of its sentences, in order.

        A build older than the column has none stored; they are then made anew.
        """
        wanted = [int(row) for row in rows]
        if not self._has_stems:
            return [_lines(_stems(passage)) for passage in self.passages(wanted)]
        query = "SELECT row, stems FROM passages WHERE row IN (SELECT value FROM json_each(?))"
        found = dict(self._rows(query, json.dumps(wanted)))
        return [_lines(found[row]) for row in wanted]

    def dates(self, rows: Iterable[int]) -> list[str | None]:
        """For each row, the date of its document."""
        wanted = [int(row) for row in rows]
        query = """SELECT row, date FROM passages JOIN documents ON documents.id = document_id
            WHERE row IN (SELECT value FROM json_each(?))"""
        found = dict(self._rows(query, json.dumps(wanted)))
        return [found[row] for row in wanted]

    def rows_by_length(self) -> list[int]:
        """Every row, shortest passage first."""
        query = "SELECT row FROM passages ORDER BY length(text), row"
        return [row for (row,) in self._rows(query)]

    def keyed_rows(self) -> list[tuple[bytes, int, int, int]]:
        """Key, row, position of the first sentence and number of sentences of every passage."""
        query = """SELECT vector_key, row, first_sentence, json_array_length(sentences)
            FROM passages ORDER BY row"""
        return self._rows(query)

    def vector_keys(self) -> dict[bytes, tuple[int, int]]:
        """Key of what was encoded -> row and position of its first sentence."""
        query = "SELECT vector_key, row, first_sentence FROM passages"
        return {key: (row, first) for key, row, first in self._rows(query)}

    def summaries(self) -> tuple[DocumentSummary, ...]:
        """All documents without their text, by title."""
        query = f"SELECT {_SUMMARY} FROM documents ORDER BY title, date, id"
        return tuple(_summary(record) for record in self._rows(query))

    def summary(self, document_id: str) -> DocumentSummary:
        """One document without its text. Raises DocumentNotFound."""
        found = self._rows(f"SELECT {_SUMMARY} FROM documents WHERE id = ?", document_id)
        if not found:
            raise DocumentNotFound(f"no document {document_id!r}; GET /api/documents lists them")
        return _summary(found[0])

    def document(self, document_id: str) -> Document:
        """One document with its text. Raises DocumentNotFound."""
        query = """SELECT id, version, title, source, date, text, collection, pages, headings,
            metadata FROM documents WHERE id = ?"""
        found = self._rows(query, document_id)
        if not found:
            raise DocumentNotFound(f"no document {document_id!r}; GET /api/documents lists them")
        return _document(found[0])

    def first_rows(self) -> list[int]:
        """The first row of every document that has passages, ascending."""
        query = "SELECT first_row FROM documents WHERE passages ORDER BY first_row"
        return [row for (row,) in self._rows(query)]

    def first_row(self, document_id: str) -> int:
        """The first row of a document. Raises DocumentNotFound."""
        found = self._rows("SELECT first_row FROM documents WHERE id = ?", document_id)
        if not found:
            raise DocumentNotFound(f"no document {document_id!r}; GET /api/documents lists them")
        return int(found[0][0])

    def headings(self) -> list[tuple[str, str]]:
        """Document id and text of every heading."""
        query = """SELECT documents.id, json_extract(heading.value, '$.text')
            FROM documents, json_each(headings) AS heading ORDER BY first_row"""
        return self._rows(query)

    def rows_within(self, filters: Filters) -> NDArray[np.int64] | None:
        """Rows that the filters let through, ascending; None where nothing is filtered.

        A date shorter than a day passes if any day of it lies in the range; a document
        of unknown date passes no date filter.
        """
        where, values = _conditions(filters)
        if not where:
            return None
        query = f"SELECT first_row, passages FROM documents WHERE {' AND '.join(where)}"
        ranges = [np.arange(first, first + count) for first, count in self._rows(query, *values)]
        return np.sort(np.concatenate([np.empty(0, np.int64), *ranges]).astype(np.int64))

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _conditions(filters: Filters) -> tuple[list[str], list[str]]:
    conditions = {
        "id IN (SELECT value FROM json_each(?))": json.dumps(filters.document_ids)
        if filters.document_ids
        else None,
        "collection IN (SELECT value FROM json_each(?))": json.dumps(filters.collections)
        if filters.collections
        else None,
        "substr(date || '-99-99', 1, 10) >= ?": filters.date_from,
        "date <= ?": filters.date_to,
    }
    kept = {condition: value for condition, value in conditions.items() if value}
    return list(kept), list(kept.values())


def _document_record(document: Document, passages: Sequence[Passage]) -> tuple[Any, ...]:
    return (
        document.id,
        document.version,
        document.title,
        document.source,
        document.date,
        document.collection,
        document.text,
        json.dumps([asdict(page) for page in document.pages]),
        json.dumps([asdict(heading) for heading in document.headings]),
        json.dumps(document.metadata),
        passages[0].row if passages else 0,
        len(passages),
    )


def _passage_record(passage: Passage) -> tuple[Any, ...]:
    return (
        passage.row,
        passage.id,
        passage.document_id,
        json.dumps(passage.heading_path),
        passage.text,
        passage.start,
        passage.end,
        passage.page,
        json.dumps(passage.sentences),
    )


def _stems(passage: Passage) -> str:
    """A line for each sentence."""
    spans = [(start - passage.start, end - passage.start) for start, end in passage.sentences]
    return "\n".join(" ".join(terms(passage.text[start:end])) for start, end in spans)


def _lines(stems: str) -> list[list[str]]:
    return [line.split() for line in stems.split("\n")]


def _document(record: tuple[Any, ...]) -> Document:
    name, version, title, source, date, text, collection, pages, headings, metadata = record
    return Document(
        id=name,
        version=version,
        title=title,
        source=source,
        date=date,
        text=text,
        collection=collection,
        pages=tuple(Page(**page) for page in json.loads(pages)),
        headings=tuple(Heading(**heading) for heading in json.loads(headings)),
        metadata=json.loads(metadata),
    )


def _summary(record: tuple[Any, ...]) -> DocumentSummary:
    name, version, title, source, date, collection, pages, passages, metadata = record
    return DocumentSummary(
        id=name,
        version=version,
        title=title,
        source=source,
        date=date,
        collection=collection,
        pages=pages or None,
        passages=passages,
        metadata=json.loads(metadata),
    )


def _passage(record: tuple[Any, ...]) -> Passage:
    row, name, document_id, heading_path, text, start, end, page, sentences = record
    return Passage(
        id=name,
        row=row,
        document_id=document_id,
        heading_path=tuple(json.loads(heading_path)),
        text=text,
        start=start,
        end=end,
        page=page,
        sentences=tuple((first, last) for first, last in json.loads(sentences)),
    )


def all_passages(store: PassageStore, window: int = 1000) -> Iterator[Passage]:
    """Every passage in the order of rows, read a window at a time."""
    _, count, _ = store.counts()
    for first in range(0, count, window):
        yield from store.passages(range(first, min(first + window, count)))
