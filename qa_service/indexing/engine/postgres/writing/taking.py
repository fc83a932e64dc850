"""A build of a database written as files, without encoding anything again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from qa_service.errors import DamagedBuild
from qa_service.indexing.engine.embedded.folder import STORE_FILE, FolderBuild
from qa_service.indexing.engine.embedded.indexes import index_vectors, index_words
from qa_service.indexing.engine.embedded.raw_rows import write_raw_rows
from qa_service.indexing.engine.postgres.database import Connection
from qa_service.indexing.engine.postgres.schema import OWN_COLUMNS
from qa_service.indexing.engine.postgres.wire import received_vectors
from qa_service.indexing.engine.postgres.writing.contents import Row, contents_hash
from qa_service.indexing.engine.postgres.writing.copying import rows_as_sent
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.vectors import VectorWriter
from qa_service.indexing.keeping.manifest import Manifest, hash_files, write_manifest

_WINDOW = 1_000


def take_build(connection: Connection, manifest: Manifest, contents: str, folder: Path) -> None:
    """Writes the build that statements look in as files, into an empty folder.

    Raises DamagedBuild where they do not hold what was copied into the database, of which
    `contents` is the hash.
    """
    write_raw_rows(
        folder / STORE_FILE,
        ((table, _own(connection, table, count)) for table, count in OWN_COLUMNS.items()),
    )
    _write_vectors(connection, manifest.dimension, folder)
    for name, content in rows_as_sent(connection, "files"):
        (folder / name).write_bytes(content)
    with closing(PassageStore(folder / STORE_FILE)) as store:
        index_words(store, folder)
    index_vectors(folder)
    write_manifest(folder, replace(manifest, files=hash_files(folder)))
    with closing(FolderBuild(folder)) as build:
        if contents_hash(build) != contents:
            raise DamagedBuild(f"build {manifest.build} is not what was copied into the database")


def _own(connection: Connection, table: str, count: int) -> Iterator[Row]:
    """Rows of a table without what was added to them: the embedded engine's own columns."""
    return (row[:count] for row in rows_as_sent(connection, table))


def _write_vectors(connection: Connection, dimension: int, folder: Path) -> None:
    passages = (row[1] for row in rows_as_sent(connection, "vectors"))
    sentences = (row[1] for row in rows_as_sent(connection, "sentence_vectors"))
    empty = np.empty((0, dimension), np.float32)
    with closing(VectorWriter(folder, dimension)) as writer:
        while sent := list(islice(passages, _WINDOW)):
            writer.append(received_vectors(sent, dimension), empty)
        while sent := list(islice(sentences, _WINDOW)):
            writer.append(empty, np.frombuffer(b"".join(sent), np.float16).reshape(-1, dimension))
