"""A build moved into a database and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from fakes import built_index, make_document

from qa_service.config import Settings
from qa_service.errors import BuildNotFound, DamagedBuild, NoIndex
from qa_service.indexing.building.corpus import read_corpus
from qa_service.indexing.builds.kept import check_builds, kept_builds_of
from qa_service.indexing.builds.moving import bring_build, send_build
from qa_service.indexing.engine.embedded.folder import STORE_FILE, FolderBuild
from qa_service.indexing.engine.embedded.raw_rows import raw_rows
from qa_service.indexing.engine.postgres.writing.contents import contents_hash
from qa_service.indexing.keeping.manifest import current_build
from qa_service.reading import ReadingLimits

pytestmark = pytest.mark.engines


@pytest.fixture
def engine(database_engine):
    return database_engine


@pytest.fixture
def settings(engine) -> Settings:
    return Settings(engine="postgres", postgres=engine.address)


def contents(index_dir) -> str:
    with closing(FolderBuild(current_build(index_dir))) as build:
        return contents_hash(build)


def test_what_comes_back_is_what_was_sent(engine, reports, tmp_path) -> None:
    build = engine.publish(*reports)
    assert bring_build(tmp_path / "back", engine.builds, 0o700) == build
    assert contents(tmp_path / "back") == contents(engine.index_dir)


def test_words_that_people_of_many_groups_read_are_moved(engine, tmp_path) -> None:
    """Each word has its rows apart for each access: of all of them one order holds everywhere."""
    stated = ("", "board", "Zoo", "ärzte; board", "a,b", "a;b", " ; ")
    texts = [(f"The crane of house {n} lifts.", f"house-{n}", it) for n, it in enumerate(stated)]
    made = [make_document(text, name, metadata={"access": it}) for text, name, it in texts]
    build = engine.publish(*made)
    assert bring_build(tmp_path / "back", engine.builds, 0o700) == build
    assert contents(tmp_path / "back") == contents(engine.index_dir)


def test_a_build_is_sent_again_without_harm(engine, reports) -> None:
    build = engine.publish(*reports)
    assert send_build(engine.index_dir, engine.builds, keep=2) == build
    assert engine.builds.in_use() == build


def test_a_build_that_is_older_than_a_part_of_the_store_is_not_copied(engine, reports) -> None:
    build = built_index(reports, engine.index_dir).manifest.build
    file = engine.index_dir / build / STORE_FILE
    with closing(sqlite3.connect(file)) as store:
        store.execute("DROP TABLE withdrawal_seals")
        store.commit()
    with pytest.raises(DamagedBuild, match="cannot be copied"):
        list(raw_rows(file, "withdrawals"))


def test_nothing_comes_from_an_empty_database(engine, tmp_path) -> None:
    assert bring_build(tmp_path / "back", engine.builds, 0o700) is None


def test_a_build_that_changed_in_the_database_is_not_taken(engine, reports, tmp_path) -> None:
    build = engine.publish(*reports)
    with engine.database.writing() as connection:
        connection.execute("UPDATE qa.builds SET contents = 'other'")
    with pytest.raises(DamagedBuild):
        bring_build(tmp_path / "back", engine.builds, 0o700)
    assert not (tmp_path / "back" / build).exists()


def test_builds_of_a_database_are_listed_and_gone_back_to(engine, settings, reports) -> None:
    first, second = engine.publish(*reports), engine.publish(reports[0])
    kept = kept_builds_of(settings)
    told = [(it.build, it.in_use, it.documents) for it in kept.history()]
    assert told == [(second, True, 1), (first, False, 3)]
    kept.roll_back(first)
    assert kept.manifest().build == first
    assert len(kept.documents()) == 3
    with pytest.raises(BuildNotFound):
        kept.roll_back("20200101T000000Z-000000")


def test_words_that_an_earlier_build_said_are_found_by_who_might_read_it(
    engine, settings, reports
) -> None:
    closed = make_document("The crane is sold.", "minutes", metadata={"access": "board"})
    engine.publish(*reports, closed)
    engine.publish(*reports)
    kept = kept_builds_of(settings)
    asked = ("minutes", closed.version, (4, 9))
    assert kept.cited_words(*asked) == kept.cited_words(*asked, frozenset({"board"})) == "crane"
    assert kept.cited_words(*asked, frozenset({"staff"})) == ""


def test_a_build_is_checked_where_it_is_asked(engine, settings, tmp_path) -> None:
    with pytest.raises(NoIndex):
        check_builds(settings)
    corpus, here = tmp_path / "corpus", replace(settings, corpus_dir=tmp_path / "corpus")
    corpus.mkdir()
    (corpus / "one.txt").write_text("Inspectors found good work.")
    (corpus / "metadata.csv").write_text("file,title,access\none.txt,First,board\n")
    engine.publish(*read_corpus(here.folders, ReadingLimits()))
    assert check_builds(here) == []
    (corpus / "metadata.csv").write_text("file,title\none.txt,First\n")
    (corpus / "two.txt").write_text("New.")
    new, restated = check_builds(here)
    assert (new[:11], restated[:22]) == ("two.txt is ", "what is stated of one.")
    with engine.database.writing() as connection:
        connection.execute("UPDATE qa.builds SET contents = 'other'")
    (problem,) = check_builds(here)
    assert "is not what was copied" in problem
