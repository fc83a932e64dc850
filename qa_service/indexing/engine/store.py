"""Documents and passages on disk: one SQLite file, read-only once it is written."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import (
    DamagedBuild,
    DocumentNotFound,
    unknown_document,
)
from qa_service.indexing.engine.fact_records import (
    IN_ORDER,
    fact_conditions,
    fact_of,
)
from qa_service.indexing.engine.seals import (
    SEALED_DOCUMENT,
    SEALED_FACT,
    SEALED_OUTLINE,
    SEALED_PASSAGE,
    SEALED_SUMMARY,
    SEALED_WITHDRAWAL,
    Sealed,
    unsealed,
)
from qa_service.indexing.engine.store_records import (
    StoredSentences,
    document_of,
    filter_conditions,
    in_order,
    joined_ranges,
    passage_of,
    summary_of,
    with_boilerplate,
    withdrawn_document,
)
from qa_service.indexing.engine.store_writing import Stretch, sentence_stems
from qa_service.indexing.engine.views.tables import cover_tables
from qa_service.nouns.access import Groups, may_read
from qa_service.nouns.documents import (
    Block,
    Document,
    DocumentSummary,
    Passage,
    StoredFact,
    Withdrawal,
)
from qa_service.nouns.questions import Filters
from qa_service.translation.sentences import said

_MOST_VALUES = 500


class PassageStore:
    """A finished store, read-only, for any number of threads."""

    def __init__(self, path: Path, admitted: Iterable[str] | None = None) -> None:
        """With `admitted`, it is as if it held the documents of these ids alone."""
        self._path = path
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        if admitted is not None:
            cover_tables(self._connection, admitted)
        columns = self._rows("SELECT name FROM pragma_table_info('passages')")
        self._has_stems = ("stems",) in columns
        self._tables = {name for (name,) in self._rows("SELECT name FROM sqlite_master")}

    def counts(self) -> tuple[int, int, int]:
        """How many documents, passages and sentences it holds, by its last passage."""
        documents = self._rows("SELECT count(*) FROM documents")[0][0]
        query = """SELECT row + 1, first_sentence + json_array_length(sentences) FROM passages
            ORDER BY row DESC LIMIT 1"""
        passages, sentences = next(iter(self._rows(query)), (0, 0))
        return documents, passages, sentences

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """The passages of these rows, in the order asked for."""
        wanted = [int(row) for row in rows]
        among = "row IN (SELECT value FROM json_each(?))"
        records = self._sealed_rows(SEALED_PASSAGE, f"WHERE {among}", json.dumps(wanted))
        found = {record[0]: passage_of(record) for record in records}
        return in_order(found, wanted)

    def sentences(self, rows: Iterable[int]) -> list[StoredSentences]:
        """The sentences of the passages of these rows, in the order asked for.

        A build older than the column has no stems stored; they are then made anew.
        """
        wanted = [int(row) for row in rows]
        query = f"""SELECT row, first_sentence, json_array_length(sentences),
            {"stems" if self._has_stems else "''"} FROM passages
            WHERE row IN (SELECT value FROM json_each(?))"""
        records = self._rows(query, json.dumps(wanted))
        found = {row: StoredSentences(first, count, stems) for row, first, count, stems in records}
        if self._has_stems:
            return in_order(found, wanted)
        passages = self.passages(wanted)
        return [replace(found[item.row], lines=sentence_stems(item)) for item in passages]

    def contexts(self, rows: Iterable[int]) -> list[str]:
        """For each row, the title of its document and the headings it stands under."""
        wanted = [int(row) for row in rows]
        query = """SELECT row, title, heading_path FROM passages
            JOIN documents ON documents.id = document_id
            WHERE row IN (SELECT value FROM json_each(?))"""
        found = self._rows(query, json.dumps(wanted))
        told = {row: "\n".join([title, *json.loads(path)]) for row, title, path in found}
        return in_order(told, wanted)

    def keyed_vectors(self, keys: Iterable[bytes]) -> dict[bytes, tuple[int, int]]:
        """Of these keys of what was encoded, each known one -> row and place of first sentence."""
        query = "SELECT vector_key, row, first_sentence FROM passages WHERE vector_key IN ({})"
        found: dict[bytes, tuple[int, int]] = {}
        wanted = list(dict.fromkeys(keys))
        for first in range(0, len(wanted), _MOST_VALUES):
            some = wanted[first : first + _MOST_VALUES]
            marks = ",".join("?" * len(some))
            rows = self._rows(query.format(marks), *some)
            found |= {key: (row, sentence) for key, row, sentence in rows}
        return found

    def summaries(self, ids: Iterable[str] | None = None) -> tuple[DocumentSummary, ...]:
        """All documents, or those of some ids, without their text, by title."""
        among = "" if ids is None else "WHERE id IN (SELECT value FROM json_each(?))"
        values = [] if ids is None else [json.dumps(list(ids))]
        rest = f"{among} ORDER BY title, date, id"
        return tuple(map(summary_of, self._sealed_rows(SEALED_SUMMARY, rest, *values)))

    def summary(self, document_id: str) -> DocumentSummary:
        """One document without its text. Raises DocumentNotFound."""
        found = self._sealed_rows(SEALED_SUMMARY, "WHERE id = ?", document_id)
        if not found:
            raise self._not_found(document_id)
        return summary_of(found[0])

    def document(self, document_id: str) -> Document:
        """One document with its text. Raises DocumentNotFound."""
        found = self._sealed_rows(SEALED_DOCUMENT, "WHERE id = ?", document_id)
        if not found:
            raise self._not_found(document_id)
        return document_of(found[0])

    def documents(self, ids: Iterable[str]) -> list[tuple[Document, tuple[Block, ...]]]:
        """Documents in the order asked for, each with its blocks, those that many documents have
        as boilerplate. Raises DocumentNotFound."""
        return [(item, self._blocks(item)) for item in map(self.document, ids)]

    def _blocks(self, document: Document) -> tuple[Block, ...]:
        found = self._rows("SELECT offsets FROM recurring WHERE document_id = ?", document.id)
        return with_boilerplate(document.blocks, found[0][0] if found else "[]")

    def facts(
        self, label: str | None = None, document_ids: Iterable[str] | None = None
    ) -> list[StoredFact]:
        """Facts in the order of their documents and places, of all documents or of some.

        `label` takes those whose label has all of its stems, in any form and order.
        """
        where, values = fact_conditions(label, document_ids)
        return list(map(fact_of, self._sealed_rows(SEALED_FACT, f"{where} {IN_ORDER}", *values)))

    def stretch(self, document_id: str) -> Stretch:
        """Where the passages of a document and their sentences stand among all of the build."""
        query = """SELECT first_row, documents.passages, coalesce(min(first_sentence), 0),
            coalesce(sum(json_array_length(sentences)), 0) FROM documents LEFT JOIN passages
            ON row BETWEEN first_row AND first_row + documents.passages - 1
            WHERE documents.id = ?"""
        return Stretch(*self._rows(query, document_id)[0])

    def first_rows(self) -> list[tuple[int, str]]:
        """First row and id of every document that has passages, by row."""
        return self._rows("SELECT first_row, id FROM documents WHERE passages ORDER BY first_row")

    def first_row(self, document_id: str) -> int:
        """The first row of a document. Raises DocumentNotFound."""
        found = self._rows("SELECT first_row FROM documents WHERE id = ?", document_id)
        if not found:
            raise self._not_found(document_id)
        return int(found[0][0])

    def readings(self, file_version: str, stated: str) -> dict[str, list[tuple[str, Document]]]:
        """All that was read in files of these bytes: file -> the sources in it with documents.

        Left out are files of which a table beside them stated something else.
        """
        query = f"""SELECT file, held_at, {SEALED_DOCUMENT.with_seal} FROM documents
            JOIN (SELECT file, source AS held_at, document_id AS held FROM sources
                WHERE file_version = ? AND stated = ?) ON held = documents.id ORDER BY held_at"""
        found: dict[str, list[tuple[str, Document]]] = {}
        for file, source, *record in self._rows(query, file_version, stated):
            found.setdefault(file, []).append((source, document_of(unsealed(tuple(record)))))
        return found

    def stated(self) -> list[tuple[str, str]]:
        """Every file in which documents were read, and what was stated of it, as JSON."""
        return self._rows(
            "SELECT DISTINCT file, stated FROM sources WHERE file_version != '' ORDER BY file"
        )

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Documents of earlier builds that this one does not hold, latest first."""
        rows = self._sealed_rows(SEALED_WITHDRAWAL, "ORDER BY date DESC, id")
        return tuple(Withdrawal(*record) for record in rows)

    def _not_found(self, document_id: str) -> DocumentNotFound:
        for record in self._sealed_rows(SEALED_WITHDRAWAL, "WHERE id = ?", document_id):
            return withdrawn_document(Withdrawal(*record))
        return unknown_document(document_id)

    def headings(self) -> list[tuple[str, str]]:
        """Document id and text of every heading."""
        rows = self._sealed_rows(SEALED_OUTLINE, "ORDER BY first_row")
        return [(name, item["text"]) for name, found in rows for item in json.loads(found)]

    def rows_within(self, filters: Filters) -> NDArray[np.int64] | None:
        """Rows of the documents that the filters admit, ascending; None where nothing is filtered.

        The conditions say in SQL what `Filters.admits` says of one document.
        """
        where, values = filter_conditions(filters)
        return self._rows_of_documents(f"WHERE {' AND '.join(where)}", values) if where else None

    def rows(self) -> NDArray[np.int64]:
        """Rows of all documents, ascending."""
        return self._rows_of_documents("", ())

    def _rows_of_documents(self, where: str, values: Iterable[str]) -> NDArray[np.int64]:
        query = f"SELECT first_row, passages FROM documents {where} ORDER BY first_row"
        found = np.array(self._rows(query, *values), np.int64).reshape(-1, 2)
        return joined_ranges(found[:, 0], found[:, 1])

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _sealed_rows(self, sealed: Sealed, rest: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows as they were stored. Raises DamagedBuild where one is not.

        A build from before there were hashes of its kind has none; which has, is known from the
        opening, when all files were verified.
        """
        if sealed.seals not in self._tables:
            return self._rows(f"SELECT {sealed.columns} FROM {sealed.table} {rest}", *values)
        query = f"SELECT {sealed.with_seal} FROM {sealed.table} {rest}"
        return [unsealed(record) for record in self._rows(query, *values)]

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error as error:
            raise DamagedBuild(
                said(
                    "the texts of the index cannot be read (%(error)s); "
                    "run: qa-service build --full",
                    error=error,
                )
            ) from error


def stored_text(path: Path, document_id: str, version: str, groups: Groups | None = None) -> str:
    """The text of a version of a document; empty where the store has none or cannot be read, and
    where these groups may not read it."""
    try:
        with closing(PassageStore(path)) as store:
            document = store.document(document_id)
    except (DocumentNotFound, DamagedBuild, sqlite3.Error):
        return ""
    known = document.version == version and may_read(document.metadata, groups)
    return document.text if known else ""
