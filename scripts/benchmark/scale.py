"""Time, memory and disk by size: the documents of question sets made into up to millions more."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from drawing import picture
from made_corpus import SentenceVectors, base_of, made_documents
from question_sets import opened_index, sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import Dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.encoding.embedding import Embedder
from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build, has_build

QUESTIONS = 200
WINDOW = 1 << 16
DEEPEST = 10
ASKING = Path(__file__).with_name("asking_at_size.py")

Figure = Callable[[dict[str, Any]], float]
PLOTS: dict[str, tuple[str, str, dict[str, Figure]]] = {
    "time": (
        "Answer without the reader",
        "milliseconds",
        {
            "median": lambda item: item["median_ms"],
            "95th percentile": lambda item: item["p95_ms"],
            "of the median, the dense index": lambda item: item["dense_ms"],
        },
    ),
    "memory": (
        "Resident memory",
        "MB",
        {
            "with mapped pages of files": lambda item: item["memory_mb"],
            "without": lambda item: item["own_memory_mb"],
        },
    ),
    "disk": ("Disk", "MB", {"all files of a build": lambda item: sum(item["disk_mb"].values())}),
}


@dataclass
class StageTimes:
    """Seconds of processor time in each stage of a build: other work on the machine, which may
    make it wait, does not count."""

    seconds: dict[str, float] = field(default_factory=dict)

    def start(self, stage: str, total: int | None) -> None:  # noqa: ARG002
        self._stage, self._begun = stage, time.process_time()

    def advance(self, steps: int = 1) -> None:
        pass

    def finish(self) -> None:
        self.seconds[self._stage] = time.process_time() - self._begun


def measure(work: Path, sets: Sequence[Dataset], sizes: Sequence[int]) -> list[dict[str, Any]]:
    """Figures of an index of about each size, which is built below `work` if not there yet."""
    embedder = open_embedder(Settings())
    questions = [question.text for question in sampled_questions(sets, QUESTIONS)]
    vectors = np.stack([embedder.encode_query(text) for text in questions])
    for size in sizes:
        if not has_build(folder := work / f"scale-{size}"):
            build(work, sets, size, folder, embedder)
    return [_measured(work / f"scale-{size}", questions, vectors) for size in sizes]


def lines(results: Sequence[dict[str, Any]]) -> list[str]:
    """The figures as a table in Markdown."""
    header = "| passages | median ms | 95th percentile ms | first answer from cold disk s | "
    header += "opening s | memory MB | disk GB | recall@10 | build, processor s |"
    rows = [header, "|" + "---|" * 9]
    for item in results:
        rows.append(
            f"| {item['passages']:,} | {item['median_ms']:.1f} | {item['p95_ms']:.1f} | "
            f"{item['cold_first_answer_s']:.1f} | {item['opening_s']:.2f} | "
            f"{item['memory_mb']:.0f} | {sum(item['disk_mb'].values()) * 2**20 / 1e9:.2f} | "
            f"{item['recall_at_10']:.4f} | {item['build_s']:.0f} |"
        )
    return rows


def draw(results: Sequence[dict[str, Any]], folder: Path) -> None:
    """Pictures of time, memory and disk by the number of passages."""
    for name, (title, unit, figures) in PLOTS.items():
        series = {
            label: [(item["passages"], figure(item)) for item in results]
            for label, figure in figures.items()
        }
        drawn = picture(title, "passages", unit, series)
        (folder / f"scale-{name}.svg").write_text(drawn, encoding="utf-8")


def build(work: Path, sets: Sequence[Dataset], size: int, folder: Path, embedder: Embedder) -> None:
    """Makes an index of about so many passages; what it took stands beside it."""
    opened = opened_index(sets, work / "base", embedder)
    base = base_of(opened)
    opened.close()
    made = SentenceVectors(base, embedder.name, embedder.fingerprint)
    times, begun = StageTimes(), time.process_time()
    build_index(
        made_documents(base, size), folder, made, BuildOptions(progress=times, keep_builds=1)
    )
    figures = {
        "build_s": time.process_time() - begun,
        "build_stages_s": times.seconds,
        "build_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    (folder / "building.json").write_text(json.dumps(figures))


def _measured(folder: Path, questions: Sequence[str], vectors: np.ndarray) -> dict[str, Any]:
    kept = current_build(folder)
    (folder / "questions.json").write_text(json.dumps(list(questions)))
    np.save(folder / "question_vectors.npy", vectors)
    np.save(folder / "nearest.npy", _nearest(kept, vectors))
    done = subprocess.run(
        [sys.executable, ASKING, folder], stdout=subprocess.PIPE, text=True, check=True
    )
    building = json.loads((folder / "building.json").read_text())
    return json.loads(done.stdout) | building | {"disk_mb": sizes(kept)}


def _nearest(build: Path, vectors: np.ndarray) -> np.ndarray:
    """The ten nearest rows of each question, by comparing it with every vector."""
    every = open_folder(build).vectors.passages
    rows = np.empty((len(vectors), 0), np.int64)
    scores = np.empty((len(vectors), 0), np.float32)
    for first in range(0, len(every), WINDOW):
        window = every[first : first + WINDOW]
        numbers = np.arange(first, first + len(window))
        scores = np.hstack([scores, vectors @ window.T])
        rows = np.hstack([rows, np.broadcast_to(numbers, (len(vectors), len(window)))])
        best = np.argsort(-scores, axis=1)[:, :DEEPEST]
        scores, rows = (np.take_along_axis(part, best, 1) for part in (scores, rows))
    return rows


def sizes(build: Path) -> dict[str, float]:
    """Megabytes of each file or folder of a build."""
    return {
        path.name: sum(part.stat().st_size for part in [path, *path.rglob("*")]) / 2**20
        for path in sorted(build.iterdir())
    }
