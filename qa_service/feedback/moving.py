"""Verdicts, or questions asked, copied from where they lie to another place."""

from __future__ import annotations

import hashlib

from qa_service.disk.kept_records import Records

COLUMNS = {
    "feedback": "id, stored, question, verdict, answered, citation, standalone_question, history, "
    "filters, reason, note",
    "questions": "asked, question, answered, limited, confidence, understood",
}
"""Of each table, all but the number that orders its rows."""


def copy_records(source: Records, target: Records, table: str) -> bool | None:
    """Copies all records of a table to where there is none yet; whether those that are there now
    have the same hash, which they have not where there were others. None where there is none to
    copy."""
    columns = COLUMNS[table]
    rows = source.rows(f"SELECT {columns} FROM {table} ORDER BY number")
    if not rows:
        return None
    with target.writing() as connection:
        if not connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall():
            marks = ", ".join("?" * len(rows[0]))
            for row in rows:
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)
    return records_hash(target, table) == records_hash(source, table)


def records_hash(records: Records, table: str) -> str:
    """sha256, in hex, of all records of a table in their order."""
    rows = records.rows(f"SELECT {COLUMNS[table]} FROM {table} ORDER BY number")
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()
