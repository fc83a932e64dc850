"""What the engine of several machines does besides the contract: on a real server."""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing, nullcontext
from unittest import mock

import numpy as np
import pytest
from engines_under_test import PostgresEngine
from fakes import hashed, make_document

from qa_service.errors import (
    BuildFailed,
    BuildLocked,
    DamagedBuild,
    EngineMismatch,
    EngineUnavailable,
)
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.postgres.database import Database, rows_of
from qa_service.indexing.engine.postgres.reading import vectors, words
from qa_service.indexing.engine.postgres.schema import TABLES
from qa_service.indexing.engine.postgres.writing import copying
from qa_service.nouns.questions import Filters

pytestmark = pytest.mark.engines

BOARD = make_document("The crane is sold.", "minutes", metadata={"access": "board"})


@pytest.fixture
def engine(database_engine: PostgresEngine) -> PostgresEngine:
    return database_engine


def run(engine: PostgresEngine, statement: str) -> list[tuple]:
    with engine.database.writing() as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def put(engine: PostgresEngine, build: str) -> None:
    with closing(FolderBuild(engine.index_dir / build)) as opened:
        engine.builds.put(opened)


def test_a_connection_without_groups_reads_no_row_of_any_table(engine, reports) -> None:
    build = engine.publish(*reports, BOARD)
    for table in TABLES:
        assert run(engine, f'SELECT * FROM "build_{build}".{table}') == []


def test_the_server_itself_keeps_rows_from_other_groups(engine, reports) -> None:
    build = engine.publish(*reports, BOARD)
    with engine.database.writing() as connection:
        rows_of(connection, "SELECT set_config('qa.groups', chr(30) || chr(31) || 'staff', true)")
        found = rows_of(connection, f'SELECT id FROM "build_{build}".documents ORDER BY id')
        assert [name for (name,) in found] == ["borders", "harbour", "library"]
        rows_of(connection, "SELECT set_config('qa.groups', chr(30) || chr(31) || 'board', true)")
        assert len(rows_of(connection, f'SELECT id FROM "build_{build}".documents')) == 4


def test_the_server_does_not_take_the_rule_for_rows_for_one_that_hides_most(engine) -> None:
    engine.publish(*(make_document(f"Boat {n} sails.", f"d{n}") for n in range(60)))
    with engine.reading() as opened:
        ((told,), *_) = opened.reader.session.rows("EXPLAIN SELECT row FROM vectors")
    assert "rows=30 " in told


def test_tables_of_a_newer_version_are_refused_in_words(engine, reports) -> None:
    engine.publish(*reports)
    run(engine, "UPDATE qa.version SET number = 99")
    for reads in (lambda: engine.reading().__enter__(), engine.builds.all):
        with pytest.raises(EngineMismatch, match="install a newer qa-service"):
            reads()


