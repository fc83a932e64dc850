"""What is built is in use where the settings say, or nothing has changed there."""

from __future__ import annotations

from contextlib import closing

import pytest
from fakes import FakeEmbedder, build_here, built_index

from qa_service.answering.service import AnswerService
from qa_service.config import Settings
from qa_service.errors import BuildLocked, BuildNotFound, DamagedBuild
from qa_service.indexing.builds.kept import kept_builds_of
from qa_service.indexing.builds.publishing import open_publisher
from qa_service.indexing.engine.embedded.folder import STORE_FILE, FolderBuild
from qa_service.indexing.engine.postgres.database import Database
from qa_service.indexing.engine.postgres.writing.contents import contents_hash
from qa_service.indexing.engine.postgres.writing.copying import schema_of
from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Question


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.engines)])
def settings(request, tmp_path) -> Settings:
    address = "" if request.param == "embedded" else request.getfixturevalue("new_database")()
    folders = {"corpus_dir": tmp_path, "index_dir": tmp_path / "index"}
    return Settings(**folders, engine=request.param, postgres=address)


def published(settings, *documents):
    with open_publisher(settings).published():
        return built_index(documents, settings.index_dir)


def in_use(settings) -> str:
    return kept_builds_of(settings).manifest().build


def test_what_is_built_is_in_use_afterwards(settings, reports) -> None:
    for documents in (reports, reports[:1]):
        made = published(settings, *documents)
        assert in_use(settings) == made.manifest.build


def test_a_build_that_fails_leaves_the_one_in_use(settings, reports) -> None:
    first = published(settings, *reports).manifest.build
    with pytest.raises(OSError, match="gone"), open_publisher(settings).published():
        raise OSError("gone")
    assert in_use(settings) == first


def test_an_earlier_build_is_gone_back_to(settings, reports) -> None:
    first = published(settings, *reports).manifest.build
    published(settings, reports[0])
    kept = kept_builds_of(settings)
    kept.roll_back(first)
    assert (in_use(settings), len(kept.documents())) == (first, 3)
    with pytest.raises(BuildNotFound):
        kept.roll_back("20200101T000000Z-000000")


def test_no_build_is_gone_back_to_that_is_not_what_was_stored(settings, reports) -> None:
    first = published(settings, *reports).manifest.build
    second = published(settings, reports[0]).manifest.build
    damage(settings, first)
    with pytest.raises(DamagedBuild):
        kept_builds_of(settings).roll_back(first)
    assert in_use(settings) == second


def damage(settings: Settings, build: str) -> None:
    """Changes a text of a build where it is kept."""
    if settings.engine == "embedded":
        store = settings.index_dir / build / STORE_FILE
        store.write_bytes(store.read_bytes().replace(b"Inspectors", b"Inspectorz"))
        return
    passages = f'"{schema_of(build)}".passages'
    with Database(settings.postgres).writing() as connection:
        connection.execute("SET LOCAL qa.groups = '*'")
        connection.execute(f"CREATE POLICY writers ON {passages} FOR UPDATE USING (true)")
        connection.execute(f"UPDATE {passages} SET text = 'other'")


@pytest.fixture
def elsewhere(settings, tmp_path) -> Settings:
    """The settings of another machine."""
    if settings.engine == "embedded":
        pytest.skip("one machine has no other")
    return Settings(
        corpus_dir=tmp_path,
        index_dir=tmp_path / "elsewhere",
        engine="postgres",
        postgres=settings.postgres,
    )


def test_another_machine_goes_on_from_it_and_makes_the_same(settings, elsewhere, reports) -> None:
    published(settings, *reports[:2])
    made = published(elsewhere, *reports)
    assert made.encoded < made.manifest.passages
    alone = built_index(reports, settings.index_dir).manifest.build
    hashes = []
    for folder in (current_build(elsewhere.index_dir), settings.index_dir / alone):
        with closing(FolderBuild(folder)) as build:
            hashes.append(contents_hash(build))
    assert hashes[0] == hashes[1]


def gone(*_) -> None:
    raise OSError("gone")


def test_a_copy_that_fails_half_way_is_made_by_the_next_build(
    settings, elsewhere, reports, monkeypatch
) -> None:
    first = published(settings, *reports).manifest.build
    monkeypatch.setattr(DatabaseBuilds, "verify", gone)
    with pytest.raises(OSError, match="gone"):
        published(settings, *reports[:1])
    assert in_use(elsewhere) == first
    monkeypatch.undo()
    second = published(settings, *reports[:1]).manifest.build
    assert in_use(elsewhere) == second


def test_what_somebody_else_published_meanwhile_is_not_replaced(
    settings, elsewhere, reports
) -> None:
    first = published(settings, *reports).manifest.build
    second = published(elsewhere, *reports[:1]).manifest.build
    publishing = open_publisher(settings).published()
    publishing.__enter__()
    built_index(reports[:2], settings.index_dir)
    with closing(Database(settings.postgres)) as database:
        DatabaseBuilds(database).publish(first, second)
    with pytest.raises(BuildLocked, match="is in use by now"):
        publishing.__exit__(None, None, None)
    assert in_use(settings) == first


def test_a_build_of_no_documents_takes_the_place_of_one_with_some(settings, reports) -> None:
    published(settings, *reports)
    with open_publisher(settings).published():
        build_here([], settings.index_dir, FakeEmbedder(), empty=True)
    with closing(AnswerService(settings, FakeEmbedder())) as service:
        assert service.documents() == ()
        assert not service.ask(Question("Who leads the board?")).citations
