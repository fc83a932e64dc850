"""Writing the store: documents and passages into one SQLite file, in the order they come."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from qa_service.errors import DamagedBuild
from qa_service.indexing.engine.fact_records import fact_places, label_stems
from qa_service.indexing.engine.seals import ALL_SEALED
from qa_service.indexing.engine.store_records import blocks_text
from qa_service.nouns.documents import Document, Passage, Withdrawal
from qa_service.stems import terms
from qa_service.translation.sentences import said

# Columns in the order of their size: SQLite reads a row from its beginning, and what lists
# documents should not read their texts.
_TABLES = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL,
    date TEXT, collection TEXT NOT NULL, first_row INTEGER NOT NULL, passages INTEGER NOT NULL,
    metadata TEXT NOT NULL, extraction TEXT NOT NULL, pages TEXT NOT NULL,
    headings TEXT NOT NULL, blocks TEXT NOT NULL, text TEXT NOT NULL, word_boxes BLOB NOT NULL
) STRICT;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
    heading_path TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, page INTEGER, sentences TEXT NOT NULL,
    vector_key BLOB NOT NULL, first_sentence INTEGER NOT NULL, stems TEXT NOT NULL,
    blocks TEXT NOT NULL, recurring TEXT NOT NULL
) STRICT;
CREATE TABLE facts (
    document_id TEXT NOT NULL, place INTEGER NOT NULL, stems TEXT NOT NULL, label TEXT NOT NULL,
    value TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    value_start INTEGER NOT NULL, value_end INTEGER NOT NULL, "column" TEXT NOT NULL, date TEXT,
    row INTEGER, sentence INTEGER, PRIMARY KEY (document_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX facts_by_label ON facts (stems);
CREATE TABLE recurring (document_id TEXT PRIMARY KEY, offsets TEXT NOT NULL) STRICT;
CREATE TABLE sources (
    source TEXT PRIMARY KEY, document_id TEXT NOT NULL, collection TEXT NOT NULL,
    file TEXT NOT NULL, file_version TEXT NOT NULL, stated TEXT NOT NULL
) STRICT;
CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, version TEXT NOT NULL,
    date TEXT NOT NULL, moved_to TEXT
) STRICT;
CREATE INDEX sources_by_document ON sources (document_id);
CREATE INDEX sources_by_file ON sources (file_version);
CREATE INDEX passages_by_key ON passages (vector_key);
CREATE INDEX documents_by_row ON documents (first_row, passages, id, date);
"""

_COPY_DOCUMENT = """
INSERT INTO documents SELECT id, version, title, source, date, collection, ?, passages, metadata,
    extraction, pages, headings, blocks, text, word_boxes FROM earlier.documents WHERE id = ?
"""
_COPY_PASSAGES = """
INSERT INTO passages SELECT row + ?, id, document_id, heading_path, text, start, "end", page,
    sentences, vector_key, first_sentence + ?, stems, blocks, '[]' FROM earlier.passages
    WHERE row BETWEEN ? AND ?
"""
_COPY_FACTS = """
INSERT INTO facts SELECT document_id, place, stems, label, value, start, "end", value_start,
    value_end, "column", date, row + ?, sentence + ? FROM earlier.facts WHERE document_id = ?
"""
_MARK_PASSAGES = """
UPDATE passages SET recurring = ?1 WHERE row IN (SELECT row FROM passages JOIN documents
    ON documents.id = ?2 AND row BETWEEN first_row AND first_row + documents.passages - 1)
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a document was read in, the sha256 of its bytes, and what was stated of it."""

    file: str
    version: str
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a document's passages stand in a store, and their sentences among all of it."""

    first_row: int
    passages: int
    first_sentence: int
    sentences: int


