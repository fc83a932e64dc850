"""Many clients at once: a server of this service over the sets' passages, asked over HTTP.

Each client keeps one connection and asks its next question when the last is answered. All of
them are one asyncio program, which takes the machine some 0.2 ms a request: threads of
http.client took more than a millisecond, of the same cores that answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from types import MappingProxyType
from typing import Any

from drawing import picture
from question_sets import load_sets, opened_index, sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import Dataset
from qa_service.indexing.encoding.embedders import open_embedder

CLIENTS = (1, 4, 16, 64)
TOO_MANY = 160
"""Clients, beyond what the server lets wait."""
SECONDS = 8
QUESTIONS = 500
STARTING_SECONDS = 60
PLOTS = {
    "throughput": ("Answers a second, many clients at once", "answers a second", "per_second"),
    "p99": ("99th percentile, many clients at once", "milliseconds", "p99_ms"),
}


def measure(work: Path, sets: Sequence[Dataset]) -> dict[str, Any]:
    """Throughput, times and refusals by the number of clients, with the reader and without."""
    opened = opened_index(sets, work / "base", open_embedder(Settings()))
    passages = opened.info.passages
    opened.close()
    questions = [question.text for question in sampled_questions(sets, QUESTIONS)]
    figures = {}
    for processes in sorted({Settings().answering_processes, 1}, reverse=True):
        for reader in (True, False):
            name = f"{processes} answering, {'with' if reader else 'without'} the reader"
            with server(work / "base", reader, processes) as port:
                figures[name] = _levels(port, questions)
    return {"passages": passages, "load": figures}


def _levels(port: int, questions: Sequence[str]) -> list[dict[str, Any]]:
    """The figures by the number of clients; `times_one` is the throughput of one client's."""
    requests = [_request(port, question) for question in questions]
    asyncio.run(_ask_for(2, port, requests, 2))  # opens the build, and fills the caches
    levels = [
        asyncio.run(_ask_for(clients, port, requests, SECONDS)) for clients in (*CLIENTS, TOO_MANY)
    ]
    alone = levels[0]["per_second"]
    return [{**level, "times_one": level["per_second"] / alone} for level in levels]


def rate(port: int, questions: Sequence[str], clients: int) -> float:
    """Answers a second to so many clients."""
    requests = [_request(port, question) for question in questions]
    asyncio.run(_ask_for(clients, port, requests, SECONDS / 2))
    return float(asyncio.run(_ask_for(clients, port, requests, SECONDS))["per_second"])


def lines(results: dict[str, Any]) -> Iterator[str]:
    """The figures as a table in Markdown."""
    yield f"{results['passages']:,} passages."
    yield (
        "| | clients | answers a second | times one client | median ms | 99th percentile ms | "
        "refused | median ms |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, levels in results["load"].items():
        for level in levels:
            refused = f"{level['refused']} | {level['refused_ms']:.0f}"
            yield (
                f"| {name} | {level['clients']} | {level['per_second']:.1f} | "
                f"{level['times_one']:.2f} | "
                f"{level['median_ms']:.0f} | {level['p99_ms']:.0f} | {refused} |"
            )


def draw(results: dict[str, Any], folder: Path) -> None:
    """Pictures of throughput and of the 99th percentile by the number of clients."""
    for name, (title, unit, figure) in PLOTS.items():
        series = {
            label: [(level["clients"], level[figure]) for level in levels]
            for label, levels in results["load"].items()
        }
        drawn = picture(title, "clients", unit, series)
        (folder / f"load-{name}.svg").write_text(drawn, encoding="utf-8")


@contextmanager
def server(
    index: Path, reader: bool, processes: int, settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[int]:
    """A server in a process of its own, and the port it answers at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa_service", "serve", "--port", str(port)]
    environment = {
        "QA_INDEX_DIR": str(index),
        "QA_READER": str(reader).lower(),
        "QA_PROCESSES": str(processes),
    }
    told = os.environ | environment | settings
    with subprocess.Popen(command, env=told, stderr=subprocess.DEVNULL) as run:
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


def _request(port: int, question: str) -> bytes:
    """A question as it goes over the connection."""
    body = json.dumps({"question": question}).encode()
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _ask_for(
    clients: int, port: int, requests: Sequence[bytes], seconds: float
) -> dict[str, Any]:
    """The figures of so many clients, asking for so long."""
    start = time.perf_counter()
    firsts = [7 * number % len(requests) for number in range(clients)]
    each = [_client(port, [*requests[n:], *requests[:n]], seconds) for n in firsts]
    found = [item for items in await asyncio.gather(*each) for item in items]
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


async def _client(port: int, requests: Sequence[bytes], seconds: float) -> list[tuple[int, float]]:
    """Status and seconds of each request; a refused client comes back when it was told to."""
    end = time.perf_counter() + seconds
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found: list[tuple[int, float]] = []
    for request in cycle(requests):
        start = time.perf_counter()
        if start > end:
            break
        writer.write(request)
        status, headers = _head(await reader.readuntil(b"\r\n\r\n"))
        await reader.readexactly(int(headers["content-length"]))
        found.append((status, time.perf_counter() - start))
        if status == 503:
            await asyncio.sleep(int(headers["retry-after"]))
    writer.close()
    return found


def _head(head: bytes) -> tuple[int, dict[str, str]]:
    """The status of a response, and its headers by their names in small letters."""
    first, *lines = head.decode("latin-1").splitlines()
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


if __name__ == "__main__":
    print(*lines(measure(Path(sys.argv[1]), load_sets(list(map(Path, sys.argv[2:]))))), sep="\n")
