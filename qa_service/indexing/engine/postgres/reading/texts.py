"""Documents and passages of a build in a database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qa_service.errors import DocumentNotFound, unknown_document
from qa_service.indexing.engine.fact_records import fact_of
from qa_service.indexing.engine.keyword import Rows
from qa_service.indexing.engine.postgres.reading.filtering import condition
from qa_service.indexing.engine.postgres.reading.session import Session
from qa_service.indexing.engine.postgres.wire import received_array
from qa_service.indexing.engine.seals import unsealed
from qa_service.indexing.engine.store_records import (
    StoredSentences,
    blocks_of,
    document_of,
    in_order,
    joined_ranges,
    passage_of,
    summary_of,
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


class DatabaseTexts:
    """The TextReader of a build; what is read is compared with its hash, as it is from files."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen = session.seen

    def counts(self) -> tuple[int, int, int]:
        """See TextReader."""
        statement = f"""SELECT (SELECT count(*) FROM documents WHERE {self._seen}),
            coalesce(max(row) + 1, 0), coalesce(max(first_sentence + sentence_count), 0)
            FROM passages WHERE {self._seen}"""
        documents, passages, sentences = self._session.rows(statement)[0]
        return documents, passages, sentences

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """See TextReader."""
        wanted = [int(row) for row in rows]
        found = map(unsealed, self._of_rows(_PASSAGE, wanted))
        return in_order({record[0]: passage_of(record) for record in found}, wanted)

    def sentences(self, rows: Iterable[int]) -> list[StoredSentences]:
        """See TextReader."""
        wanted = [int(row) for row in rows]
        found = self._of_rows("row, first_sentence, sentence_count, stems", wanted)
        return in_order({row: StoredSentences(*values) for row, *values in found}, wanted)

    def contexts(self, rows: Iterable[int]) -> list[str]:
        """See TextReader."""
        wanted = [int(row) for row in rows]
        seen = self._seen.replace("access", "documents.access")
        statement = f"""SELECT row, title, heading_path FROM passages
            JOIN documents ON documents.id = document_id WHERE row = ANY(%(rows)s) AND {seen}"""
        found = self._session.rows(statement, rows=wanted)
        told = {row: "\n".join([title, *json.loads(path)]) for row, title, path in found}
        return in_order(told, wanted)

    def _of_rows(self, columns: str, rows: list[int]) -> list[tuple[Any, ...]]:
        statement = f"SELECT {columns} FROM passages WHERE row = ANY(%(rows)s) AND {self._seen}"
        return self._session.rows(statement, rows=rows)

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
        return document_of(unsealed(self._document(_DOCUMENT, document_id)))

    def blocks(self, document_id: str) -> tuple[Block, ...]:
        """See TextReader."""
        recurring = "(SELECT offsets FROM recurring WHERE document_id = documents.id)"
        columns = f"blocks, coalesce({recurring}, '[]')"
        return blocks_of(*self._document(columns, document_id))

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
