"""Both engines side by side: builds of the sizes of scale.py in files and in a database.

The database is an empty one on this machine, with pgvector. Each question is asked of one engine
and then of the other, each in a process of its own, so that what else the machine does falls on
both. What the server does for it is counted by the processes of its connections.

    .venv/bin/python scripts/benchmark/engines.py RESULTS.json ...

writes docs/figures/engines.json from what `--json` wrote.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import load
import scale
from question_sets import sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import Dataset
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.postgres.database import Database, rows_of
from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds
from qa_service.indexing.keeping.manifest import current_build, has_build

ASKING = Path(__file__).with_name("asking_an_engine.py")
ENGINES = ("embedded", "postgres")
PROCESSES = (1, 2, 3)
CLIENTS = 6
WITH_READER = 50
"""Questions that are asked with the reader, too."""
COMMAND = (
    "scripts/benchmark WORK_DIR SETS … --parts engines --sizes 10000 100000 --postgres ADDRESS"
)
WORDS = {"embedded": "files", "postgres": "PostgreSQL"}
ROWS: tuple[tuple[str, Callable[[dict[str, Any], str], str]], ...] = (
    ("answer, median", lambda item, name: f"{item[name]['median_ms']:.0f} ms"),
    ("answer, 95th percentile", lambda item, name: f"{item[name]['p95_ms']:.0f} ms"),
    (
        "with the reader, median",
        lambda item, name: f"{item['with_reader'][name]['median_ms']:.0f} ms",
    ),
    (
        "with the reader, 95th percentile",
        lambda item, name: f"{item['with_reader'][name]['p95_ms']:.0f} ms",
    ),
    ("processor of who answers", lambda item, name: f"{item[name]['processor_ms']:.0f} ms"),
    (
        "processor of the server",
        lambda item, name: "–" if name == "embedded" else f"{item[name]['server_ms']:.0f} ms",
    ),
    ("own memory of who answers", lambda item, name: f"{item[name]['own_memory_mb']:.0f} MB"),
    ("disk", lambda item, name: f"{item['disk_mb'][name]:.0f} MB"),
    (
        "same passages, of 200 questions",
        lambda item, name: "–" if name == "embedded" else str(item["alike"]),
    ),
    (
        "build, processor; then copied and indexed in",
        lambda item, name: (
            f"{item['building']['build_s']:.0f} s"
            if name == "embedded"
            else f"{item['copying_s']:.0f} s"
        ),
    ),
    *(
        (
            f"answers a second, {number} answering",
            lambda item, name, number=str(number): f"{item['load'][name][number]:.1f}",
        )
        for number in PROCESSES
    ),
)
_DISK = """SELECT sum(pg_total_relation_size(pg_class.oid))::int8 FROM pg_class
    JOIN pg_namespace ON relnamespace = pg_namespace.oid WHERE nspname = %s AND relkind = 'r'"""


def measure(
    work: Path, sets: Sequence[Dataset], sizes: Sequence[int], address: str
) -> list[dict[str, Any]]:
    """Figures of both engines at each size; at the first, how many answers a second too."""
    questions = [each.text for each in sampled_questions(sets, scale.QUESTIONS)]
    results = []
    for size in sizes:
        folder = work / f"scale-{size}"
        if not has_build(folder):
            scale.build(work, sets, size, folder, open_embedder(Settings()))
        figures = _moved(folder, address) | _asked(folder, address, questions, False)
        figures["with_reader"] = _asked(folder, address, questions[:WITH_READER], True)
        results.append(figures | {"load": _load(folder, address, questions)})
    return results


def lines(results: Sequence[dict[str, Any]]) -> Iterable[str]:
    """The figures as a table in Markdown."""
    columns, rows = table(results)
    for line in (columns, ["---"] * len(columns), *rows):
        yield "| " + " | ".join(line) + " |"


def table(results: Sequence[dict[str, Any]]) -> tuple[list[str], list[list[str]]]:
    """Names of columns, two for each size, and rows."""
    places = [(item, name) for item in results for name in ENGINES]
    columns = ["", *(f"{item['passages']:,}, {WORDS[name]}" for item, name in places)]
    rows = [[label, *(figure(item, name) for item, name in places)] for label, figure in ROWS]
    return columns, rows


def _moved(folder: Path, address: str) -> dict[str, Any]:
    """How long it takes to copy the build into the database, and what it takes there."""
    database = Database(address)
    builds = DatabaseBuilds(database)
    before = builds.in_use()
    with closing(FolderBuild(current_build(folder))) as build:
        name, passages = build.manifest.build, build.manifest.passages
        start = time.perf_counter()
        builds.put(build)
        copying = time.perf_counter() - start
    builds.publish(name, before)
    builds.prune(1, before)
    with database.writing() as connection:
        (disk,) = rows_of(connection, _DISK, (f"build_{name}",))[0]
    return {
        "passages": passages,
        "copying_s": copying,
        "disk_mb": {
            "embedded": sum(scale.sizes(current_build(folder)).values()),
            "postgres": disk / 2**20,
        },
        "building": json.loads((folder / "building.json").read_text()),
    }


def _asked(folder: Path, address: str, questions: Sequence[str], reader: bool) -> dict[str, Any]:
    """Both asked in turn, all questions twice; the second time counts."""
    with ExitStack() as opened:
        asking = {
            name: opened.enter_context(_asker(name, folder, address, reader)) for name in ENGINES
        }
        for question in questions:
            for asker in asking.values():
                _ask(asker, question)
        told = [{name: _ask(it, question) for name, it in asking.items()} for question in questions]
    figures = {name: _summary([each[name] for each in told]) for name in ENGINES}
    alike = sum(each["embedded"]["passages"] == each["postgres"]["passages"] for each in told)
    return figures | {"questions": len(questions), "alike": alike}


@contextmanager
def _asker(name: str, folder: Path, address: str, reader: bool) -> Iterable[subprocess.Popen[str]]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    settings = _environment(name, folder, address) | {"QA_READER": str(reader).lower()}
    environment = os.environ | settings
    with subprocess.Popen([sys.executable, ASKING], env=environment, **pipes) as asker:
        yield asker
        asker.stdin.close()


def _environment(name: str, folder: Path, address: str) -> dict[str, str]:
    return {
        "QA_ENGINE": name,
        "QA_INDEX_DIR": str(folder),
        "QA_POSTGRES": address,
    }


def _ask(asker: subprocess.Popen[str], question: str) -> dict[str, Any]:
    asker.stdin.write(json.dumps(question) + "\n")
    asker.stdin.flush()
    return json.loads(asker.stdout.readline())


def _summary(told: Sequence[dict[str, Any]]) -> dict[str, float]:
    passed = sorted(each["ms"] for each in told)
    last = told[-1]
    return {
        "median_ms": statistics.median(passed),
        "p95_ms": passed[int(0.95 * (len(passed) - 1))],
        "processor_ms": statistics.mean(each["processor_ms"] for each in told),
        "server_ms": statistics.mean(each["server_ms"] for each in told),
        "own_memory_mb": last["own_memory_mb"],
        "server_memory_mb": last["server_memory_mb"],
    }


def _load(folder: Path, address: str, questions: Sequence[str]) -> dict[str, dict[str, float]]:
    """Answers a second of so many processes that answer, by engine."""
    return {
        name: {str(number): _rate(name, number, folder, address, questions) for number in PROCESSES}
        for name in ENGINES
    }


def _rate(name: str, processes: int, folder: Path, address: str, questions: Sequence[str]) -> float:
    with load.server(folder, False, processes, _environment(name, folder, address)) as port:
        return load.rate(port, questions, CLIENTS)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1]))
    from make_figures import write_figures

    found = [json.loads(Path(name).read_text())["engines"] for name in sys.argv[1:]]
    head, body = table([item for results in found for item in results])
    write_figures("engines", COMMAND, body, columns=head)
