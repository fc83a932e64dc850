"""The tables of a database: those of all builds, in the schema `qa`, and those of one."""

from __future__ import annotations

from qa_service.errors import EngineMismatch
from qa_service.indexing.engine.postgres.database import Connection, rows_of

VERSION = 1
"""Of the schema `qa`; a newer service may bring a higher one, and the steps to it."""
EVERYTHING = "*"
"""Groups of a connection that sees every document."""
SEPARATOR = "\x1f"
MOST_COMPARED = 20_000
"""Vectors of a build that are compared one by one; more get an index (HNSW, Malkov and Yashunin,
2016)."""
SOMEBODY = "\x1e"
"""Stands before the groups of a person, so that one in none is not taken for nobody."""

_MIGRATIONS = (
    """
    CREATE SCHEMA qa;
    CREATE TABLE qa.version (number integer NOT NULL);
    CREATE TABLE qa.builds (
        build text PRIMARY KEY, schema text NOT NULL UNIQUE, manifest text NOT NULL,
        contents text NOT NULL, number bigint GENERATED ALWAYS AS IDENTITY);
    CREATE TABLE qa.pointer (
        one boolean PRIMARY KEY DEFAULT true CHECK (one), build text REFERENCES qa.builds);
    INSERT INTO qa.pointer (build) VALUES (NULL);
    """,
)
"""Each step from a version to the next."""

TABLES: dict[str, dict[str, str]] = {
    "documents": {
        "id": "text",
        "version": "text",
        "title": "text",
        "source": "text",
        "date": "text",
        "collection": "text",
        "first_row": "int8",
        "passages": "int8",
        "metadata": "text",
        "extraction": "text",
        "pages": "text",
        "headings": "text",
        "blocks": "text",
        "text": "text",
        "word_boxes": "bytea",
        "access": "text[]",
        "sources_told": "text",
        "facts_told": "text",
        "page_count": "int8",
        "document_seal": "bytea",
        "summary_seal": "bytea",
        "outline_seal": "bytea",
    },
    "passages": {
        "row": "int8",
        "id": "text",
        "document_id": "text",
        "heading_path": "text",
        "text": "text",
        "start": "int8",
        "end": "int8",
        "page": "int8",
        "sentences": "text",
        "vector_key": "bytea",
        "first_sentence": "int8",
        "stems": "text",
        "blocks": "text",
        "recurring": "text",
        "access": "text[]",
        "sentence_count": "int8",
        "seal": "bytea",
    },
    "facts": {
        "document_id": "text",
        "place": "int8",
        "stems": "text",
        "label": "text",
        "value": "text",
        "start": "int8",
        "end": "int8",
        "value_start": "int8",
        "value_end": "int8",
        "column": "text",
        "date": "text",
        "row": "int8",
        "sentence": "int8",
        "access": "text[]",
        "seal": "bytea",
    },
    "recurring": {"document_id": "text", "offsets": "text", "access": "text[]"},
    "sources": {
        "source": "text",
        "document_id": "text",
        "collection": "text",
        "file": "text",
        "file_version": "text",
        "stated": "text",
        "access": "text[]",
    },
    "withdrawals": {
        "id": "text",
        "title": "text",
        "source": "text",
        "version": "text",
        "date": "text",
        "moved_to": "text",
        "seal": "bytea",
    },
    "vectors": {"row": "int8", "vector": "vector", "access": "text[]"},
    "sentence_vectors": {"place": "int8", "vector": "bytea", "access": "text[]"},
    "words": {"row": "int8", "stems": "text[]", "scores": "float4[]", "access": "text[]"},
    "postings": {
        "stem": "text",
        "plain": "text",
        "held": "int8",
        "rarity": "float8",
        "rows": "int4[]",
        "scores": "float4[]",
        "access": "text[]",
    },
    "files": {"name": "text", "content": "bytea"},
}
"""Columns of the tables of a build. The first are those of the embedded engine's, in its order."""

