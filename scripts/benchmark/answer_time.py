"""Answer time side by side: this service and its peers, same passages, vectors and questions."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import numpy as np
from drawing import picture
from question_sets import opened_index, sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.measures.ranking_measures import Ranking, ranking_scores
from qa_service.evaluating.questions.datasets import Dataset, EvaluationQuestion
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.indexing.encoding.embedding import default_model_path
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.passages.cutting import search_text

PEERS = Path(__file__).parent / "peers"
QUESTIONS, WARM_UP_QUESTIONS = 100, 10
OURS = ("ask", "search")


def measure(work: Path, sets: Sequence[Dataset], peers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The figures of every system over the first set alone, then over all together.

    `peers` names for each peer the Python that has it. Questions are the first set's in both.
    """
    results = []
    for some in [sets[:1], sets] if len(sets) > 1 else [sets]:
        folder = work / f"answer-time-{len(some)}"
        with_index = opened_index(some, folder / "index", open_embedder(Settings()))
        results.append(_measured(with_index, folder, sampled_questions(sets[:1], QUESTIONS), peers))
        with_index.close()
    return results


def lines(results: Sequence[dict[str, Any]]) -> list[str]:
    """The figures as a table in Markdown; ratios are to whole answers without the reader."""
    header = "| passages | system | median ms | times ours | 95th percentile ms | processor ms |"
    rows = [header + " memory MB | nDCG@10 |", "|" + "---|" * 8]
    for result in results:
        ours = result["systems"]["ask"]["median_ms"]
        for name, figures in result["systems"].items():
            rows.append(
                f"| {result['passages']:,} | {name} | {figures['median_ms']:.1f} | "
                f"{figures['median_ms'] / ours:.1f} | {figures['p95_ms']:.1f} | "
                f"{figures['processor_ms']:.1f} | {figures['memory_mb']:.0f} | "
                f"{figures['ndcg_at_10']:.3f} |"
            )
    return rows


def draw(results: Sequence[dict[str, Any]], folder: Path) -> None:
    """A picture of every system's median by the number of passages."""
    series = {
        name: [(item["passages"], item["systems"][name]["median_ms"]) for item in results]
        for name in results[0]["systems"]
    }
    drawn = picture("Median time of an answer", "passages", "milliseconds", series)
    (folder / "answer-time.svg").write_text(drawn, encoding="utf-8")


def _measured(
    opened: OpenedBuild,
    folder: Path,
    questions: Sequence[EvaluationQuestion],
    peers: Mapping[str, str],
) -> dict[str, Any]:
    documents = _write_task(opened, folder)
    commands = {name: (sys.executable, PEERS / "this_service.py", folder, name) for name in OURS}
    commands |= {
        name: (python, PEERS / f"{name}_search.py", folder) for name, python in peers.items()
    }
    with ExitStack() as running:
        systems = {
            name: running.enter_context(closing(System(command)))
            for name, command in commands.items()
        }
        answers = _asked_in_turn(systems, [question.text for question in questions])
    figures = {name: _figures(given, documents, questions) for name, given in answers.items()}
    return {"passages": len(documents), "questions": len(questions), "systems": figures}


def _write_task(opened: OpenedBuild, folder: Path) -> list[str]:
    """Writes what peers/measured.py reads; gives each passage's document."""
    summaries = {item.id: item for item in opened.store.summaries()}
    passages = list(all_passages(opened.store))
    texts = [search_text(summaries[item.document_id], item) for item in passages]
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
    np.save(folder / "vectors.npy", opened.vectors.passages[:])
    (folder / "model.txt").write_text(str(default_model_path()), encoding="utf-8")
    return [passage.document_id for passage in passages]


class System:
    """A system in a process of its own. Raises SystemExit with its error where it fails."""

    def __init__(self, command: Sequence[object]) -> None:
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self._process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env=environment,
        )
        self._line()

    def ask(self, question: str) -> dict[str, Any]:
        """What peers/measured.py says of its answer."""
        assert self._process.stdin is not None
        print(json.dumps(question), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._line())
        return answer

    def close(self) -> None:
        self._process.communicate()
        self._errors.close()

    def _line(self) -> str:
        assert self._process.stdout is not None
        if line := self._process.stdout.readline():
            return line
        self._errors.seek(0)
        raise SystemExit(f"{self._process.args} failed:\n{self._errors.read()[-2000:]}")


def _asked_in_turn(
    systems: Mapping[str, System], questions: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """The answers of every system; another one begins with every question."""
    for question in questions[:WARM_UP_QUESTIONS]:
        for system in systems.values():
            system.ask(question)
    names = deque(systems)
    answers: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for question in questions:
        for name in names:
            answers[name].append(systems[name].ask(question))
        names.rotate()
    return answers


def _figures(
    answers: Sequence[Mapping[str, Any]],
    documents: Sequence[str],
    questions: Sequence[EvaluationQuestion],
) -> dict[str, float]:
    times = [answer["ms"] for answer in answers]
    ranked = {
        question.id: Ranking(
            question.grades, tuple(dict.fromkeys(documents[row] for row in answer["rows"]))
        )
        for question, answer in zip(questions, answers, strict=True)
    }
    scores = ranking_scores("documents", ranked)
    return {
        "median_ms": statistics.median(times),
        "p95_ms": float(np.quantile(times, 0.95)),
        "processor_ms": statistics.median(answer["processor_ms"] for answer in answers),
        "memory_mb": answers[-1]["memory_mb"],
        "ndcg_at_10": statistics.mean(item["ndcg_at_10"] for item in scores.values()),
    }
