"""The real server in its own process, on the fake service."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from select import select
from threading import Thread

import anyio
import pytest
from mcp.client.client import Client

from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.web.server import serve
from qa_service.web.serving.waiting_room import MAX_BODIES

HALF_A_BODY = (
    b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 99\r\n\r\n{"
)
PROGRAM = Path(__file__).parents[1] / "serve_fake.py"


class RunningServer:
    """A server process and the address it said it serves on."""

    def __init__(self, delay=0.0, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", PROGRAM, str(delay)],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=os.environ | environment,
        )
        ready = self.process.stderr.readline()
        self.port = int(re.fullmatch(r"Serving on http://127\.0\.0\.1:(\d+)\n", ready)[1])
        assert "may read every document (access is open)" in self.process.stderr.readline()

    def ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        body = json.dumps({"question": "What about the quality of teaching?"})
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        answer = json.load(connection.getresponse())
        connection.close()
        return answer

    def status(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    def stop(self, number=signal.SIGTERM):
        os.killpg(self.process.pid, number)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors


@pytest.fixture
def start_server():
    started = []

    def start(delay=0.0, **environment):
        started.append(RunningServer(delay, **environment))
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop()


@contextmanager
def stalled(port, beginning, count):
    """So many clients that send the beginning of a request and then nothing."""
    with ExitStack() as stack:
        address = ("127.0.0.1", port)
        connections = [
            stack.enter_context(socket.create_connection(address, timeout=20)) for _ in range(count)
        ]
        for connection in connections:
            connection.sendall(beginning)
        time.sleep(0.5)
        yield connections


def test_a_question_in_flight_is_answered_before_the_server_stops(start_server):
    server, answers = start_server(delay=1.5), []
    asking = Thread(target=lambda: answers.append(server.ask()))
    asking.start()
    time.sleep(0.5)
    os.kill(server.process.pid, signal.SIGTERM)
    asking.join()
    assert answers[0]["answered"] is True
    assert server.process.wait(timeout=20) == 0
    server.process.stderr.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_to_the_whole_process_group_stops_it_quietly(start_server, number):
    assert start_server().stop(number) == (0, "")


@pytest.mark.parametrize(
    "beginning",
    [
        b"POST /api/ask HTTP/1.1\r\nHost: localhost\r\n",
        HALF_A_BODY,
    ],
    ids=["in the headers", "in the body"],
)
def test_200_clients_that_stall_block_no_request(start_server, beginning):
    server = start_server()
    with stalled(server.port, beginning, 200):
        assert server.ask()["answered"] is True
        assert server.status("/api/health") == 200


def test_more_stalled_bodies_than_places_are_refused_and_pages_still_answer(start_server):
    server = start_server()
    with stalled(server.port, HALF_A_BODY, MAX_BODIES + 1) as connections:
        told, _, _ = select(connections, [], [], 20)
        assert [b" 503 " in each.recv(99) for each in told] == [True]
        assert server.status("/api/health") == 200
        assert server.status("/") == 200
    time.sleep(0.5)
    assert server.ask()["answered"] is True


def test_assistants_and_people_are_served_at_one_port(start_server):
    server = start_server()

    async def tools():
        async with Client(f"http://127.0.0.1:{server.port}/mcp") as client:
            asked = {"question": "What about the quality of teaching?"}
            return (await client.call_tool("ask", asked)).structured_content

    assert anyio.run(tools)["answered"]
    assert server.ask()["answered"]
    assert server.stop()[0] == 0


def family(process):
    """A process and all that descend from it."""
    # Each thread has a list of those that it has started.
    lists = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for path in lists for child in path.read_text().split()]
    return {process}.union(*map(family, children))


def that_answers(server):
    """The one process of a server that answers."""
    (found,) = [
        process
        for process in family(server.process.pid)
        if b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    ]
    return found


def left_of(processes):
    """Those that still run after a while in which all of them could have ended."""
    end = time.monotonic() + 15
    while left := {process for process in processes if Path(f"/proc/{process}/exe").exists()}:
        if time.monotonic() > end:
            break
        time.sleep(0.1)
    return left


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("processes", ["1", "3"])
def test_nothing_is_left_running_when_the_server_is_ended(start_server, number, processes):
    server = start_server(QA_PROCESSES=processes)
    assert server.ask()["answered"] is True
    started = family(server.process.pid)
    assert len(started) >= 3 + int(processes == "3")
    os.kill(server.process.pid, number)
    server.process.communicate(timeout=20)
    assert not left_of(started)


def test_the_server_ends_whole_when_the_process_that_serves_is_killed(start_server):
    """So that whoever supervises it starts it again."""
    server = start_server(QA_PROCESSES="2")
    assert server.ask()["answered"] is True
    started = family(server.process.pid)
    (serving,) = (
        Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    )
    os.kill(int(serving), signal.SIGKILL)
    server.process.communicate(timeout=20)
    assert server.process.returncode == 1
    assert not left_of(started)


def test_an_answer_that_hangs_is_given_up_where_one_process_answers(start_server):
    """It ran in the process that serves, where nothing could end it."""
    server = start_server(delay=1.0, QA_PROCESSES="1", QA_ANSWER_SECONDS="4")
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(server.ask)
        time.sleep(0.3)
        hanging = that_answers(server)
        os.kill(hanging, signal.SIGSTOP)
        assert server.status("/documents") == 200
        assert asked.result()["answered"] is True
    assert not left_of({hanging})


def test_what_several_processes_are_at_is_answered_before_the_server_stops(start_server):
    server = start_server(delay=1.5, QA_PROCESSES="2")
    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(server.ask) for _ in range(3)]
        time.sleep(0.5)
        os.killpg(server.process.pid, signal.SIGTERM)
        assert [answer.result()["answered"] for answer in asked] == [True] * 3
    assert server.process.wait(timeout=20) == 0
    server.process.stderr.close()


def test_the_limit_of_waiting_questions_is_counted_once_for_all_processes(start_server):
    server = start_server(delay=1.0, QA_PROCESSES="2", QA_MAX_WAITING="1")
    with ThreadPoolExecutor(5) as threads:
        asked = [threads.submit(server.ask) for _ in range(5)]
    outcomes = [answer.result().get("status", 200) for answer in asked]
    assert sorted(outcomes) == [200, 200, 200, 503, 503]


@pytest.mark.parametrize("beginning", [b"", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"])
def test_a_connection_without_a_request_is_closed(start_server, beginning):
    with stalled(start_server().port, beginning, 1) as connections:
        while connections[0].recv(999):
            pass


def test_a_port_in_use_is_told_with_the_setting_to_change():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{port}.*--port or QA_PORT"):
            serve(Settings(port=port))


def test_a_service_that_cannot_open_ends_the_server_with_its_message():
    run = subprocess.run(
        [sys.executable, PROGRAM, "broken"], capture_output=True, text=True, timeout=20
    )
    assert run.returncode == 1
    assert "install the model" in run.stderr
    assert "Traceback" not in run.stderr
