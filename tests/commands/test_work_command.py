"""`build --queue` and `work`, on a real server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from outcomes import assert_plain_failure

from qa_service.cli import main
from qa_service.commands.building import queueing
from qa_service.indexing.engine.postgres.tasks import QueueState

pytestmark = pytest.mark.engines


@pytest.fixture
def in_database(new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of an empty database."""
    monkeypatch.setenv("QA_ENGINE", "postgres")
    monkeypatch.setenv("QA_POSTGRES", new_database())


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    @contextmanager
    def working(*arguments: str) -> Iterator[None]:
        ended = Event()
        monkeypatch.setattr(queueing, "Event", lambda: ended)
        worker = Thread(target=main, args=(("work", *arguments),))
        worker.start()
        try:
            yield
        finally:
            ended.set()
            worker.join()

    return working


@pytest.mark.usefixtures("in_database")
def test_a_build_is_made_by_workers_and_told_in_one_bar(run, at_work, corpus_dir) -> None:
    with at_work("--corpus", str(corpus_dir)):
        outcome = run("build", "--queue", "--json")
    lines = [json.loads(line) for line in outcome.out.splitlines()]
    assert (outcome.status, lines[-1]["documents"], lines[-1]["encoded"]) == (0, 2, 2)
    assert run("ask", "When does the library open?", "--index", "elsewhere").status == 0
    assert f"reading files of {corpus_dir}" in outcome.err


def test_the_bar_tells_the_work_of_all_machines() -> None:
    state = QueueState(done=14, total=21, rate=17.84, workers=3)
    assert queueing.state_words(state) == "14 of 21 tasks, 3 workers, 17.8 passages/s"


@pytest.mark.usefixtures("in_database", "corpus_dir")
def test_without_workers_the_machine_that_builds_does_it_all(run) -> None:
    assert "(2 encoded, 0 reused)" in run("build", "--queue").out
    assert "(0 encoded, 2 reused)" in run("build", "--queue").out


@pytest.mark.usefixtures("corpus_dir")
def test_without_a_database_there_is_no_queue(run) -> None:
    for arguments in (("build", "--queue"), ("work",)):
        assert_plain_failure(run(*arguments), "QA_ENGINE", "QA_POSTGRES")
