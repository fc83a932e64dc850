"""Many clients at once: a server of this service over the sets' passages, asked over HTTP.

Each client keeps one connection and asks its next question when the last is answered.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from question_sets import load_sets, opened_index, sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.datasets import Dataset
from qa_service.indexing.embedders import open_embedder

CLIENTS = (1, 4, 16, 64)
TOO_MANY = 160
"""Clients, beyond what the server lets wait."""
SECONDS = 8
QUESTIONS = 500
STARTING_SECONDS = 60


def measure(work: Path, sets: Sequence[Dataset]) -> dict[str, Any]:
    """Throughput, times and refusals by the number of clients, with the reader and without."""
    opened = opened_index(sets, work / "base", open_embedder(Settings()))
    passages = opened.info.passages
    opened.close()
    questions = [question.text for question in sampled_questions(sets, QUESTIONS)]
    figures = {}
    for reader in (True, False):
        with _server(work / "base", reader) as port:
            _ask_for(2, port, questions, 2)  # opens the build, and fills the caches
            figures["with the reader" if reader else "without"] = [
                _ask_for(clients, port, questions, SECONDS) for clients in (*CLIENTS, TOO_MANY)
            ]
    return {"passages": passages, "load": figures}


def lines(results: dict[str, Any]) -> Iterator[str]:
    """The figures as a table in Markdown."""
    yield f"{results['passages']:,} passages."
    yield "| | clients | answers a second | median ms | 99th percentile ms | refused | median ms |"
    yield "|---|---|---|---|---|---|---|"
    for name, levels in results["load"].items():
        for level in levels:
            refused = f"{level['refused']} | {level['refused_ms']:.0f}"
            yield (
                f"| {name} | {level['clients']} | {level['per_second']:.1f} | "
                f"{level['median_ms']:.0f} | {level['p99_ms']:.0f} | {refused} |"
            )


@contextmanager
def _server(index: Path, reader: bool) -> Iterator[int]:
    """A server in a process of its own, and the port it answers at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa_service", "serve", "--port", str(port)]
    environment = {"QA_INDEX_DIR": str(index), "QA_READER": str(reader).lower()}
    with subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL) as run:
        try:
            _wait_for(port)
            yield port
        finally:
            run.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the server does not start")


def _ask_for(clients: int, port: int, questions: Sequence[str], seconds: float) -> dict[str, Any]:
    """The figures of so many clients, asking for so long."""
    start = time.perf_counter()
    end = start + seconds
    with ThreadPoolExecutor(clients) as pool:
        offsets = range(0, 7 * clients, 7)
        asked = pool.map(lambda first: list(_client(port, questions, first, end)), offsets)
        found = [item for items in asked for item in items]
    took = time.perf_counter() - start
    answers = [1000 * wait for status, wait in found if status == 200]
    refusals = [1000 * wait for status, wait in found if status == 503]
    if len(answers) + len(refusals) < len(found):
        raise RuntimeError(f"a question failed: {sorted({status for status, _ in found})}")
    return {
        "clients": clients,
        "per_second": len(answers) / took,
        "median_ms": statistics.median(answers),
        "p99_ms": sorted(answers)[int(0.99 * len(answers))],
        "refused": len(refusals),
        "refused_ms": statistics.median(refusals or [0]),
    }


def _client(
    port: int, questions: Sequence[str], first: int, end: float
) -> Iterator[tuple[int, float]]:
    """Status and seconds of each question; a refused client comes back when it was told to."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for question in islice(cycle(questions), first, None):
        start = time.perf_counter()
        if start > end:
            break
        connection.request(
            "POST",
            "/api/ask",
            json.dumps({"question": question}),
            {"Content-Type": "application/json"},
        )
        response = connection.getresponse()
        response.read()
        yield response.status, time.perf_counter() - start
        if response.status == 503:
            time.sleep(int(response.headers["Retry-After"]))
    connection.close()


if __name__ == "__main__":
    print(*lines(measure(Path(sys.argv[1]), load_sets(list(map(Path, sys.argv[2:]))))), sep="\n")
