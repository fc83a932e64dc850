"""A hash of all that is stored and given out, looked at whenever it is read.

A build is verified when it is opened. What changes in its files after that, by a failing disk or
a careless copy, would be told as if a source had said it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from qa_service.errors import DamagedBuild
from qa_service.indexing.engine.fact_records import FACT
from qa_service.indexing.engine.store_records import (
    DOCUMENT,
    OUTLINE,
    PASSAGE,
    SUMMARY,
    WITHDRAWAL,
)
from qa_service.translation.sentences import said

SEAL_BYTES = 16


@dataclass(frozen=True, slots=True)
class Sealed:
    """Columns of a table that are read together, and the key of each row's hash in `seals`."""

    table: str
    columns: str
    seals: str
    key: tuple[str, ...] = ("id",)

    @property
    def creation(self) -> str:
        """The statement that makes the table of hashes."""
        key = ", ".join(self.key)
        return f"CREATE TABLE {self.seals} ({key}, seal BLOB NOT NULL, PRIMARY KEY ({key}));"

    @property
    def with_seal(self) -> str:
        """The columns with the hash last."""
        # The plus takes the type off a key: typed, it would not be looked up but searched for.
        same = " AND ".join(f"s.{name} = +{self.table}.{name}" for name in self.key)
        return f"{self.columns}, (SELECT seal FROM {self.seals} AS s WHERE {same})"

    @property
    def to_seal(self) -> str:
        """The query of every row: its key, then its columns."""
        return f"SELECT {', '.join(self.key)}, {self.columns} FROM {self.table}"

    @property
    def insertion(self) -> str:
        """The statement that notes a hash under its key."""
        return f"INSERT INTO {self.seals} VALUES ({', '.join('?' * (len(self.key) + 1))})"

    def records(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """What to insert for the rows of `to_seal`."""
        for row in rows:
            yield *row[: len(self.key)], seal(row[len(self.key) :])


SEALED_DOCUMENT = Sealed("documents", DOCUMENT, "document_seals")
SEALED_PASSAGE = Sealed("passages", PASSAGE, "passage_seals", ("row",))
SEALED_SUMMARY = Sealed("documents", SUMMARY, "summary_seals")
SEALED_OUTLINE = Sealed("documents", OUTLINE, "outline_seals")
SEALED_FACT = Sealed("facts", FACT, "fact_seals", ("document_id", "place"))
SEALED_WITHDRAWAL = Sealed("withdrawals", WITHDRAWAL, "withdrawal_seals")
ALL_SEALED = (
    *(SEALED_DOCUMENT, SEALED_PASSAGE, SEALED_SUMMARY),
    *(SEALED_OUTLINE, SEALED_FACT, SEALED_WITHDRAWAL),
)


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
            said(
                "a text of %(document)s is not what was stored; the disk may be failing; "
                "run: qa-service build --full",
                document=document,
            )
        )
    return tuple(values)