def test_a_build_that_fails_half_way_leaves_nothing(engine, reports) -> None:
    first = engine.publish(*reports)
    failing = mock.patch.object(copying, "complete_tables", side_effect=OSError("gone"))
    with failing, pytest.raises(OSError, match="gone"):
        engine.publish(reports[0])
    schemas = run(engine, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'build_%'")
    assert schemas == [(f"build_{first}",)]
    with engine.reading() as opened:
        assert opened.info.build == first


def test_the_pointer_moves_only_from_the_build_that_was_expected(engine, reports) -> None:
    first = engine.publish(*reports)
    second = engine.publish(reports[0])
    with pytest.raises(BuildLocked, match="is in use by now"):
        engine.builds.publish(first, first)
    assert engine.builds.in_use() == second


def test_a_build_is_put_there_once(engine, reports) -> None:
    with pytest.raises(BuildFailed, match="already"):
        put(engine, engine.publish(*reports))


def test_one_machine_builds_at_a_time(engine, reports) -> None:
    engine.publish(*reports)
    with engine.builds.locked(), pytest.raises(BuildLocked), engine.builds.locked():
        pass


def test_a_lock_that_the_server_lets_go_a_moment_later_is_waited_for(engine) -> None:
    with ExitStack() as held:
        held.enter_context(engine.builds.locked())
        leaving = threading.Timer(0.1, held.pop_all().close)
        leaving.start()
        with engine.builds.locked():
            leaving.join()


def test_the_next_may_build_before_the_server_ends_the_connection_of_the_last(
    engine, monkeypatch
) -> None:
    connect = engine.database.writing
    with ExitStack() as open_still:
        monkeypatch.setattr(
            engine.database, "writing", lambda: nullcontext(open_still.enter_context(connect()))
        )
        with pytest.raises(OSError, match="gone"), engine.builds.locked():
            raise OSError("gone")
        with engine.builds.locked():
            pass


def test_a_changed_row_is_found_when_it_is_read_and_when_all_is_verified(engine, reports) -> None:
    build = engine.publish(*reports)
    run(
        engine,
        f"""SET LOCAL qa.groups = '*'; CREATE POLICY writers ON "build_{build}".passages
        FOR UPDATE USING (true); UPDATE "build_{build}".passages SET text = 'odd' WHERE row = 0""",
    )
    with engine.reading() as opened, pytest.raises(DamagedBuild):
        opened.store.passages([0])
    with pytest.raises(DamagedBuild, match="is not what was copied"):
        engine.builds.verify(build)


def test_old_builds_are_dropped_but_for_one_that_is_read(engine, reports) -> None:
    first = engine.publish(*reports)
    second, third = engine.publish(reports[0]), engine.publish(reports[1])
    engine.builds.prune(2, second)
    assert engine.builds.names() == {second, third}
    with engine.reading():
        engine.publish(reports[2])
        engine.builds.prune(1, third)
        assert third in engine.builds.names()
    engine.builds.prune(1, third)
    assert len(engine.builds.names()) == 1
    assert first not in engine.builds.names()


def test_a_server_that_was_killed_is_told_and_read_again_when_it_is_back(
    engine, reports, postgres_server
) -> None:
    build = engine.publish(*reports)
    try:
        with engine.reading():
            postgres_server.kill()
            with pytest.raises(EngineUnavailable, match="does not answer"), engine.reading():
                pass
    finally:
        postgres_server.start()
    with engine.reading() as opened:
        assert opened.info.build == build
        assert len(opened.store.passages([0])) == 1


def test_a_statement_that_hangs_is_given_up(engine) -> None:
    with (
        closing(Database(engine.address, statement_seconds=0.2)) as database,
        pytest.raises(EngineUnavailable, match="timeout"),
        database.snapshot() as connection,
    ):
        rows_of(connection, "SELECT pg_sleep(60)")


def test_who_gets_no_connection_is_told(engine, monkeypatch) -> None:
    monkeypatch.setattr("qa_service.indexing.engine.postgres.database.WAIT_SECONDS", 0.2)
    with (
        closing(Database(engine.address, connections=1)) as database,
        database.snapshot(),
        pytest.raises(EngineUnavailable),
        database.snapshot(),
    ):
        pass


def test_many_read_while_builds_are_published_and_none_sees_two_of_them(engine, reports) -> None:
    sizes = {engine.publish(*reports): 3}
    wrong, stop = [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            with engine.reading() as opened:
                found = opened.store.counts()[0], len(opened.store.summaries())
                if found != (opened.info.documents,) * 2:
                    wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in (1, 2):
        sizes[engine.publish(*reports[:number])] = number
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_an_index_of_vectors_finds_what_comparing_all_does(engine, monkeypatch) -> None:
    documents = [make_document(f"Boat {n} sails to port {n * 7}.", f"d{n}") for n in range(60)]
    monkeypatch.setattr(copying, "MOST_COMPARED", 10)
    engine.publish(*documents)
    with engine.reading() as opened:
        vector = hashed("boat 14 sails")
        expected, _ = opened.nearest(vector, 5)
        monkeypatch.setattr(vectors, "MOST_COMPARED", 10)
        found, cosines = opened.nearest(vector, 5)
        assert found.tolist() == expected.tolist()
        every = opened.vectors.passages[np.asarray(found)]
        assert cosines == pytest.approx(every @ vector, abs=1e-6)


@pytest.mark.parametrize("groups", [None, frozenset(), frozenset({"board"})])
def test_words_that_are_too_common_to_be_fetched_weigh_the_same(
    engine, reports, monkeypatch, groups
) -> None:
    engine.publish(*reports, BOARD)
    weights, every = {"record": 1.0, "famili": 2.0, "crane": 1.0, "nowhere": 1.0}, np.arange(4)
    within = Filters(("borders", "minutes"))

    def told() -> list[object]:
        with engine.reading(groups) as opened:
            found = [opened.best_worded(weights, 3), opened.best_worded(weights, 3, within)]
            keyword = opened.keyword
            return [
                *([rows.tolist(), scores.tolist()] for rows, scores in found),
                keyword.scores(weights, every).tolist(),
                [keyword.holding(stem, every).tolist() for stem in weights],
                [keyword.rows_with_accents(stem).tolist() for stem in weights],
                [keyword.inverse_document_frequency(stem) for stem in weights],
            ]

    fetched = told()
    engine.close()
    monkeypatch.setattr(words, "MOST_ROWS", 0)
    with closing(PostgresEngine(engine.index_dir, engine.address)) as engine:
        assert told() == fetched
