"""Files of the open build that change: no words leave that no source has."""

from __future__ import annotations

import runpy
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeEmbedder, built_index, make_document
from made_texts import prose

from qa_service.errors import DamagedBuild, NoIndex
from qa_service.indexing.engine import current as current_module
from qa_service.indexing.engine.current import CurrentIndex
from qa_service.indexing.engine.embedded.folder import STORE_FILE
from qa_service.indexing.engine.store import PassageStore
from qa_service.indexing.engine.vectors import VectorFiles
from qa_service.indexing.keeping.build_folders import kept_builds
from qa_service.indexing.keeping.manifest import CURRENT_NAME, current_build
from qa_service.nouns.documents import Fact, Heading

FLIP_BITS = Path(__file__).parents[3] / "scripts" / "flip_bits.py"
OLD, NEW = make_document("The old text.", "old"), make_document("The new text.", "new")


@pytest.fixture
def looking(monkeypatch):
    """Looks at the files at every question."""
    monkeypatch.setattr(current_module, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(current_module, "RETRY_ALONE_SECONDS", 0.0)


@pytest.fixture
def current(index_dir):
    index = CurrentIndex(index_dir, "fake", FakeEmbedder().fingerprint)
    yield index
    index.close()


@pytest.fixture
def two_builds(index_dir):
    built_index([OLD], index_dir)
    built_index([NEW], index_dir)
    return index_dir


def overwrite(path, old, new):
    """Puts other bytes in the place of some, as a failing disk does."""
    path.write_bytes(path.read_bytes().replace(old, new))


def read_anew(opened):
    """Has SQLite forget the pages it has read."""
    opened.store._connection.execute("PRAGMA shrink_memory")


def ids(current):
    with current.reading() as opened:
        return [summary.id for summary in opened.store.summaries()]


@pytest.mark.parametrize("kind", ["passage", "document"])
def test_a_text_that_is_not_what_was_stored_is_not_given(index_dir, current, kind):
    built_index([NEW], index_dir)
    with current.reading() as opened:
        overwrite(opened.reader.folder / STORE_FILE, b"The new text.", b"The odd text.")
        read_anew(opened)
        with pytest.raises(DamagedBuild):
            _ = opened.store.passages([0]) if kind == "passage" else opened.store.document("new")


@pytest.mark.parametrize(
    ("column", "read"),
    [
        ("documents.title", lambda store: store.summaries()),
        ("documents.title", lambda store: store.summary("new")),
        ("documents.source", lambda store: store.summaries()),
        ("documents.headings", lambda store: store.headings()),
        ("facts.value", lambda store: store.facts("lead inspector")),
        ("facts.label", lambda store: store.facts(None, ["new"])),
        ("withdrawals.title", lambda store: store.withdrawals()),
        ("withdrawals.title", lambda store: store.document("old")),
    ],
)
def test_a_title_or_a_fact_that_is_not_what_was_stored_is_not_given(index_dir, column, read):
    heading, fact = Heading(1, "Harbour", 0, 7), Fact("Lead inspector", "Ann Lee", 0, 7, 0, 7)
    built_index([OLD], index_dir)
    built_index([replace(NEW, headings=(heading,), facts=(fact,))], index_dir)
    path = current_build(index_dir) / STORE_FILE
    table, name = column.split(".")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {table} SET {name} = upper({name})")
    with closing(PassageStore(path)) as store, pytest.raises(DamagedBuild, match="not what was"):
        read(store)


@pytest.mark.usefixtures("looking")
def test_a_build_that_changed_while_open_gives_way_to_one_that_is_sound(two_builds, current):
    assert ids(current) == ["new"]
    overwrite(current_build(two_builds) / STORE_FILE, b"The new text.", b"The odd text.")
    assert ids(current) == ["old"]


@pytest.mark.usefixtures("looking")
def test_a_build_that_is_touched_and_not_changed_goes_on(index_dir, current):
    built_index([NEW], index_dir)
    assert ids(current) == ["new"]
    (current_build(index_dir) / STORE_FILE).touch()
    assert ids(current) == ["new"]


def test_what_the_database_says_of_damage_is_told_as_such(index_dir, current):
    built_index([NEW], index_dir)
    with current.reading() as opened:
        (opened.reader.folder / STORE_FILE).write_bytes(b"no database" * 999)
        read_anew(opened)
        with pytest.raises(DamagedBuild):
            opened.store.passages([0])


def test_a_folder_that_holds_another_build_is_refused(two_builds, current):
    old, new = kept_builds(two_builds)
    shutil.rmtree(new)
    shutil.copytree(old, new)
    with current.reading() as opened:
        assert opened.reader.folder == old


@pytest.mark.parametrize(
    "content", ["", "x" * 300, "\0\ud800", "20200101T000000Z-aaaaaa", "..", None]
)
def test_without_a_sound_current_the_newest_kept_build_answers(two_builds, current, content):
    path = two_builds / CURRENT_NAME
    path.unlink()
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert ids(current) == ["new"]
    assert "builds --use" in current.refused.reason


def test_without_any_build_there_is_no_index(index_dir, current):
    index_dir.mkdir()
    with pytest.raises(NoIndex), current.reading():
        pass


class Unheard(Exception):
    """What no library is known to raise."""


def test_whatever_opening_a_changed_file_raises_is_told_as_damage(index_dir, current, monkeypatch):
    def fail(_):
        raise Unheard("EOF in multi-line statement")

    built_index([NEW], index_dir)
    monkeypatch.setattr(VectorFiles, "open", fail)
    with pytest.raises(DamagedBuild, match="EOF in multi-line"), current.reading():
        pass


@pytest.mark.usefixtures("looking", "two_builds")
def test_whatever_reading_a_changed_file_raises_is_told_as_damage(current):
    def read_what_changes():
        with current.reading() as opened:
            (opened.reader.folder / STORE_FILE).touch()
            raise Unheard

    with pytest.raises(DamagedBuild):
        read_what_changes()


@pytest.mark.usefixtures("looking")
def test_no_flipped_bit_brings_words_that_no_source_has(service_with, index_dir):
    documents = [make_document(prose(60, seed), f"prose-{seed}") for seed in range(8)]
    service = service_with(*documents, spelling=False)
    flip_bits = runpy.run_path(str(FLIP_BITS))
    texts = {document.id: document.text for document in documents}
    watch = flip_bits["Watch"](service, texts, ["inspectors families records", "harbour review"])
    with watch.asking():
        flip_bits["flip_all"](lambda: current_build(index_dir), 150, pause=0.01)
    assert watch.wrong == []
    assert watch.counts["answered"] + watch.counts["declined"] > 0


@pytest.mark.usefixtures("looking")
def test_answers_go_on_from_kept_builds_while_bits_of_the_one_in_use_flip(service_with, index_dir):
    text = make_document(prose(60), "prose")
    service = service_with(text, spelling=False, minimum_confidence=0.1)
    flip_bits = runpy.run_path(str(FLIP_BITS))
    flip_bits["keep_more"](index_dir, 3)
    answering = flip_bits["Answering"](index_dir, service)
    watch = flip_bits["Watch"](service, {"prose": prose(60)}, ["inspectors families records"])
    with watch.asking():
        flip_bits["flip_all"](answering, 30, pause=0.2)
    assert watch.wrong == []
    assert len(answering.used) > 1
    assert watch.counts["answered"] > 0.5 * watch.counts.total()
