"""The store: documents and passages come back as they went in, and filters mean what they say."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, built_index, make_document
from made_texts import prose

from qa_service.errors import DocumentNotFound
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.engine.seals import ALL_SEALED
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.engine.store_writing import StoreWriter
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.passages.cutting import split_document
from qa_service.nouns.documents import Document, Fact, Passage
from qa_service.nouns.questions import Filters
from qa_service.stems import terms

UNICODE_TEXT = "Überblick\n\n“Wörter” – 日本 😀 and\u2009more.\n\n" + prose(400)
WHOLE = make_document(
    UNICODE_TEXT,
    "whole",
    date="2023-05-24",
    headings=[(1, "Überblick")],
    page_lengths=[20, 30],
    metadata={"publisher": "Räte 😀", "format": "pdf"},
)
DATED = [
    make_document("One.", "day", date="2016-02-10", collection="inspections"),
    make_document("Two.", "month", date="2016-02", collection="inspections"),
    make_document("Three.", "year", date="2016", collection="schools"),
    make_document("Four.", "unknown", collection="schools"),
]


def write(path: Path, documents: list[Document]) -> list[Passage]:
    writer, written = StoreWriter(path), []
    for document in documents:
        split = split_document(document, FakeEmbedder().count_tokens, 256)
        passages = [replace(passage, row=len(written) + passage.row) for passage in split]
        writer.add(document, passages, [passage.id.encode() for passage in passages])
        written += passages
    writer.close()
    return written


@pytest.fixture
def stored(tmp_path):
    """Writes documents; gives the opened store and the passages that went into it."""
    stores = []

    def write_and_open(*documents: Document) -> tuple[PassageStore, list[Passage]]:
        passages = write(tmp_path / "passages.sqlite", list(documents))
        stores.append(PassageStore(tmp_path / "passages.sqlite"))
        return stores[-1], passages

    yield write_and_open
    for store in stores:
        store.close()


def ids_within(store: PassageStore, filters: Filters) -> list[str]:
    rows = store.rows_within(filters)
    assert rows is not None
    return [passage.document_id for passage in store.passages(rows)]


def test_a_document_comes_back_whole(stored) -> None:
    store, _ = stored(WHOLE)
    assert store.document("whole") == WHOLE


def test_passages_come_back_in_the_order_asked_for(stored) -> None:
    store, passages = stored(WHOLE, *DATED)
    wanted = [3, 0, 2, 0]
    assert store.passages(wanted) == [passages[row] for row in wanted]
    assert list(all_passages(store, window=2)) == passages


def test_sentences_are_numbered_through_the_whole_build(stored) -> None:
    store, passages = stored(WHOLE, *DATED)
    numbers = [sum(len(p.sentences) for p in passages[:row]) for row in range(len(passages))]
    assert [found.first for found in store.sentences(reversed(range(len(passages))))] == numbers[
        ::-1
    ]


def test_the_stems_of_every_sentence_are_stored(stored) -> None:
    store, passages = stored(WHOLE, *DATED)
    assert [found.stems for found in store.sentences([2, 0])] == [
        stems_of(passages[2]),
        stems_of(passages[0]),
    ]


def test_stems_are_found_in_one_text_as_they_are_in_lists(stored) -> None:
    store, passages = stored(WHOLE, *DATED)
    for found in store.sentences(range(len(passages))):
        assert [line.split() for line in found.spaced] == found.stems
        assert found.run.split() == [stem for stems in found.stems for stem in stems]
        assert all(f" {stem} " in line for line in found.spaced for stem in line.split())


def test_the_hash_of_a_row_is_looked_up_and_not_searched_for(stored) -> None:
    store, _ = stored(WHOLE)
    for sealed in ALL_SEALED:
        plan = store._rows(f"EXPLAIN QUERY PLAN SELECT {sealed.with_seal} FROM {sealed.table}")
        (of_hashes,) = [step[3] for step in plan if step[3].split()[1] == "s"]
        keys = " AND ".join(f"{name}=?" for name in sealed.key)
        assert of_hashes.startswith("SEARCH")
        assert keys in of_hashes


def test_a_store_older_than_stored_stems_makes_them_anew(stored, tmp_path) -> None:
    _, passages = stored(WHOLE)
    (path,) = tmp_path.rglob("*.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE passages DROP COLUMN stems")
    older = PassageStore(path)
    assert older.sentences([0])[0].stems == stems_of(passages[0])
    older.close()


def stems_of(passage: Passage) -> list[list[str]]:
    spans = [(start - passage.start, end - passage.start) for start, end in passage.sentences]
    return [terms(passage.text[start:end]) for start, end in spans]


def test_counts_are_of_documents_passages_and_sentences(stored) -> None:
    store, passages = stored(WHOLE, *DATED)
    assert store.counts() == (5, len(passages), sum(len(p.sentences) for p in passages))


def test_a_summary_counts_pages_and_passages(stored) -> None:
    store, passages = stored(WHOLE, DATED[3])
    assert (store.summary("whole").pages, store.summary("whole").passages) == (
        2,
        len(passages) - 1,
    )
    assert store.summary("unknown").pages is None
    assert [summary.id for summary in store.summaries()] == ["unknown", "whole"]


def test_an_unknown_document_is_not_found(stored) -> None:
    store, _ = stored(WHOLE)
    with pytest.raises(DocumentNotFound, match="nobody"):
        store.document("nobody")
    with pytest.raises(DocumentNotFound, match="nobody"):
        store.summary("nobody")


def test_no_filter_is_not_every_row_but_no_limit(stored) -> None:
    store, _ = stored(*DATED)
    assert store.rows_within(Filters()) is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(document_ids=("year", "day", "nobody")), ["day", "year"]),
        (Filters(document_ids=("nobody",)), []),
        (Filters(collections=("schools",)), ["year", "unknown"]),
        (Filters(collections=("schools",), date_from="2016-01-01"), ["year"]),
        (Filters(date_from="2016-02-10"), ["day", "month", "year"]),
        (Filters(date_from="2016-02-11"), ["month", "year"]),
        (Filters(date_from="2016-03-01"), ["year"]),
        (Filters(date_from="2017-01-01"), []),
        (Filters(date_to="2016-02-10"), ["day", "month", "year"]),
        (Filters(date_to="2016-02-09"), ["month", "year"]),
        (Filters(date_to="2016-01-31"), ["year"]),
        (Filters(date_to="2015-12-31"), []),
        (Filters(date_from="2016-02-10", date_to="2016-02-10"), ["day", "month", "year"]),
    ],
)
def test_filters_let_through_what_may_lie_in_their_range(stored, filters, expected) -> None:
    store, _ = stored(*DATED)
    assert ids_within(store, filters) == expected
    admitted = {document.id for document in store.summaries() if filters.admits(document)}
    assert admitted == {*expected}


def test_reading_leaves_the_store_as_it_was(stored, tmp_path) -> None:
    store, _ = stored(*DATED)
    before = (tmp_path / "passages.sqlite").read_bytes()
    store.summaries()
    assert (tmp_path / "passages.sqlite").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["passages.sqlite"]


def test_a_full_disk_is_an_error_of_the_disk(tmp_path) -> None:
    writer = StoreWriter(tmp_path / "store.sqlite")
    with pytest.raises(OSError, match="full"):
        fill(writer)


def fill(writer: StoreWriter) -> None:
    """Writes past what the database may hold."""
    writer._connection.execute("PRAGMA max_page_count = 20")
    with closing(writer):
        writer.add(make_document("Words. " * 40_000), [], [])


def stored_fact(label: str, value: str, text: str) -> Fact:
    at = text.index(f"{label}: {value}")
    first = at + len(label) + 2
    return Fact(label, value, at, first + len(value), first, first + len(value))


def test_facts_are_found_by_the_stems_of_their_labels(tmp_path: Path) -> None:
    text = "Head baker: Ann Rye\n\nDate of visit: 3 May 2019"
    facts = (
        stored_fact("Head baker", "Ann Rye", text),
        stored_fact("Date of visit", "3 May 2019", text),
    )
    document = replace(make_document(text), facts=facts)
    built_index([document], tmp_path)
    with closing(open_folder(current_build(tmp_path))) as opened:
        assert opened.store.document(document.id).facts == facts
        assert [found.fact for found in opened.store.facts("bakers")] == [facts[0]]
        assert opened.store.facts("bakers", ["another"]) == []
        (found,) = opened.store.facts("visits, dates")
        assert (found.row, found.sentence) == (0, 1)
