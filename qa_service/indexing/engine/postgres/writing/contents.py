"""All that a folder's build holds, as rows of the tables of the other engine, and their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from qa_service.indexing.engine.embedded.folder import STORE_FILE, FolderBuild
from qa_service.indexing.engine.embedded.raw_rows import raw_rows
from qa_service.indexing.engine.keyword import Posting
from qa_service.indexing.engine.postgres.schema import TABLES
from qa_service.indexing.engine.postgres.wire import sent_array, sent_vector
from qa_service.indexing.lookup.suggested import SUGGESTED_FILE
from qa_service.indexing.lookup.words import COUNTS_FILE, WORDS_FILE
from qa_service.nouns.access import ACCESS, named_groups
from qa_service.stems import unaccented

Row = tuple[Any, ...]
Access = list[str] | None
"""The groups that may read; None for everybody."""

FILES = (WORDS_FILE, COUNTS_FILE, SUGGESTED_FILE)
_WINDOW = 1_000


@dataclass(frozen=True)
class FolderContents:
    """The rows of each table that a folder's build makes."""

    build: FolderBuild

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, in the order of its key; arrays and vectors as they are sent."""
        match table:
            case "vectors":
                return self._vectors()
            case "sentence_vectors":
                return self._sentence_vectors()
            case "words":
                return self._words()
            case "postings":
                return self._postings()
            case "files":
                return self._files()
            case _:
                return self._stored(table)

    @cached_property
    def _documents(self) -> dict[str, Access]:
        """What each document states of who may read it."""
        rows = raw_rows(self.build.folder / STORE_FILE, "documents")
        stated = {row[0]: json.loads(row[8]) for row in rows}
        return {
            name: sorted(named_groups(metadata)) if metadata.get(ACCESS) else None
            for name, metadata in stated.items()
        }

    @cached_property
    def _by_row(self) -> list[Access]:
        passages = raw_rows(self.build.folder / STORE_FILE, "passages")
        return [self._documents[row[2]] for row in passages]

    def _stored(self, table: str) -> Iterator[Row]:
        columns = list(TABLES[table])
        place = columns.index("access") if "access" in columns else None
        key = columns.index("id") if table == "documents" else None
        for row in raw_rows(self.build.folder / STORE_FILE, table):
            if place is None:
                yield row
            else:
                name = row[columns.index("document_id") if key is None else key]
                yield *row[:place], self._documents[name], *row[place:]

    def _vectors(self) -> Iterator[Row]:
        for first in range(0, len(self._by_row), _WINDOW):
            for row, vector in enumerate(self.build.vectors.passages[first : first + _WINDOW]):
                yield first + row, sent_vector(vector), self._by_row[first + row]

    def _sentence_vectors(self) -> Iterator[Row]:
        for passage in raw_rows(self.build.folder / STORE_FILE, "passages"):
            first, count = passage[10], passage[-2]
            for place, vector in enumerate(self.build.vectors.sentences[first : first + count]):
                yield first + place, vector.tobytes(), self._by_row[passage[0]]

    def _words(self) -> Iterator[Row]:
        """The stems of each row with their scores: postings the other way round."""
        stems, postings = self._all_postings
        numbers = np.repeat(np.arange(len(stems)), [len(each.rows) for each in postings])
        rows = np.concatenate([np.empty(0, np.int32), *(each.rows for each in postings)])
        scores = np.concatenate([np.empty(0, np.float32), *(each.scores for each in postings)])
        order = np.lexsort((numbers, rows))
        ends = np.searchsorted(rows[order], np.arange(len(self._by_row) + 1))
        for row, access in enumerate(self._by_row):
            held = order[ends[row] : ends[row + 1]]
            yield row, [stems[n] for n in numbers[held]], sent_array(scores[held]), access

    def _postings(self) -> Iterator[Row]:
        """The rows of each stem with its scores in them, apart for each access."""
        kinds = sorted({repr(access): access for access in self._by_row}.values(), key=_in_order)
        numbers = {repr(access): number for number, access in enumerate(kinds)}
        kind_of_row = np.array([numbers[repr(access)] for access in self._by_row], np.int64)
        for stem, posting in zip(*self._all_postings, strict=True):
            rarity = self.build.keyword.inverse_document_frequency(stem)
            of_rows = kind_of_row[posting.rows]
            for number in np.unique(of_rows):
                held = of_rows == number
                rows, scores = posting.rows[held], posting.scores[held]
                arrays = sent_array(rows), sent_array(scores)
                yield stem, unaccented(stem), len(rows), rarity, *arrays, kinds[number]

    @cached_property
    def _all_postings(self) -> tuple[list[str], list[Posting]]:
        found = sorted(self.build.keyword.postings(), key=lambda item: item[0].encode())
        return [stem for stem, _ in found], [posting for _, posting in found]

    def _files(self) -> Iterator[Row]:
        for name in sorted(FILES):
            if name in self.build.manifest.files:
                yield name, (self.build.folder / name).read_bytes()


def _in_order(access: Access) -> tuple[bool, bytes]:
    """As the tables are read: what everybody may read first, then by the bytes of the names."""
    return access is not None, chr(31).join(access or ()).encode()


class ContentsHash:
    """sha256 of the rows of all tables, each told in turn."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def told(self, table: str, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, which are hashed as they pass."""
        self._digest.update(f"{table}\n".encode())
        for row in rows:
            for value in row:
                data = value if isinstance(value, bytes) else repr(value).encode("utf-8")
                self._digest.update(b"%d:" % len(data))
                self._digest.update(data)
            yield row

    def hexdigest(self) -> str:
        """The hash of all that was told."""
        return self._digest.hexdigest()


def contents_hash(build: FolderBuild) -> str:
    """The hash of all that a folder's build holds, whichever way its files are laid out."""
    contents, told = FolderContents(build), ContentsHash()
    for table in TABLES:
        for _ in told.told(table, contents.rows(table)):
            pass
    return told.hexdigest()
