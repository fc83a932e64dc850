#!/usr/bin/env python3
"""Measures how long an answer takes over the documents of several question sets together.

    .venv/bin/python scripts/measure_answer_time.py INDEX_DIR DATASET_DIR ... [--limit N]

All documents become one index below INDEX_DIR. Every question is asked with the reader and
without it, one after the other, so that the two compare. Prints the median and the 95th
percentile of whole answers, question encoding included, and of each stage, in milliseconds.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from qa_service.answering.service import open_service
from qa_service.config import Settings
from qa_service.evaluating.questions.datasets import load_dataset
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.nouns.questions import Question

SEED = 0
WARM_UP_QUESTIONS = 10


def main() -> None:
    options = parsed()
    settings = Settings(index_dir=options.index / "answer_time")
    sets = [load_dataset(folder, settings) for folder in options.datasets]
    embedder = open_embedder(settings)
    build_index(joined(sets), settings.index_dir, embedder, BuildOptions(keep_builds=1))
    with (
        closing(open_service(settings)) as reading,
        closing(open_service(replace(settings, reader=False))) as searching,
    ):
        services = {"with the reader": reading, "without": searching}
        print(f"{reading.index_info().passages:,} passages, {options.limit} questions")
        print("| | median ms | 95th percentile ms |\n|---|---|---|")
        for name, times in measure(services, questions(sets, options.limit)).items():
            print(f"| {name} | {statistics.median(times):.1f} | {percentile(times):.1f} |")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures how long an answer takes.")
    parser.add_argument("index", type=Path)
    parser.add_argument("datasets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=300, help="questions (default 300)")
    return parser.parse_args()


def joined(sets):
    """Every document once, its id and source told apart by its set."""
    for dataset in sets:
        for document in dataset.documents:
            name = f"{dataset.name}-{document.id}"
            yield replace(document, id=name, source=f"{dataset.name}/{document.source}")


def questions(sets, limit) -> list[str]:
    texts = [question.text for dataset in sets for question in dataset.questions]
    return random.Random(SEED).sample(texts, limit)


def measure(services, texts) -> dict[str, list[float]]:
    """Name of a service, or of one of its stages -> milliseconds."""
    times: dict[str, list[float]] = {}
    for at, text in enumerate([*texts[:WARM_UP_QUESTIONS], *texts]):
        for name, service in services.items():
            answer = service.ask(Question(text))
            if at < WARM_UP_QUESTIONS:
                continue
            times.setdefault(name, []).append(answer.took_ms)
            for stage, took in answer.stages.items():
                times.setdefault(f"{name}: {stage}", []).append(took)
    return times


def percentile(times) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


if __name__ == "__main__":
    main()
