"""The rows of a store as they lie in its tables, for another engine and back from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from qa_service.errors import DamagedBuild
from qa_service.indexing.engine.seals import ALL_SEALED
from qa_service.indexing.engine.store_records import FACTS, SOURCES
from qa_service.indexing.engine.store_writing import StoreWriter

_IN_ORDER = {
    "documents": f"""SELECT documents.*, {SOURCES}, {FACTS}, json_array_length(pages),
        document_seals.seal, summary_seals.seal, outline_seals.seal FROM documents
        JOIN document_seals USING (id) JOIN summary_seals USING (id) JOIN outline_seals USING (id)
        ORDER BY first_row, id""",
    "passages": """SELECT passages.*, json_array_length(sentences), seal FROM passages
        JOIN passage_seals USING (row) ORDER BY row""",
    "facts": """SELECT facts.*, seal FROM facts JOIN fact_seals USING (document_id, place)
        ORDER BY document_id, place""",
    "recurring": "SELECT * FROM recurring ORDER BY document_id",
    "sources": "SELECT * FROM sources ORDER BY source",
    "withdrawals": """SELECT withdrawals.*, seal FROM withdrawals
        JOIN withdrawal_seals USING (id) ORDER BY id""",
}
"""The columns of each table, then what is told of them when they are read, their hashes last."""


def raw_rows(path: Path, table: str) -> Iterator[tuple[Any, ...]]:
    """Every row of a table. Raises DamagedBuild where the file is older than a part of it."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            yield from connection.execute(_IN_ORDER[table])
    except sqlite3.Error as error:
        raise DamagedBuild(
            f"the texts of the index cannot be copied ({error}); run: qa-service build --full"
        ) from error


def write_raw_rows(path: Path, tables: Iterable[tuple[str, Iterable[Sequence[Any]]]]) -> None:
    """Writes a new store of the rows of each table, of its own columns alone, with their hashes."""
    StoreWriter(path).close()
    with closing(sqlite3.connect(path)) as connection:
        for table, rows in tables:
            columns = len(connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
            marks = ",".join("?" * columns)
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        for sealed in ALL_SEALED:
            stored = connection.execute(sealed.to_seal)
            connection.executemany(sealed.insertion, sealed.records(stored))
        connection.commit()
