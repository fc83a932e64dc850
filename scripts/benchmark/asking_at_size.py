"""Asks an index its questions in a process of its own, so that its memory can be told.

The folder given is what scale.py wrote. Prints the figures as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from qa_service.answering.service import open_service
from qa_service.config import Settings
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.nouns.questions import Question


def main() -> None:
    folder = Path(sys.argv[1])
    questions = json.loads((folder / "questions.json").read_text())
    service = open_service(replace(Settings(), index_dir=folder, reader=False))
    _forget(current_build(folder))
    _, opening = _timed(service.index_info)
    _, first = _timed(lambda: service.ask(Question(questions[0])))
    cold = [_timed(lambda text=text: service.ask(Question(text)))[1] for text in questions]
    asked = [_timed(lambda text=text: service.ask(Question(text))) for text in questions]
    times = 1000 * np.array([seconds for _, seconds in asked])
    figures = {
        "passages": service.index_info().passages,
        "opening_s": opening,
        "cold_first_answer_s": first,
        "cold_median_ms": 1000 * float(np.median(cold)),
        "median_ms": float(np.median(times)),
        "p95_ms": float(np.quantile(times, 0.95)),
        "stages_ms": _stages([answer for answer, _ in asked]),
        **_memory(),
    }
    json.dump(figures | _dense(folder), sys.stdout)


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return call(), time.perf_counter() - start


def _stages(answers: list[Any]) -> dict[str, float]:
    names = {name for answer in answers for name in answer.stages}
    return {
        name: float(np.median([answer.stages.get(name, 0.0) for answer in answers]))
        for name in sorted(names)
    }


def _memory() -> dict[str, float]:
    """Resident megabytes, and how many of them are not pages of files."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    wanted = {"memory_mb": "VmRSS", "own_memory_mb": "RssAnon", "peak_memory_mb": "VmHWM"}
    return {name: int(fields[field].split()[0]) / 1024 for name, field in wanted.items()}


def _forget(build: Path) -> None:
    """Has the system drop what it keeps of the files in memory, as after a restart."""
    for path in build.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _dense(folder: Path) -> dict[str, float]:
    """Recall and time of the dense index alone, against comparing with every vector."""
    vectors, nearest = (np.load(folder / f"{name}.npy") for name in ("question_vectors", "nearest"))
    opened = open_folder(current_build(folder))
    found = [_timed(lambda vector=vector: opened.nearest(vector, 100)) for vector in vectors]
    recalls = [
        len(set(rows[:10].tolist()) & set(best.tolist())) / len(best)
        for ((rows, _), _), best in zip(found, nearest, strict=True)
    ]
    times = [seconds for _, seconds in found]
    return {"recall_at_10": float(np.mean(recalls)), "dense_ms": 1000 * float(np.median(times))}


if __name__ == "__main__":
    main()
