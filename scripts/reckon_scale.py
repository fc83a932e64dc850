#!/usr/bin/env python3
"""Reckons what up to a billion passages take in PostgreSQL, from the build in use of a database.

    .venv/bin/python scripts/reckon_scale.py ADDRESS

Prints its figures and writes the table of docs/scaling.md. Of each table of the build the bytes
of a passage are measured there; all else is multiplication.
"""

from __future__ import annotations

import sys

from make_figures import write_figures

from qa_service.indexing.engine.postgres.database import Database, rows_of
from qa_service.indexing.engine.postgres.schema import EVERYTHING
from qa_service.indexing.engine.postgres.writing.copying import schema_of
from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds

ENCODED = 173
"""Passages that one machine of two cores encodes a second (docs/performance.md)."""
SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000)
MOST_OF_ONE = 200_000_000
"""Passages; of more, documents lie on several primaries."""
PRIMARIES = 16
MEMORIES = (4, 8, 16, 32, 64, 128, 256, 384, 512, 768, 1024)
"""Gigabytes of servers, of which two thirds may be what is hot."""
COLUMNS = ["passages", "disk", "hot", "memory of a server", "encoding, one machine", "a hundred"]
_SIZES = """SELECT relname, pg_total_relation_size(pg_class.oid)::int8,
    pg_indexes_size(pg_class.oid)::int8 FROM pg_class
    JOIN pg_namespace ON relnamespace = pg_namespace.oid WHERE nspname = %s AND relkind = 'r'"""


def main() -> None:
    whole, hot = bytes_of_a_passage(sys.argv[1])
    rows = [row(size, whole, hot) for size in SIZES]
    measured = {"columns": COLUMNS, "bytes_of_a_passage": [whole, hot]}
    write_figures("scale-reckoned", "scripts/reckon_scale.py ADDRESS", rows, **measured)
    for line in (COLUMNS, *rows):
        print(" | ".join(map(str, line)))


def bytes_of_a_passage(address: str) -> tuple[float, float]:
    """All of them, and those that questions keep asking for: vectors in their index, and words."""
    database = Database(address)
    manifest = next(kept for kept, in_use in DatabaseBuilds(database).all() if in_use)
    with database.writing() as connection:
        rows_of(connection, "SELECT set_config('qa.groups', %s, true)", (EVERYTHING,))
        found = rows_of(connection, _SIZES, (schema_of(manifest.build),))
    tables = {name: (whole, indexes) for name, whole, indexes in found}
    for name, (whole, _) in sorted(tables.items(), key=lambda item: -item[1][0]):
        print(f"{name}: {whole / manifest.passages:,.0f} bytes a passage")
    whole = sum(size for size, _ in tables.values()) / manifest.passages
    hot = (tables["vectors"][1] + tables["postings"][0]) / manifest.passages
    print(f"all: {whole:,.0f}, hot: {hot:,.0f}, over {manifest.passages:,} passages\n")
    return whole, hot


def row(size: int, whole: float, hot: float) -> list[object]:
    """A line of the table."""
    primaries = PRIMARIES if size > MOST_OF_ONE else 1
    needed = size * hot / primaries / 1e9
    memory = next(it for it in MEMORIES if needed <= it * 2 / 3)
    alone = size / ENCODED
    servers = f"{memory} GB" if primaries == 1 else f"{primaries} of {memory} GB"
    return [
        f"{size:,}",
        bytes_words(size * whole),
        bytes_words(size * hot),
        servers,
        time_words(alone),
        time_words(alone / 100),
    ]


def bytes_words(number: float) -> str:
    """In giga- or terabytes, to two places that tell."""
    return f"{number / 1e12:.2g} TB" if number >= 1e12 else f"{number / 1e9:.3g} GB"


def time_words(seconds: float) -> str:
    """In minutes, hours or days."""
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.2g} {unit}"
    return f"{seconds:.0f} s"


if __name__ == "__main__":
    main()
