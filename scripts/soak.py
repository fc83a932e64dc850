"""Mixed load on a server of its own for a while, with things broken on purpose, and what it cost.

    .venv/bin/python scripts/soak.py --minutes 60 [--figures soak]

Works on copies of corpus and index. Questions, look-ups, documents, exports, briefings, verdicts
and uploads come at a steady rate and the index is rebuilt. A byte of the build in use is flipped
and put right again each minute, and an answering process is killed, one is stopped, or a build is
killed. Counts requests by kind and status, words that no document has, verdicts, questions and
uploads that were taken and are not stored, and memory by kind of process, at the start and at the
end when nothing is built.
With --figures they go into docs/figures and onto the pages that show them. Exit status 1 where a
word was wrong, a record was lost, or a request met a 500.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from make_figures import write_figures
from soaking.harm import Harm
from soaking.load import TOKEN, Load, Site
from soaking.processes import Trail, settled

PROCESSES = 2
SERVED = {
    "QA_OPERATOR_TOKEN": TOKEN,
    "QA_ANSWER_SECONDS": "30",
    "QA_RECORD_QUESTIONS": "true",
    "QA_PROCESSES": str(PROCESSES),
    "QA_KEEP_BUILDS": "3",
}
KINDS = ("serving", "answering")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a soak."""

    minutes: float
    load: Load
    harm: Harm
    trail: Trail
    lost: dict[str, int]
    before: Counter[str]
    after: Counter[str]

    @property
    def failed(self) -> int:
        """Requests that met a 500 or no answer at all."""
        counts = self.load.site.counts.items()
        return sum(number for (_, status), number in counts if status in (0, 500))

    @property
    def rows(self) -> list[list[object]]:
        """A line for each figure, as pages show them."""
        requests = Counter[str]()
        refused = 0
        for (kind, status), number in self.load.site.counts.items():
            requests[kind] += number
            refused += number if status >= 400 else 0
        kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(requests.items()))
        return [
            ["minutes", round(self.minutes)],
            ["requests", f"{sum(requests.values())} ({kinds})"],
            ["wrong words", len(self.load.wrong)],
            *([f"{name} lost", number] for name, number in self.lost.items()),
            ["requests with a 500 or no answer", self.failed],
            ["requests refused with another status", refused],
            ["answers with other quotes than before the harm", self.load.otherwise],
            *([name, number] for name, number in sorted(self.harm.done.items())),
            *([f"megabytes {kind}: start, end, most", self._memory(kind)] for kind in KINDS),
        ]

    def _memory(self, kind: str) -> str:
        return f"{self.before[kind]}, {self.after[kind]}, {self.trail.most(kind)}"


def stored(path: Path, query: str) -> set[str]:
    """What a file of records holds."""
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as connection:
        return {str(row[0]) for row in connection.execute(query)}


def lost_records(index: Path, load: Load) -> dict[str, int]:
    """How many of each kind were taken and are not stored."""
    verdicts = stored(index / "feedback.sqlite", "SELECT id FROM feedback")
    (recorded,) = stored(index / "questions.sqlite", "SELECT count(*) FROM questions") or {"0"}
    files = {path.name: path for path in (index / "uploads").glob("*")}
    kept = [
        name in files and hashlib.sha256(files[name].read_bytes()).hexdigest() == version
        for name, version in load.uploads.items()
    ]
    return {
        f"of {len(load.verdicts)} verdicts": len(set(load.verdicts) - verdicts),
        f"of {load.asked} recorded questions": load.asked - int(recorded),
        f"of {len(kept)} uploads": kept.count(False),
    }


@contextmanager
def serving(place: Path) -> Iterator[tuple[int, str]]:
    """A server over the copies below `place`: its process and its address."""
    command = [sys.executable, "-m", "qa_service", "serve", "--port", "0"]
    command += ["--corpus", str(place / "corpus"), "--index", str(place / "index")]
    log = (place / "server.log").open("w+")
    with log, subprocess.Popen(command, env=os.environ | SERVED, stderr=log) as server:
        try:
            yield server.pid, address(place / "server.log")
        finally:
            server.terminate()
            server.wait(60)


def address(log: Path, seconds: float = 900.0) -> str:
    """Where the server says that it is to be found."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if found := re.search(r"^Serving on (\S+)\s*$", log.read_text(), re.MULTILINE):
            return found[1]
        time.sleep(0.5)
    raise SystemExit(f"the server did not start:\n{log.read_text()}")


def soak(place: Path, minutes: float, threads: int, rate: float) -> Outcome:
    """Runs it over the copies below `place`."""
    with serving(place) as (server, site):
        load = Load(Site(site), (threads + 1) / rate)
        harm = Harm(place / "index", server, load.over)
        trail = Trail(server, load.over)
        before = settled(server, PROCESSES)
        acts = [*[load.ask] * threads, load.read, load.rebuild]
        workers = [Thread(target=load.run, args=(act, seed)) for seed, act in enumerate(acts)]
        workers += [Thread(target=harm.run), Thread(target=trail.run)]
        for worker in workers:
            worker.start()
        time.sleep(60 * minutes)
        load.over.set()
        for worker in workers:
            worker.join()
        after = settled(server, PROCESSES)
    lost = lost_records(place / "index", load)
    return Outcome(minutes, load, harm, trail, lost, before, after)


def report(outcome: Outcome) -> int:
    """Prints what came of it; the exit status."""
    for name, value in outcome.rows:
        print(f"{name}: {value}")
    for (kind, status), number in sorted(outcome.load.site.counts.items()):
        print(f"  {kind} {status or 'no answer'}: {number}")
    for line in outcome.load.wrong[:5]:
        print(f"  {line}")
    for sample in outcome.trail.samples:
        print(f"  {dict(sample)}")
    return int(bool(outcome.load.wrong or any(outcome.lost.values()) or outcome.failed))


def main() -> int:
    """Copies what is given and runs the soak."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--threads", type=int, default=3, help="that ask")
    options.add_argument("--rate", type=float, default=1.0, help="acts in a second, all together")
    options.add_argument("--corpus", default="corpus")
    options.add_argument("--index", default="index")
    options.add_argument("--figures", help="a name of docs/figures to write them to")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(given.corpus, place / "corpus")
        shutil.copytree(given.index, place / "index")
        outcome = soak(place, given.minutes, given.threads, given.rate)
    if given.figures:
        command = f"scripts/soak.py --minutes {given.minutes:g}"
        samples = [dict(sample) for sample in outcome.trail.samples]
        write_figures(given.figures, command, outcome.rows, memory=samples)
    return report(outcome)


if __name__ == "__main__":
    sys.exit(main())
