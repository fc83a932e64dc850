"""A build that a server started does not outlive it, however the server ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa_service.commands.parser import command_parser
from qa_service.web.operator.building import COMMAND

ATTENDED = """
import signal, sys, time
from qa_service.commands.building.attended import end_with_input
if sys.argv[1] == "deaf":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
end_with_input(patience=0.5)
print("begun", flush=True)
time.sleep(600)
"""
SERVER = """
import sys, time
from qa_service.config import Settings
from qa_service.web.operator.building import Builder
builder = Builder(Settings(), [sys.executable, *sys.argv[1:]])
builder.start()
print(builder._process.pid, flush=True)
time.sleep(600)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)


@pytest.mark.parametrize("manner", ["heedful", "deaf"])
def test_a_command_that_is_attended_ends_when_its_input_does(manner: str) -> None:
    with start(ATTENDED, manner) as process:
        assert process.stdout.readline() == "begun\n"
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(60) != 0


def has_ended(process: int) -> bool:
    end = time.monotonic() + 60
    while Path(f"/proc/{process}/exe").exists() and time.monotonic() < end:
        time.sleep(0.05)
    return not Path(f"/proc/{process}/exe").exists()


def test_a_build_ends_when_the_server_that_started_it_is_killed() -> None:
    with start(SERVER, "-c", ATTENDED, "heedful") as server:
        building = int(server.stdout.readline())
        assert Path(f"/proc/{building}/exe").exists()
        os.kill(server.pid, signal.SIGKILL)
        assert has_ended(building)


def test_the_server_has_its_builds_attended() -> None:
    assert command_parser().parse_args(COMMAND[3:]).attended