OWN_COLUMNS = {
    "documents": 15,
    "passages": 14,
    "facts": 13,
    "recurring": 2,
    "sources": 6,
    "withdrawals": 6,
}
"""How many columns of these tables, the first, are those of the embedded engine's store."""

_AFTER_LOADING = (
    "ALTER TABLE documents ADD PRIMARY KEY (id)",
    "CREATE INDEX ON documents (first_row, passages, id, date)",
    "ALTER TABLE passages ADD PRIMARY KEY (row)",
    "CREATE INDEX ON passages (document_id)",
    "CREATE INDEX ON facts (document_id, place)",
    "CREATE INDEX ON sources (document_id)",
    "CREATE INDEX ON sources (collection)",
    "CREATE INDEX ON withdrawals (id)",
    "ALTER TABLE vectors ADD PRIMARY KEY (row)",
    "ALTER TABLE sentence_vectors ADD PRIMARY KEY (place)",
    "ALTER TABLE words ADD PRIMARY KEY (row)",
    "CREATE INDEX ON postings (stem)",
    "CREATE INDEX ON postings (plain)",
)
_GROUPS = "(SELECT current_setting('qa.groups', true))"
_MAY_READ = f"""{_GROUPS} = '{EVERYTHING}' OR ({_GROUPS} LIKE chr(30) || '%' AND
    (access IS NULL OR access && (SELECT string_to_array(current_setting('qa.groups', true),
    chr(31)))))"""
_SEES_ALL = f"{_GROUPS} = '{EVERYTHING}'"


def migrate(connection: Connection) -> None:
    """Makes the tables of all builds, or brings them to this version."""
    rows_of(connection, "SELECT pg_advisory_xact_lock(hashtextextended('qa.migrate', 0))")
    found = version_of(connection)
    for step in _MIGRATIONS[found:]:
        connection.execute(step.encode())
    if found == 0:
        connection.execute("INSERT INTO qa.version VALUES (%s)", (VERSION,))
    else:
        connection.execute("UPDATE qa.version SET number = %s", (VERSION,))


def version_of(connection: Connection) -> int:
    """The version of the schema, 0 where there is none. Raises EngineMismatch for a newer one."""
    if rows_of(connection, "SELECT to_regclass('qa.version') IS NULL") == [(True,)]:
        return 0
    found = int(rows_of(connection, "SELECT number FROM qa.version")[0][0])
    if found > VERSION:
        raise EngineMismatch(
            f"the database has version {found} of its tables, this service knows {VERSION}; "
            "install a newer qa-service"
        )
    return found


def create_tables(connection: Connection, schema: str, dimension: int) -> None:
    """The empty tables of a build in a schema of its own, in which statements look from now on."""
    connection.execute(f'CREATE SCHEMA "{schema}"'.encode())
    connection.execute(f'SET LOCAL search_path TO "{schema}", public'.encode())
    for table, columns in TABLES.items():
        typed = (
            f'"{name}" {f"vector({dimension})" if kind == "vector" else kind}'
            for name, kind in columns.items()
        )
        connection.execute(f"CREATE TABLE {table} ({', '.join(typed)})".encode())
    for table, column in (("sentence_vectors", "vector"), ("postings", "rows")):
        connection.execute(f'ALTER TABLE {table} ALTER "{column}" SET STORAGE EXTERNAL'.encode())


def complete_tables(connection: Connection) -> None:
    """Indexes of tables that were filled, and the rule that nobody reads a row by oversight."""
    for statement in _AFTER_LOADING:
        connection.execute(statement.encode())
    for table, columns in TABLES.items():
        rule = _MAY_READ if "access" in columns else _SEES_ALL
        for statement in (
            f"CREATE POLICY readers ON {table} FOR SELECT USING ({rule})",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"ANALYZE {table}",
        ):
            connection.execute(statement.encode())
