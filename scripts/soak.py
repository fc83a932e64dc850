"""Mixed load on a server of its own for a while, with things broken on purpose, and what it cost.

    .venv/bin/python scripts/soak.py --minutes 60 --config settings.toml

Works on copies of corpus and index. Questions, documents, exports, verdicts and uploads come from
several threads at once; answering processes are killed, the index is rebuilt, and a byte of the
build in use is flipped (and put right) again and again. Counts requests by kind and status, words
that no document has, verdicts that were taken and are not stored, and memory at start and end.
Exit status 1 where a word was wrong, a record was lost, or a request met a 500.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

TOKEN = "a token for this soak alone"
BREAK_SECONDS = 20.0
"""Between two things that are broken on purpose."""


class Site:
    """The server under load, and the counts of what it answered."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.counts: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()

    def call(self, kind: str, path: str, body: object = None, method: str | None = None) -> Any:
        """What the server answers: an object, bytes, or None where it refused."""
        headers = {"Authorization": f"Bearer {TOKEN}"} if "operator" in path else {}
        data = body if isinstance(body, bytes) else None
        if body is not None and data is None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = Request(self.address + path, data, headers, method=method)
        try:
            with urlopen(request, timeout=180) as response:
                content, form = response.read(), response.headers["Content-Type"]
                self._note(kind, response.status)
                return json.loads(content) if "json" in form else content
        except HTTPError as error:
            self._note(kind, error.code)
        except (URLError, OSError):
            self._note(kind, 0)
        return None

    def _note(self, kind: str, status: int) -> None:
        with self._lock:
            self.counts[kind, status] += 1


class Load:
    """What visitors do, and what of it came out wrong."""

    def __init__(self, site: Site) -> None:
        self.site, self.wrong, self.given = site, list[str](), list[str]()
        self.over = Event()
        self.questions = site.call("suggest", "/api/suggestions")["questions"] or ["What is said?"]
        self._texts: dict[tuple[str, str], str] = {}

    def run(self, act: Callable[[random.Random], None], seed: int) -> None:
        """Acts until it is over."""
        chosen = random.Random(seed)
        while not self.over.is_set():
            act(chosen)

    def ask(self, chosen: random.Random) -> None:
        answer = self.site.call("ask", "/api/ask", {"question": chosen.choice(self.questions)})
        for part in [*answer["citations"], *answer["passages"]] if answer else []:
            self._compare(part)
        if answer and chosen.random() < 0.2:
            self._judge(answer)
        if answer and chosen.random() < 0.2:
            turns = [{"question": answer["question"], "answer": answer}]
            kind = chosen.choice(["markdown", "docx", "json"])
            self.site.call("export", f"/api/export?format={kind}", {"turns": turns})

    def read(self, chosen: random.Random) -> None:
        documents = self.site.call("documents", "/api/documents") or [{"id": "none"}]
        document = chosen.choice(documents)
        self.site.call("page", f"/documents/{quote(document['id'])}?start=5&end=60")
        self.site.call("health", "/api/health")
        time.sleep(0.5)

    def upload(self, chosen: random.Random) -> None:
        name = f"soak-{chosen.randrange(5)}.txt"
        text = f"Soak note {chosen.random()}: the harbour opens at {chosen.randrange(12)}."
        self.site.call("upload", f"/api/operator/uploads/{name}?replace=true", text.encode(), "PUT")
        self.site.call("build", "/api/operator/build", method="POST")
        self.over.wait(30)

    def _judge(self, answer: dict[str, Any]) -> None:
        cited = answer["citations"][0] if answer["citations"] else None
        body = {"question": answer["question"], "verdict": "up", "answered": answer["answered"]}
        stored = self.site.call("feedback", "/api/feedback", body | {"citation": cited})
        if stored:
            self.given.append(stored["id"])

    def _compare(self, part: dict[str, Any]) -> None:
        words = part.get("quote", part.get("text"))
        key = part["document_id"], part["document_version"]
        if key not in self._texts:
            found = self.site.call("document", f"/api/documents/{quote(key[0])}")
            if not found or found["version"] != key[1]:
                return  # rebuilt or refused meanwhile: nothing to compare with
            self._texts[key] = found["text"]
        if self._texts[key][part["start"] : part["end"]] != words:
            self.wrong.append(f"{key[0]} {part['start']}:{part['end']} {words!r}")


