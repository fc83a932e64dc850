"""No command of ours looks for anything beyond this machine, and nothing is left in the home."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from qa_service.config import Settings


def can_watch() -> bool:
    """Whether strace is there and this machine lets it look on."""
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"]).returncode
    )


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_watch(), reason="needs: apt-get install strace, and leave to trace"),
]
QUESTION = "What did inspectors recommend about quality assurance?"
BORDERS = """# Borders inspection

Inspectors recommended better quality assurance of case records. Managers read files monthly.
"""
ROOT = Path(__file__).resolve().parent.parent
CALLS_OF_AN_ASSISTANT = (
    {
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    },
    {"method": "notifications/initialized"},
    {
        "id": 2,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": QUESTION}},
    },
)
CALLS = "connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r'AF_INET6?,.*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)')
HERE = ("127.", "::1", "::ffff:127.")
WATCHED_SECONDS = 20
"""How long a server is, most of it while the other tests run: the first look-up of the runtime came
within ten seconds of a session."""


class Watched:
    """Runs commands under strace, in a folder and a home of their own."""

    def __init__(self, place: Path, name: str) -> None:
        self.home = place / f"home-{name}"
        self.place = place
        self._trace = place / f"trace-{name}"
        self.home.mkdir()

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command that is watched, children and all."""
        watcher = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-A"]
        watcher += ["-o", str(self._trace), sys.executable, "-m", "qa_service", *arguments]
        places = {"HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        places["QA_CACHE_DIR"] = str(Settings().cache_dir.expanduser())
        environment = {key: os.environ[key] for key in os.environ if key != "ORT_DISABLE_TELEMETRY"}
        return subprocess.Popen(
            watcher,
            cwd=self.place,
            env=environment | places,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> int:
        process = self.start(*arguments)
        process.communicate(timeout=300)
        return process.returncode

    def addresses_beyond(self) -> set[str]:
        """Every address that anything was sent to, but those of this machine."""
        calls = self._trace.read_text(errors="replace")
        return {found for found in ADDRESS.findall(calls) if not found.startswith(HERE)}

    def left_at_home(self) -> list[str]:
        return sorted(str(path.relative_to(self.home)) for path in self.home.rglob("*"))


@dataclass(frozen=True)
class Serving:
    """A server that is watched, whether it answered, and when (seconds of the clock)."""

    server: Watched
    answered: bool
    since: float


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """Commands over one document and one question."""
    place = tmp_path_factory.mktemp("offline")
    (place / "corpus").mkdir()
    (place / "corpus" / "borders.md").write_text(BORDERS, encoding="utf-8")
    (place / "mine.csv").write_text(f"question,document\n{QUESTION},borders.md\n")
    found = Watched(place, "commands")
    assert found.run("build") == 0
    return found


@pytest.fixture(autouse=True, scope="module")
def serving(watched: Watched) -> Iterator[Serving]:
    """A server that has answered a question before the first of these tests begins."""
    server = Watched(watched.place, "server")
    process = server.start("serve", "--port", "0")
    assert process.stderr
    found = re.fullmatch(r"Serving on (\S+)\n", process.stderr.readline().decode())
    assert found
    answered = ask(found[1])
    yield Serving(server, answered, time.monotonic())
    os.killpg(process.pid, signal.SIGTERM)  # the watcher itself heeds no signal
    process.communicate(timeout=60)


def ask(site: str) -> bool:
    """Whether a server answers."""
    body = b'{"question": "What did inspectors recommend?"}'
    request = Request(f"{site}/api/ask", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=60) as response:
        return response.status == 200


def test_building_and_asking_look_for_nothing_beyond_this_machine(watched: Watched) -> None:
    assert watched.run("ask", QUESTION) == 0
    assert watched.addresses_beyond() == set()
    assert watched.left_at_home() == []


def test_measuring_looks_for_nothing_beyond_this_machine(watched: Watched) -> None:
    assert watched.run("evaluate", "mine.csv") == 0
    watched.run("calibrate", "mine.csv")
    assert watched.addresses_beyond() == set()
    assert watched.left_at_home() == []


def test_tools_for_assistants_look_for_nothing_beyond_this_machine(watched: Watched) -> None:
    process = watched.start("mcp")
    assert process.stdin
    assert process.stdout
    for message in CALLS_OF_AN_ASSISTANT:
        process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(2)]
    process.communicate(timeout=60)
    assert answers[1]["result"]["structuredContent"]["answered"]
    assert watched.addresses_beyond() == set()
    assert watched.left_at_home() == []


def test_serving_looks_for_nothing_beyond_this_machine(serving: Serving) -> None:
    assert serving.answered
    time.sleep(max(0.0, serving.since + WATCHED_SECONDS - time.monotonic()))
    assert serving.server.addresses_beyond() == set()
    assert serving.server.left_at_home() == []


def test_what_is_sent_elsewhere_would_be_seen() -> None:
    line = (
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, 16)'
    )
    assert ADDRESS.findall(line) == ["10.0.0.2"]
