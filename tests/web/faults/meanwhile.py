"""A server of this service over a database, and people who ask it while something happens."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from fakes import make_document
from process_families import children, kill_all

from qa_service.nouns.documents import Document

PROGRAM = Path(__file__).with_name("serve_from_database.py")
QUESTIONS = ("When does the library open?", "Who repairs the boats?", "What may readers borrow?")
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))}
TEXTS = {
    "library": "The library opens at nine. Readers may borrow twelve books.",
    "harbour": "Harbour pupils sail. The carpenter repairs the boats.",
}
_SECONDS = 120


def documents_of(edition: str, spare: int = 0) -> list[Document]:
    """What answers the questions, and so many documents besides; each sentence and title names
    the edition."""
    barges = {f"spare{n}": f"Barge {n} of {n * n} tons is painted. " * 30 for n in range(spare)}
    return [
        make_document(
            text.replace(".", f" by edition {edition}."), name, title=f"{name} edition {edition}"
        )
        for name, text in (TEXTS | barges).items()
    ]


@dataclass
class Asked:
    """What came of questions: those answered by build, those refused as a passing fault is, and
    whatever should never come."""

    answered: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    wrong: list[str] = field(default_factory=list)

    def take(self, status: int, retry: str | None, body: dict) -> None:
        """Notes a response. Every text of a build of these tests names it: see `documents_of`."""
        if status == 503 and retry and 0 < int(retry) <= 60:
            self.refused += 1
            return
        marks = set(re.findall(r"edition \w+", json.dumps(body)))
        if status != 200 or not body["answered"] or len(marks) != 1:
            self.wrong.append(f"{status} {retry} {body}")
            return
        edition = f"{body['index']['build']}: {marks.pop()}"
        self.answered[edition] = self.answered.get(edition, 0) + 1

    @property
    def total(self) -> int:
        """Questions that were answered."""
        return sum(self.answered.values())


class DatabaseServer:
    """The server in processes of its own."""

    def __init__(self, address: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, PROGRAM],
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=ENVIRONMENT
            | {"QA_ENGINE": "postgres", "QA_POSTGRES": address, "QA_READER": "false"}
            | {"QA_PROCESSES": "2", "QA_INDEX_DIR": str(folder / "nothing")},
        )
        assert self._process.stderr
        told: list[str] = []
        while not (told and told[-1].startswith("Serving on")):
            told.append(self._process.stderr.readline())
            assert told[-1], f"the server did not start: {told}"
        self._port = int(told[-1].rpartition(":")[2])
        self._log = Thread(target=self._process.stderr.read)
        self._log.start()

    def ask(self, question: str = QUESTIONS[0]) -> tuple[int, str | None, dict]:
        """Status, Retry-After and body."""
        return self._sent("POST", "/api/ask", json.dumps({"question": question}))

    def answering(self) -> list[int]:
        """The numbers of the processes that answer: what the one that serves has started."""
        (serving,) = (each for each in children(self._process.pid) if children(each))
        told = {each: Path(f"/proc/{each}/cmdline").read_bytes() for each in children(serving)}
        return [each for each, command in told.items() if b"spawn_main" in command]

    def close(self) -> None:
        """Ends all of its processes at once; where they have ended already, nothing."""
        if self._process.poll() is None:
            kill_all(self._process.pid)
        self._process.wait()
        self._log.join()
        assert self._process.stderr
        self._process.stderr.close()

    def _sent(self, method: str, path: str, body: str | None) -> tuple[int, str | None, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_SECONDS)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.headers["Retry-After"], json.load(response)
        finally:
            connection.close()


class Asking:
    """Three people who ask one question after another within the block."""

    def __init__(self, server: DatabaseServer) -> None:
        self._server = server
        self._stop = Event()
        self.asked = Asked()
        self._answers = dict.fromkeys(QUESTIONS, 0)
        self._people = [Thread(target=self._go_on, args=(question,)) for question in QUESTIONS]

    def __enter__(self) -> Asking:
        for person in self._people:
            person.start()
        try:
            self.until(lambda: self.asked.total >= len(QUESTIONS))
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for person in self._people:
            person.join()

    def until_answered(self, more: int = 10) -> None:
        """Waits until so many more questions have been answered."""
        wanted = self.asked.total + more
        self.until(lambda: self.asked.total >= wanted)

    def until_each_is_answered(self) -> None:
        """Waits until nobody waits any more who waits now: each has got two more answers."""
        wanted = {question: count + 2 for question, count in self._answers.items()}
        self.until(lambda: all(self._answers[each] >= wanted[each] for each in wanted))

    def until_refused(self) -> None:
        """Waits until one more question has been refused."""
        wanted = self.asked.refused + 1
        self.until(lambda: self.asked.refused >= wanted)

    def until(self, reached: Callable[[], bool]) -> None:
        """Waits until something is so."""
        end = time.monotonic() + _SECONDS
        while not reached():
            assert time.monotonic() < end, f"it never came to be: {self.asked}"
            time.sleep(0.01)

    def _go_on(self, question: str) -> None:
        with suppress(OSError, http.client.HTTPException):  # the server itself was killed
            while not self._stop.is_set():
                self.asked.take(*self._server.ask(question))
                self._answers[question] += 1
