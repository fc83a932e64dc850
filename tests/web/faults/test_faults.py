"""Servers and processes that end in the middle of questions: what people get meanwhile, and that
nothing of ours has to be started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakes import built_index
from meanwhile import ENVIRONMENT, QUESTIONS, Asking, documents_of

from qa_service.errors import EngineUnavailable

pytestmark = pytest.mark.engines
PUTTING = Path(__file__).with_name("put_builds.py")


@contextmanager
def asked(server):
    """People ask within the block; none may get a wrong answer, and all are answered again."""
    with Asking(server) as people:
        yield people
        people.until_answered()
    assert people.asked.wrong == []


def test_questions_are_read_from_the_standby_and_builds_written_to_the_primary(engine) -> None:
    with engine.database.snapshot() as reading, engine.database.writing() as writing:
        told = "SELECT pg_is_in_recovery()"
        assert reading.execute(told).fetchone() == (True,)
        assert writing.execute(told).fetchone() == (False,)


def test_the_primary_answers_while_the_standby_is_dead(cluster, server) -> None:
    with asked(server) as people:
        cluster.standby.kill()
        people.until_answered()
        cluster.standby.start()
    assert people.asked.refused <= len(QUESTIONS)


def test_the_standby_answers_while_the_primary_is_dead_and_nothing_is_published(
    cluster, engine, server
) -> None:
    with asked(server) as people:
        cluster.primary.kill()
        people.until_answered()
        with pytest.raises(EngineUnavailable):
            engine.builds.in_use()
        cluster.primary.start()
        second = engine.publish(*documents_of("two"))
        people.until(lambda: f"{second}: edition two" in people.asked.answered)
    assert people.asked.refused <= len(QUESTIONS)
    assert len(people.asked.answered) == 2


def test_while_all_servers_are_dead_people_are_told_when_to_ask_again(cluster, server) -> None:
    with asked(server) as people:
        cluster.primary.kill()
        cluster.standby.kill()
        people.until_refused()
        cluster.start()


def test_no_question_is_lost_when_the_processes_that_answer_are_killed(server) -> None:
    with asked(server) as people:
        for process in server.answering():
            os.kill(process, signal.SIGKILL)
            people.until_each_is_answered()
    assert people.asked.refused == 0


def test_a_statement_that_hangs_is_given_up_and_told(engine, server) -> None:
    held = engine.builds.in_use()
    with asked(server) as people, engine.database.writing() as connection:
        connection.execute(f'LOCK TABLE "build_{held}".vectors')
        people.until_refused()


def test_a_database_that_takes_no_more_connections_is_told(cluster, server) -> None:
    with asked(server) as people:
        cluster.primary.command("ALTER ROLE qa CONNECTION LIMIT 0")
        cluster.standby.catch_up(cluster.primary)
        for each in (cluster.primary, cluster.standby):
            each.command(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='qa'"
            )
        people.until_refused()
        cluster.primary.command("ALTER ROLE qa CONNECTION LIMIT -1")


def test_whoever_is_killed_while_publishing_leaves_no_half_of_a_build(
    engine, server, tmp_path
) -> None:
    built_index(documents_of("three", spare=40), tmp_path)
    command = [sys.executable, PUTTING, tmp_path, engine.address]
    with asked(server) as people:
        for seconds in (0.1, 0.6):
            with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as putting:
                assert putting.stdout.read(1) == b"."
                time.sleep(seconds)
                putting.kill()
            people.until_answered()
    told = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'build%'"
    with engine.database.writing() as connection:
        schemas = {name for (name,) in connection.execute(told)}
    assert schemas == {f"build_{name}" for name in engine.builds.names()}
    assert engine.builds.verify(engine.builds.in_use())
    with engine.builds.locked():
        assert people.asked.refused == 0
