"""A hash of every stored document and passage, looked at whenever one is read.

A build is verified when it is opened. What changes in its files after that, by a failing disk or
a careless copy, would be quoted as if a source had said it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from qa_service.errors import DamagedBuild
from qa_service.indexing.engine.store_records import DOCUMENT, PASSAGE

SEAL_TABLES = """
CREATE TABLE document_seals (id TEXT PRIMARY KEY, seal BLOB NOT NULL) STRICT;
CREATE TABLE passage_seals (row INTEGER PRIMARY KEY, seal BLOB NOT NULL) STRICT;
"""
SEALED_DOCUMENT = f"{DOCUMENT}, (SELECT seal FROM document_seals AS s WHERE s.id = documents.id)"
SEALED_PASSAGE = f"{PASSAGE}, (SELECT seal FROM passage_seals AS s WHERE s.row = passages.row)"
"""Columns of a document and a passage, with the hash last."""
SEAL_BYTES = 16


def seal(record: Iterable[Any]) -> bytes:
    """A hash of the values of a row, each with its length."""
    digest = blake2b(digest_size=SEAL_BYTES)
    for value in record:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.digest()


def unsealed(record: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without the hash at its end. Raises DamagedBuild where it is not the row's."""
    *values, stored = record
    if stored != seal(values):
        document = values[2] if isinstance(values[0], int) else values[0]
        raise DamagedBuild(
            f"a text of {document} is not what was stored; the disk may be failing; "
            "run: qa-service build --full"
        )
    return tuple(values)