class Harm:
    """What is broken on purpose, one thing after another."""

    def __init__(self, index: Path, server: int, over: Event) -> None:
        self.done: Counter[str] = Counter()
        self._index, self._server, self._over = index, server, over

    def run(self) -> None:
        chosen = random.Random(7)
        while not self._over.wait(BREAK_SECONDS):
            act = chosen.choice([self._kill, self._stop, self._flip])
            if act(chosen):
                self.done[act.__name__.strip("_")] += 1

    def _kill(self, chosen: random.Random) -> bool:
        return self._signal(chosen, signal.SIGKILL)

    def _stop(self, chosen: random.Random) -> bool:
        return self._signal(chosen, signal.SIGSTOP)

    def _signal(self, chosen: random.Random, number: signal.Signals) -> bool:
        serving = children(self._server)
        answering = [pid for one in serving for pid in children(one) if is_answering(pid)]
        if answering:
            os.kill(chosen.choice(answering), number)
        return bool(answering)

    def _flip(self, chosen: random.Random) -> bool:
        build = self._index / (self._index / "CURRENT").read_text().strip()
        files = [path for path in build.rglob("*") if path.is_file() and path.stat().st_size]
        if not files:
            return False
        path = chosen.choice(files)
        place = chosen.randrange(path.stat().st_size)
        for _ in range(2):
            with path.open("r+b") as file:
                file.seek(place)
                byte = file.read(1)[0]
                file.seek(place)
                file.write(bytes([byte ^ 1]))
            self._over.wait(3)
        return True


def below(process: int) -> list[int]:
    """Ids of a process, of those that it has started, and of those of these."""
    return [process, *(pid for child in children(process) for pid in below(child))]


def children(process: int) -> list[int]:
    """Ids of the processes that a process has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == process:
            found.append(int(status.parent.name))
    return found


def is_answering(process: int) -> bool:
    """Whether a process below the one that serves answers, and is no bookkeeper."""
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def memory_megabytes(process: int) -> float:
    """Resident memory of a process and all below it; what they share counts for each."""
    total = 0
    for pid in below(process):
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20


def lost_records(index: Path, given: list[str]) -> int:
    """How many verdicts were taken and are not stored."""
    path = index / "feedback.sqlite"
    if not path.exists():
        return len(given)
    with closing(sqlite3.connect(path)) as connection:
        stored = {row[0] for row in connection.execute("SELECT id FROM feedback")}
    return len(set(given) - stored)


def soak(place: Path, minutes: float, threads: int) -> int:
    """Runs it over the copies below `place`."""
    command = [sys.executable, "-m", "qa_service", "serve", "--port", "0"]
    command += ["--corpus", str(place / "corpus"), "--index", str(place / "index")]
    environment = os.environ | {"QA_OPERATOR_TOKEN": TOKEN, "QA_ANSWER_SECONDS": "30"}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert server.stderr
    ready = next(line for line in server.stderr if line.startswith("Serving on "))
    drained = Thread(target=lambda: list(server.stderr or ()), daemon=True)
    drained.start()
    address = re.sub(r"^Serving on (\S+)\s*$", r"\1", ready)
    load = Load(Site(address))
    harm = Harm(place / "index", server.pid, load.over)
    acts = [*[load.ask] * threads, load.read, load.upload]
    workers = [Thread(target=load.run, args=(act, seed)) for seed, act in enumerate(acts)]
    workers.append(Thread(target=harm.run))
    before = memory_megabytes(server.pid)
    for worker in workers:
        worker.start()
    time.sleep(60 * minutes)
    load.over.set()
    for worker in workers:
        worker.join()
    after = memory_megabytes(server.pid)
    server.terminate()
    server.wait(60)
    return report(load, harm, lost_records(place / "index", load.given), before, after)


def report(load: Load, harm: Harm, lost: int, before: float, after: float) -> int:
    """Prints what came of it; the exit status."""
    counts = load.site.counts
    print(f"requests: {sum(counts.values())}")
    for (kind, status), number in sorted(counts.items()):
        print(f"  {kind} {status or 'no answer'}: {number}")
    print(f"broken on purpose: {dict(harm.done)}")
    print(f"wrong words: {len(load.wrong)}")
    for line in load.wrong[:5]:
        print(f"  {line}")
    print(f"verdicts: {len(load.given)}, lost: {lost}")
    print(f"memory: {before:.0f} MB at the start, {after:.0f} MB at the end")
    failed = sum(number for (_, status), number in counts.items() if status in (0, 500))
    return int(bool(load.wrong or lost or failed))


def main() -> int:
    """Copies what is given and runs the soak."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--threads", type=int, default=3, help="that ask")
    options.add_argument("--corpus", default="corpus")
    options.add_argument("--index", default="index")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(given.corpus, place / "corpus")
        shutil.copytree(given.index, place / "index")
        return soak(place, given.minutes, given.threads)


if __name__ == "__main__":
    sys.exit(main())
