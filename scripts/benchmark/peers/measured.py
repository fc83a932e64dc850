"""What every peer is given and gives back; it runs in the peer's own interpreter.

A task folder holds `passages.jsonl` (`text` each), their `vectors.npy` and `model.txt`, the path
of the model's weights. A peer makes a function from a question to the numbers of passages, best
first. Then it answers questions, a line of JSON each, as they come on standard input: so that
all systems can be asked in turn, and whatever else the machine does meets them all alike.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LIMIT = 10

Search = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Task:
    """What is searched: texts, their (passages, dimension) vectors, and the model's folder."""

    texts: list[str]
    vectors: np.ndarray
    model: str


def run(make: Callable[[Task], Search]) -> None:
    """Reads the task folder named on the command line, says so, and answers until the end."""
    folder = Path(sys.argv[1])
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    model = (folder / "model.txt").read_text(encoding="utf-8")
    # What the libraries print goes where it does no harm.
    output, sys.stdout = sys.stdout, sys.stderr
    search = make(Task(texts, np.load(folder / "vectors.npy"), model))
    print("ready", file=output, flush=True)
    for line in sys.stdin:
        print(json.dumps(answered(search, json.loads(line))), file=output, flush=True)


def answered(search: Search, question: str) -> dict[str, object]:
    """The numbers of the best passages, and the milliseconds by the clock and of all processors."""
    start, start_processor = time.perf_counter(), time.process_time()
    rows = search(question)
    took, processor = time.perf_counter() - start, time.process_time() - start_processor
    return {
        "rows": [int(row) for row in rows][:LIMIT],
        "ms": 1000 * took,
        "processor_ms": 1000 * processor,
        "memory_mb": memory_mb(),
    }


def memory_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