class StoreWriter:
    """Writes a new store; `close` makes it complete. Raises OSError where the disk is full."""

    def __init__(self, path: Path, earlier: Path | None = None) -> None:
        """`earlier` is a store from which documents may be copied."""
        with _disk_errors():
            self._connection = sqlite3.connect(path.resolve().as_uri(), uri=True)
            seals = "".join(sealed.creation for sealed in ALL_SEALED)
            # One transaction: the disk is waited for once, not at each table.
            self._connection.executescript(f"BEGIN; {_TABLES} {seals} COMMIT;")
            if earlier:
                source = f"{earlier.resolve().as_uri()}?mode=ro&immutable=1"
                self._connection.execute("ATTACH DATABASE ? AS earlier", (source,))
        self._rows = 0
        self._sentences = 0

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        vector_keys: Sequence[bytes],
        origin: Origin | None = None,
    ) -> None:
        """Appends one document with its passages, whose rows go on from the last."""
        self.add_source(document, document.id, origin)
        with _disk_errors():
            self._connection.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                _document_record(document, passages),
            )
            for passage, key in zip(passages, vector_keys, strict=True):
                self._connection.execute(
                    "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,'[]')",
                    (
                        *_passage_record(passage),
                        key,
                        self._sentences,
                        sentence_stems(passage),
                        blocks_text(passage.blocks),
                    ),
                )
                self._sentences += len(passage.sentences)
        self._rows += len(passages)
        self._add_facts(document, passages)

    def copy(self, document: Document, stretch: Stretch, origin: Origin | None = None) -> None:
        """Appends a document of the earlier store with its passages, as they stand there."""
        self.add_source(document, document.id, origin)
        shift = (self._rows - stretch.first_row, self._sentences - stretch.first_sentence)
        rows = (stretch.first_row, stretch.first_row + stretch.passages - 1)
        with _disk_errors():
            self._connection.execute(_COPY_DOCUMENT, (self._rows, document.id))
            self._connection.execute(_COPY_PASSAGES, (*shift, *rows))
            self._connection.execute(_COPY_FACTS, (*shift, document.id))
            self._require_copied(document, stretch.passages)
        self._rows += stretch.passages
        self._sentences += stretch.sentences

    def _require_copied(self, document: Document, passages: int) -> None:
        """Raises DamagedBuild where the earlier file does not hold what was read in it."""
        query = "SELECT text FROM documents WHERE id = ?"
        same = self._connection.execute(query, (document.id,)).fetchone() == (document.text,)
        rows = (self._rows, self._rows + passages - 1)
        query = 'SELECT text, start, "end" FROM passages WHERE row BETWEEN ? AND ?'
        for text, start, end in self._connection.execute(query, rows):
            same = same and document.text[start:end] == text
        if not same:
            raise DamagedBuild(
                said("the build in use is not what was stored; run: qa-service build --full")
            )

    def add_source(self, document: Document, stored_as: str, origin: Origin | None = None) -> None:
        """Notes where a document lies that is stored under the id `stored_as`."""
        origin = origin or Origin(document.source, document.version)
        with _disk_errors():
            self._connection.execute(
                "INSERT INTO sources VALUES (?,?,?,?,?,?)",
                (document.source, stored_as, document.collection, *astuple(origin)),
            )

    def _add_facts(self, document: Document, passages: Sequence[Passage]) -> None:
        """Writes the facts of a document whose passages are the last ones written."""
        first = self._sentences - sum(len(passage.sentences) for passage in passages)
        places = fact_places(document.facts, passages, first)
        records = [
            (document.id, number, label_stems(fact.label), *astuple(fact), *place)
            for number, (fact, place) in enumerate(zip(document.facts, places, strict=True))
        ]
        with _disk_errors():
            self._connection.executemany(
                "INSERT INTO facts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", records
            )

    def mark_recurring(self, document_id: str, offsets: Sequence[int]) -> None:
        """Notes where blocks of a document begin that many documents have."""
        text = json.dumps(sorted(offsets), separators=(",", ":"))
        with _disk_errors():
            self._connection.execute("INSERT INTO recurring VALUES (?,?)", (document_id, text))
            self._connection.execute(_MARK_PASSAGES, (text, document_id))

    def add_withdrawals(self, withdrawals: Iterable[Withdrawal]) -> None:
        """Notes documents of earlier builds that this one does not hold."""
        with _disk_errors():
            self._connection.executemany(
                "INSERT INTO withdrawals VALUES (?,?,?,?,?,?)", map(astuple, withdrawals)
            )

    def _seal(self) -> None:
        """Notes the hash of all that is given out, once nothing of it changes any more."""
        for sealed in ALL_SEALED:
            stored = self._connection.execute(sealed.to_seal)
            self._connection.executemany(sealed.insertion, sealed.records(stored))

    def close(self) -> None:
        """Notes the hashes, commits and closes the file."""
        with closing(self._connection), _disk_errors():
            self._seal()
            self._connection.commit()


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Makes the database's own error for a full or failing disk an OSError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(f"the passage store cannot be written: {error}") from error


def _document_record(document: Document, passages: Sequence[Passage]) -> tuple[Any, ...]:
    return (
        document.id,
        document.version,
        document.title,
        document.source,
        document.date,
        document.collection,
        passages[0].row if passages else 0,
        len(passages),
        json.dumps(document.metadata),
        json.dumps(asdict(document.extraction)),
        json.dumps([asdict(page) for page in document.pages]),
        json.dumps([asdict(heading) for heading in document.headings]),
        blocks_text(document.blocks),
        document.text,
        document.word_boxes,
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


def sentence_stems(passage: Passage) -> str:
    """The stems of a passage's words, a line for each sentence."""
    spans = [(start - passage.start, end - passage.start) for start, end in passage.sentences]
    return "\n".join(" ".join(terms(passage.text[start:end])) for start, end in spans)
