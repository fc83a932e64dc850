"""Documents and passages of a build in a database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qa_service.errors import DocumentNotFound, unknown_document
from qa_service.indexing.engine.fact_records import fact_of
from qa_service.indexing.engine.keyword import Rows
from qa_service.indexing.engine.postgres.reading.filtering import condition
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.postgres.wire import received_array
from qa_service.indexing.engine.seals import unsealed
from qa_service.indexing.engine.store_cache import Kept
from qa_service.indexing.engine.store_records import (
    StoredSentences,
    document_of,
    in_order,
    joined_ranges,
    passage_of,
    summary_of,
    with_boilerplate,
    withdrawn_document,
)
from qa_service.nouns.documents import (
    Block,
    Document,
    DocumentSummary,
    Passage,
    StoredFact,
    Withdrawal,
)
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.stems import terms

_DOCUMENT = """id, version, title, source, date, text, collection, pages, headings, metadata,
    extraction, word_boxes, blocks, facts_told, document_seal"""
_SUMMARY = """id, version, title, source, date, collection, page_count, passages, metadata,
    extraction, sources_told, summary_seal"""
_PASSAGE = """row, id, document_id, heading_path, text, start, "end", page, sentences, blocks,
    recurring, seal"""
_FACT = """document_id, row, sentence, label, value, start, "end", value_start, value_end,
    "column", date, seal"""


MOST_RECORDS = 1_000
"""Of which all that is stored is kept: a question asks for one part of it after the other."""


@dataclass(frozen=True, slots=True)
class _Record:
    """What is stored of a row; `passage` with its hash."""

    title: str
    sentences: StoredSentences
    passage: tuple[Any, ...]

    @property
    def row(self) -> int:
        return int(self.passage[0])

    @property
    def context(self) -> str:
        return "\n".join([self.title, *json.loads(self.passage[3])])


class DatabaseTexts:
    """The TextReader of a build; what is read is compared with its hash, as it is from files."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen = session.seen
        self._records: Kept[int, _Record] = Kept(self._load, MOST_RECORDS)

    def counts(self) -> tuple[int, int, int]:
        """See TextReader."""
        statement = f"""SELECT (SELECT count(*) FROM documents WHERE {self._seen}),
            coalesce(max(row) + 1, 0), coalesce(max(first_sentence + sentence_count), 0)
            FROM passages WHERE {self._seen}"""
        documents, passages, sentences = self._session.rows(statement)[0]
        return documents, passages, sentences

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """See TextReader."""
        return [passage_of(unsealed(record.passage)) for record in self._of_rows(rows)]

    def sentences(self, rows: Iterable[int]) -> list[StoredSentences]:
        """See TextReader."""
        return [record.sentences for record in self._of_rows(rows)]

    def contexts(self, rows: Iterable[int]) -> list[str]:
        """See TextReader."""
        return [record.context for record in self._of_rows(rows)]

    def _of_rows(self, rows: Iterable[int]) -> list[_Record]:
        return self._records.of([int(row) for row in rows])

    def _load(self, rows: Sequence[int]) -> dict[int, _Record]:
        statement = f"""SELECT (SELECT title FROM documents WHERE documents.id = document_id),
            first_sentence, sentence_count, stems, {_PASSAGE} FROM passages
            WHERE row = ANY(%(rows)s) AND {self._seen}"""
        found: dict[int, _Record] = {}
        for title, first, number, stems, *passage in self._session.rows(statement, rows=list(rows)):
            record = _Record(title, StoredSentences(first, number, stems), tuple(passage))
            found[record.row] = record
        return dict(zip(rows, in_order(found, rows), strict=True))

    def summaries(self, ids: Iterable[str] | None = None) -> tuple[DocumentSummary, ...]:
        """See TextReader."""
        among = "" if ids is None else "AND id = ANY(%(ids)s)"
        statement = f"""SELECT {_SUMMARY} FROM documents WHERE {self._seen} {among}
            ORDER BY title COLLATE "C", date COLLATE "C" NULLS FIRST, id COLLATE "C" """
        found = self._session.rows(statement, ids=list(ids or ()))
        return tuple(summary_of(unsealed(record)) for record in found)

    def summary(self, document_id: str) -> DocumentSummary:
        """See TextReader."""
        return summary_of(unsealed(self._document(_SUMMARY, document_id)))

    def document(self, document_id: str) -> Document:
        """See TextReader."""
        return self.documents([document_id])[0][0]

    def documents(self, ids: Sequence[str]) -> list[tuple[Document, tuple[Block, ...]]]:
        """See TextReader."""
        statement = f"""SELECT coalesce((SELECT offsets FROM recurring
            WHERE document_id = documents.id), '[]'), {_DOCUMENT} FROM documents
            WHERE id = ANY(%(ids)s) AND {self._seen}"""
        found: dict[str, tuple[Document, tuple[Block, ...]]] = {}
        for recurring, *record in self._session.rows(statement, ids=list(ids)):
            document = document_of(unsealed(tuple(record)))
            found[document.id] = document, with_boilerplate(document.blocks, recurring)
        for missing in (name for name in ids if name not in found):
            raise self._not_found(missing)
        return [found[name] for name in ids]

    def first_row(self, document_id: str) -> int:
        """See TextReader."""
        return int(self._document("first_row", document_id)[0])

    def _document(self, columns: str, document_id: str) -> tuple[Any, ...]:
        """One document's columns. Raises DocumentNotFound."""
        statement = f"SELECT {columns} FROM documents WHERE id = %(id)s AND {self._seen}"
        found = self._session.rows(statement, id=document_id)
        if not found:
            raise self._not_found(document_id)
        return found[0]

    def facts(
        self, label: str | None = None, document_ids: Iterable[str] | None = None
    ) -> list[StoredFact]:
        """See TextReader."""
        stems = [] if label is None else [f" {stem} " for stem in set(terms(label)) or {label}]
        parts = [self._seen, "NOT EXISTS (SELECT 1 FROM unnest(%(stems)s::text[]) AS stem"]
        parts[1] += " WHERE strpos(stems, stem) = 0)"
        parts += [] if document_ids is None else ["document_id = ANY(%(ids)s)"]
        statement = f"""SELECT {_FACT} FROM facts WHERE {" AND ".join(parts)}
            ORDER BY document_id COLLATE "C", place"""
        found = self._session.rows(statement, stems=stems, ids=list(document_ids or ()))
        return [fact_of(unsealed(record)) for record in found]

    def first_rows(self) -> list[tuple[int, str]]:
        """See TextReader."""
        statement = f"""SELECT first_row, id FROM documents WHERE passages > 0 AND {self._seen}
            ORDER BY first_row"""
        return [(row, name) for row, name in self._session.rows(statement)]

    def headings(self) -> list[tuple[str, str]]:
        """See TextReader."""
        statement = f"""SELECT id, headings, outline_seal FROM documents WHERE {self._seen}
            ORDER BY first_row"""
        records = map(unsealed, self._session.rows(statement))
        return [(name, item["text"]) for name, found in records for item in json.loads(found)]

    def stated(self) -> list[tuple[str, str]]:
        """See TextReader."""
        statement = f"""SELECT DISTINCT file COLLATE "C" AS file, stated FROM sources
            WHERE file_version != '' AND {self._seen} ORDER BY file"""
        return [(file, told) for file, told in self._session.rows(statement)]

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """See TextReader; nobody who is asked for groups is told of any."""
        return tuple(self._withdrawals("true", id=""))

    def _withdrawals(self, where: str, **values: Any) -> list[Withdrawal]:
        if self._seen != "true":
            return []
        statement = f"""SELECT id, title, source, version, date, moved_to, seal FROM withdrawals
            WHERE {where} ORDER BY date COLLATE "C" DESC, id COLLATE "C" """
        return [Withdrawal(*unsealed(row)) for row in self._session.rows(statement, **values)]

    def _not_found(self, document_id: str) -> DocumentNotFound:
        for gone in self._withdrawals("id = %(id)s", id=document_id):
            return withdrawn_document(gone)
        return unknown_document(document_id)

    def rows_within(self, filters: Filters) -> Rows | None:
        """See TextReader."""
        if filters == NO_FILTERS:
            return None
        where, values = condition(filters)
        statement = f"""SELECT array_send(coalesce(array_agg(first_row::int4), '{{}}')),
            array_send(coalesce(array_agg(passages::int4), '{{}}')) FROM (SELECT * FROM documents
            WHERE {where} AND {self._seen} ORDER BY first_row) AS found"""
        ((firsts, counts),) = self._session.rows(statement, **values)
        return joined_ranges(received_array(firsts), received_array(counts))
