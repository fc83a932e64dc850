"""Questions are answered by other processes, whatever happens to one of them."""

import os
import pickle
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from unittest.mock import DEFAULT, Mock

import pytest
from answering_fakes import (
    DEADLY,
    LATE,
    open_broken,
    open_fake,
    open_faulty,
    open_on_fake_model,
)
from fake_answer_service import QUESTION, UNANSWERABLE, FakeAnswerService
from operator_site import FAKE_BUILD, operator_settings, prototype  # noqa: F401 - fixtures

from qa_service.config import Settings
from qa_service.deadline import done_within
from qa_service.errors import (
    DamagedBuild,
    DocumentWithdrawn,
    InputError,
    ModelError,
    QAServiceError,
    TookTooLong,
)
from qa_service.nouns.questions import Question
from qa_service.web import create_app
from qa_service.web.operator.building import Builder
from qa_service.web.serving import answering_pool
from qa_service.web.serving.answering_pool import AnsweringPool, PooledService
from qa_service.web.serving.answering_process import AnsweringEnded


@pytest.fixture
def start_pool():
    pools = []

    def start(processes=2, delay=0.0, opener=None, **settings):
        opener = opener or partial(open_fake, delay)
        pools.append(AnsweringPool(Settings(processes=processes, **settings), opener))
        pools[-1].wait_until_open()
        return pools[-1]

    yield start
    for pool in pools:
        pool.close()


def process_of(pool):
    return pool.call("search", "who?", 1)


def test_the_deadline_of_whoever_asks_holds_in_the_process_that_answers(start_pool):
    pool = start_pool(processes=1)
    with pytest.raises(TookTooLong), done_within(-1.0):
        pool.call("ask", Question(LATE))
    with done_within(60.0):
        assert pool.call("ask", Question(LATE))


def processes_of(pool, count):
    """Their ids, once so many answer."""
    found = set()
    end = time.monotonic() + 20
    while len(found) < count and time.monotonic() < end:
        found.add(process_of(pool))
    return found


def end_in_time(processes):
    """Whether all of them end, and are seen to have ended, within seconds."""
    end = time.monotonic() + 10
    while any(Path(f"/proc/{process}").exists() for process in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_questions_are_answered_by_several_other_processes(start_pool):
    found = processes_of(start_pool(), 2)
    assert len(found) == 2
    assert os.getpid() not in found


def test_a_process_that_is_killed_over_a_question_leaves_it_to_another(start_pool):
    pool = start_pool(delay=1.0)
    processes = processes_of(pool, 2)
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(pool.call, "ask", Question(QUESTION)) for _ in range(2)]
        time.sleep(0.3)
        os.kill(processes.pop(), signal.SIGKILL)
        assert [answer.result(20).answered for answer in asked] == [True, True]
    assert len(processes_of(pool, 2)) == 2


def test_a_process_that_is_killed_while_idle_is_started_again(start_pool):
    pool = start_pool()
    before = processes_of(pool, 2)
    for process in before:
        os.kill(process, signal.SIGKILL)
    assert end_in_time(before)
    assert not processes_of(pool, 2) & before


def test_a_process_that_hangs_over_a_question_is_ended_and_another_answers(start_pool):
    pool = start_pool(processes=1, answer_seconds=3)
    hanging = process_of(pool)
    os.kill(hanging, signal.SIGSTOP)
    assert process_of(pool) != hanging
    assert end_in_time([hanging])


def test_a_process_that_hangs_while_idle_is_found_and_replaced(start_pool, monkeypatch):
    monkeypatch.setattr(answering_pool, "PROBE_SECONDS", 0.2)
    pool = start_pool(processes=1)
    hanging = process_of(pool)
    os.kill(hanging, signal.SIGSTOP)
    assert end_in_time([hanging])
    assert process_of(pool) != hanging


def health_of(pool):
    """The status of a look at its health, and what that says."""
    client = create_app(Settings(), PooledService(pool, FakeAnswerService())).test_client()
    response = client.get("/api/health")
    return response.status_code, response.get_json().get("status")


def becomes(state, pool, seconds=30):
    """Whether the health of a pool comes to be that in time."""
    end = time.monotonic() + seconds
    while health_of(pool) != state and time.monotonic() < end:
        time.sleep(0.05)
    return health_of(pool) == state


@pytest.fixture
def listening(monkeypatch):
    """A pool that counts a process out soon, and ends it late."""
    monkeypatch.setattr(answering_pool, "SILENT_SECONDS", 1.5)
    monkeypatch.setattr(answering_pool, "PROBE_SECONDS", 6.0)


@pytest.mark.usefixtures("listening")
def test_health_tells_of_an_idle_process_that_hangs_and_of_the_one_in_its_place(start_pool):
    pool = start_pool()
    processes = processes_of(pool, 2)
    assert becomes((200, "ok"), pool)
    os.kill(processes.pop(), signal.SIGSTOP)
    assert becomes((200, "degraded"), pool)
    assert becomes((200, "ok"), pool)


