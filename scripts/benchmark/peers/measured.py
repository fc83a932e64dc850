"""What every peer is given and gives back; it runs in the peer's own interpreter.

A task folder holds `passages.jsonl` (`text` each), their `vectors.npy`, `questions.json` and
`model.txt`, the path of the model's weights. A peer makes a function from a question to the
numbers of passages, best first; its times and results go to standard output as JSON.
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

WARM_UP_QUESTIONS = 10
LIMIT = 10

Search = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Task:
    """What is searched: texts, their (passages, dimension) vectors, and the model's folder."""

    texts: list[str]
    vectors: np.ndarray
    model: str


def run(make: Callable[[Task], Search]) -> None:
    """Answers the questions of the task folder named on the command line, and prints JSON."""
    folder = Path(sys.argv[1])
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    model = (folder / "model.txt").read_text(encoding="utf-8")
    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    output, sys.stdout = sys.stdout, sys.stderr
    search = make(Task(texts, np.load(folder / "vectors.npy"), model))
    json.dump(measured(search, questions) | {"memory_mb": memory_mb()}, output)


def measured(search: Search, questions: Sequence[str]) -> dict[str, object]:
    """Milliseconds of each question, and the numbers of its best passages."""
    for question in questions[:WARM_UP_QUESTIONS]:
        search(question)
    times, found = [], []
    for question in questions:
        start = time.perf_counter()
        rows = search(question)
        times.append(1000 * (time.perf_counter() - start))
        found.append([int(row) for row in rows][:LIMIT])
    return {"times_ms": times, "found": found}


def memory_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
