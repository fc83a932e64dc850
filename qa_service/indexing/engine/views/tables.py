"""The tables of a store as views of the same names: every query is of the admitted rows alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol

_ADMITTED = "CREATE TEMP TABLE admitted (id TEXT PRIMARY KEY) WITHOUT ROWID"
_COLUMNS = """SELECT tables.name, columns.name FROM main.sqlite_master AS tables
    JOIN pragma_table_info(tables.name, 'main') AS columns WHERE tables.type = 'table'"""


class Connection(Protocol):
    """What is asked of a connection to SQLite."""

    def execute(self, statement: str, /) -> Iterable[Any]: ...

    def executemany(self, statement: str, values: Iterable[tuple[str]], /) -> object: ...

    def commit(self) -> None: ...


def cover_tables(connection: Connection, admitted: Iterable[str]) -> None:
    """Puts views in the place of all tables, in which the documents of these ids alone stand.

    SQLite takes a name for a temporary view's before it takes it for a table's.
    """
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        columns.setdefault(table, set()).add(column)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(_ADMITTED)
    connection.executemany("INSERT INTO admitted VALUES (?)", ((name,) for name in admitted))
    for table, held in columns.items():
        for view in _views(table, held):
            connection.execute(view)
    connection.commit()


def _views(table: str, columns: Collection[str]) -> Iterator[str]:
    """The view of a table. Of one that tells no document for its rows nothing is seen; hashes
    tell nothing."""
    if not table.endswith("_seals"):
        key = "id" if table == "documents" else "document_id" if "document_id" in columns else ""
        among = f"{key} IN (SELECT id FROM temp.admitted)" if key else "0"
        yield f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {among}"