@pytest.mark.usefixtures("listening")
def test_health_tells_of_a_process_that_hangs_over_a_question(start_pool):
    pool = start_pool(processes=1, delay=2.0, answer_seconds=6)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(pool.call, "ask", Question(QUESTION))
        time.sleep(0.5)
        os.kill(next(iter(pool._processes))._process.pid, signal.SIGSTOP)
        assert becomes((503, 503), pool)
        assert asked.result(60).answered
    assert becomes((200, "ok"), pool)


def test_a_process_that_is_at_work_for_long_counts_as_answering(start_pool, monkeypatch):
    monkeypatch.setattr(answering_pool, "SILENT_SECONDS", 2.5)
    pool = start_pool(processes=1, delay=4.0)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(pool.call, "ask", Question(QUESTION))
        time.sleep(3.5)
        assert health_of(pool) == (200, "ok")
        assert asked.result(60).answered


def test_a_question_that_ends_processes_is_refused_for_now(start_pool):
    client = create_app(Settings(), PooledService(start_pool(), FakeAnswerService())).test_client()
    response = client.post("/api/ask", json={"question": DEADLY})
    assert response.status_code == 503
    assert "Ask again" in response.get_json()["detail"]


def test_a_question_that_ends_two_processes_is_told_and_the_next_one_answered(start_pool):
    pool = start_pool()
    with pytest.raises(AnsweringEnded, match="QA_PROCESSES=1"):
        pool.call("ask", Question(DEADLY))
    assert pool.call("ask", Question(QUESTION)).answered


def test_errors_of_the_service_come_back_as_themselves(start_pool):
    pool = start_pool()
    with pytest.raises(DamagedBuild, match="run: qa-service build"):
        pool.call("ask", Question(UNANSWERABLE))
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        pool.call("ask", Question("divide"))


def test_an_error_in_another_process_is_told_as_any_other(start_pool):
    service = PooledService(start_pool(), FakeAnswerService())
    client = create_app(Settings(), service).test_client()
    response = client.post("/api/ask", json={"question": UNANSWERABLE})
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "error", [InputError("limit", "too large"), DocumentWithdrawn("gone", "elsewhere")]
)
def test_an_error_is_the_same_after_its_way_between_processes(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_a_service_that_cannot_open_is_told_when_the_pool_starts(start_pool):
    with pytest.raises(ModelError, match="install the model"):
        start_pool(opener=open_broken)


def test_a_fault_over_the_question_to_warm_up_with_keeps_no_process_from_answering(start_pool):
    assert start_pool(1, opener=open_faulty).call("ask", Question(QUESTION)).answered


@pytest.mark.parametrize("failure", [OSError("no memory"), ModelError("no model")])
def test_a_process_that_cannot_be_started_again_is_tried_until_it_can(
    start_pool, monkeypatch, failure
):
    start = Mock(side_effect=[failure, failure, DEFAULT], wraps=answering_pool.AnsweringProcess)
    monkeypatch.setattr(answering_pool, "RETRY_SECONDS", 0.05)
    pool = start_pool(1)
    monkeypatch.setattr(answering_pool, "AnsweringProcess", start)
    os.kill(process_of(pool), signal.SIGKILL)
    assert pool.call("ask", Question(QUESTION)).answered
    assert start.call_count == 3


def test_a_pool_whose_first_process_cannot_be_started_says_so(start_pool, monkeypatch):
    monkeypatch.setattr(answering_pool, "AnsweringProcess", Mock(side_effect=OSError("no memory")))
    with pytest.raises(QAServiceError, match="no memory; set QA_PROCESSES=1"):
        start_pool()


def test_an_answer_that_is_under_way_is_given_when_the_pool_closes(start_pool):
    pool = start_pool(1, delay=0.5)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(pool.call, "ask", Question(QUESTION))
        time.sleep(0.2)
        pool.close()
        assert asked.result(20).answered


def test_all_processes_end_with_their_pool(start_pool):
    pool = start_pool()
    processes = processes_of(pool, 2)
    pool.close()
    assert end_in_time(processes)


def test_all_processes_answer_from_a_build_that_the_operators_page_started(start_pool, settings):
    pool = start_pool(opener=partial(open_on_fake_model, settings))
    before = {pool.call("index_info").build for _ in range(4)}
    builder = Builder(settings, FAKE_BUILD)
    builder.start()
    while builder.run.state == "running":
        time.sleep(0.05)
    assert {pool.call("index_info").build for _ in range(4)} == {builder.run.build}
    assert builder.run.build not in before


def test_what_takes_no_model_is_looked_up_here():
    service = PooledService(None, FakeAnswerService())
    assert service.model == "fake-model"
    assert service.suggestions()[0] == QUESTION
    assert service.complete("What did", 1)
    assert service.document(service.documents()[0].id)
    assert service.index_info().passages == 9
