"""A build copied into a database, without encoding anything again, and read back as it was sent."""

from __future__ import annotations

from collections.abc import Iterator

from qa_service.errors import BuildFailed
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.postgres.database import (
    Connection,
    copy_rows,
    rows_in_windows,
    rows_of,
)
from qa_service.indexing.engine.postgres.schema import (
    MOST_COMPARED,
    TABLES,
    complete_tables,
    create_tables,
)
from qa_service.indexing.engine.postgres.wire import TYPES
from qa_service.indexing.engine.postgres.writing.contents import (
    ContentsHash,
    FolderContents,
    Row,
)
from qa_service.indexing.keeping.manifest import manifest_text

_INDEX_OF_VECTORS = """CREATE INDEX nearness ON vectors
    USING hnsw ((vector::halfvec({dimension})) halfvec_ip_ops)
    WITH (m = 24, ef_construction = 200)"""
"""Of 16 bits a number. Of the ten nearest of a question it finds .9965 over 101,531 passages; with
m = 16 and ef_construction = 160 .9935, and with 32 bits a number, in twice the room, no more."""
_IN_ORDER = {
    "documents": "first_row, id",
    "passages": "row",
    "facts": "document_id, place",
    "recurring": "document_id",
    "sources": "source",
    "withdrawals": "id",
    "vectors": "row",
    "sentence_vectors": "place",
    "words": "row",
    "postings": 'stem, access IS NOT NULL, array_to_string(access, chr(31)) COLLATE "C"',
    "files": "name",
}


def schema_of(build: str) -> str:
    """The schema that holds a build."""
    return f"build_{build}"


def put_build(connection: Connection, build: FolderBuild) -> None:
    """Copies a build into the database, all of it or, whatever goes wrong, nothing.

    Raises BuildFailed where the database holds it already.
    """
    manifest, contents, told = build.manifest, FolderContents(build), ContentsHash()
    schema = schema_of(manifest.build)
    if rows_of(connection, "SELECT 1 FROM qa.builds WHERE build = %s", (manifest.build,)):
        raise BuildFailed(f"the database holds build {manifest.build} already")
    create_tables(connection, schema, manifest.dimension)
    for table, columns in TABLES.items():
        types = [TYPES.get(kind, kind) for kind in columns.values()]
        copy_rows(connection, table, types, told.told(table, contents.rows(table)))
    if manifest.passages > MOST_COMPARED:
        connection.execute(_INDEX_OF_VECTORS.format(dimension=manifest.dimension).encode())
    complete_tables(connection)
    connection.execute(
        "INSERT INTO qa.builds (build, schema, manifest, contents) VALUES (%s, %s, %s, %s)",
        (manifest.build, schema, manifest_text(manifest), told.hexdigest()),
    )


def rows_as_sent(connection: Connection, table: str) -> Iterator[Row]:
    """The rows of a table of the build that statements look in, as `FolderContents` gives them."""
    columns = ", ".join(_as_sent(name, kind) for name, kind in TABLES[table].items())
    order = ", ".join(
        f'{part} COLLATE "C"' if TABLES[table].get(part) == "text" else part
        for part in _IN_ORDER[table].split(", ")
    )
    yield from rows_in_windows(connection, f"SELECT {columns} FROM {table} ORDER BY {order}")


def _as_sent(name: str, kind: str) -> str:
    senders = {"vector": "vector_send", "int4[]": "array_send", "float4[]": "array_send"}
    return f'{senders[kind]}("{name}")' if kind in senders else f'"{name}"'


def stored_hash(connection: Connection) -> str:
    """The hash of all that the build holds that statements look in; see `contents_hash`."""
    told = ContentsHash()
    for table in TABLES:
        for _ in told.told(table, rows_as_sent(connection, table)):
            pass
    return told.hexdigest()
