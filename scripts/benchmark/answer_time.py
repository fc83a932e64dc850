"""Answer time side by side: this service and its peers, same passages, vectors and questions."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from question_sets import opened_index, sampled_questions

from qa_service.config import Settings
from qa_service.evaluating.datasets import Dataset, EvaluationQuestion
from qa_service.evaluating.ranking_measures import Ranking, ranking_scores
from qa_service.indexing.embedders import open_embedder
from qa_service.indexing.embedding import default_model_path
from qa_service.indexing.opened import OpenedBuild
from qa_service.indexing.passages import search_text
from qa_service.indexing.store import all_passages

PEERS = Path(__file__).parent / "peers"
QUESTIONS = 200
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
    """The figures as a table in Markdown; ratios are of whole answers without the reader."""
    rows = ["| passages | system | median ms | 95th percentile ms | times ours | nDCG@10 |"]
    rows.append("|---|---|---|---|---|---|")
    for result in results:
        ours = result["systems"]["ask"]["median_ms"]
        for name, figures in result["systems"].items():
            rows.append(
                f"| {result['passages']:,} | {name} | {figures['median_ms']:.1f} | "
                f"{figures['p95_ms']:.1f} | {figures['median_ms'] / ours:.1f} | "
                f"{figures['ndcg_at_10']:.3f} |"
            )
    return rows


def _measured(
    opened: OpenedBuild,
    folder: Path,
    questions: Sequence[EvaluationQuestion],
    peers: Mapping[str, str],
) -> dict[str, Any]:
    documents = _write_task(opened, folder, questions)
    runs = {name: (sys.executable, PEERS / "this_service.py", folder, name) for name in OURS}
    runs |= {name: (python, PEERS / f"{name}_search.py", folder) for name, python in peers.items()}
    systems = {
        name: _figures(_run(command), documents, questions) for name, command in runs.items()
    }
    return {"passages": len(documents), "questions": len(questions), "systems": systems}


def _write_task(
    opened: OpenedBuild, folder: Path, questions: Sequence[EvaluationQuestion]
) -> list[str]:
    """Writes what peers/measured.py reads; gives each passage's document."""
    summaries = {item.id: item for item in opened.store.summaries()}
    passages = list(all_passages(opened.store))
    texts = [search_text(summaries[item.document_id], item) for item in passages]
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
    np.save(folder / "vectors.npy", opened.vectors.passages[:])
    asked = json.dumps([question.text for question in questions])
    (folder / "questions.json").write_text(asked, encoding="utf-8")
    (folder / "model.txt").write_text(str(default_model_path()), encoding="utf-8")
    return [passage.document_id for passage in passages]


def _run(command: Sequence[object]) -> dict[str, Any]:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, env=environment
    )
    if done.returncode:
        raise SystemExit(f"{command[1]} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _figures(
    result: Mapping[str, Any], documents: Sequence[str], questions: Sequence[EvaluationQuestion]
) -> dict[str, float]:
    times = result["times_ms"]
    ranked = {
        question.id: Ranking(question.grades, tuple(dict.fromkeys(documents[row] for row in rows)))
        for question, rows in zip(questions, result["found"], strict=True)
    }
    scores = ranking_scores("documents", ranked)
    return {
        "median_ms": statistics.median(times),
        "p95_ms": float(np.quantile(times, 0.95)),
        "ndcg_at_10": statistics.mean(item["ndcg_at_10"] for item in scores.values()),
        "memory_mb": result["memory_mb"],
    }
