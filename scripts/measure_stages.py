#!/usr/bin/env python3
"""Measures what each stage of ranking brings and costs, and prints a Markdown table.

    .venv/bin/python scripts/measure_stages.py INDEX_DIR DATASET_DIR ... [--limit N] [--corpus DIR]

Each row adds a stage to the one above, but for the first three, which stand alone. A cell is
nDCG@10 by document with half its 95 % interval (bootstrap over questions); an asterisk marks
a difference to the row that it builds on which chance hardly explains (paired randomisation
test, p < 0.05). Every question is asked of all rows in turn, so that their times compare;
the last column is the median time of ranking, encoding left out, over all sets.
Indexes are built below INDEX_DIR where they are missing, as `qa-service evaluate` does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from qa_service.answering.service import AnswerService
from qa_service.evaluating.measures.intervals import mean_figures
from qa_service.evaluating.measures.ranking_measures import ranking_scores, rankings
from qa_service.evaluating.questions.datasets import load_dataset
from qa_service.evaluating.reports.comparison import SIGNIFICANT, paired_p_value
from qa_service.indexing.building.build import build_index
from qa_service.indexing.building.options import BuildOptions
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.nouns.questions import Filters
from qa_service.settings_sources import load_settings

RANKED_PASSAGES = 100
MEASURE = "ndcg_at_10"
SEED = 0

_PLAIN = {"rerank": False, "date_weight": 0.0}
_STAGES = (
    *("sentence_weight", "phrase_weight", "name_weight", "neighbour_weight"),
    *("pseudo_feedback_weight", "date_weight"),
)


def variants() -> dict[str, tuple[dict, str | None]]:
    """Name of a row -> settings unlike the defaults, and the row that it builds on."""
    found = {
        "keyword only": (_PLAIN | {"keyword_weight": 1.0}, None),
        "dense only": (_PLAIN | {"keyword_weight": 0.0}, None),
        "reciprocal rank fusion": (
            _PLAIN | {"fusion": "reciprocal_rank", "keyword_weight": 0.5},
            None,
        ),
        "weighted sum": (_PLAIN, "reciprocal rank fusion"),
    }
    above, off = "weighted sum", dict.fromkeys(_STAGES, 0.0)
    for stage in _STAGES:
        del off[stage]
        name = f"+ {stage}"
        found[name] = (dict(off), above)
        above = name
    return found


class CachedEmbedder:
    """An embedder that encodes each question once, however many rows ask it."""

    def __init__(self, embedder) -> None:
        self.name, self.fingerprint = embedder.name, embedder.fingerprint
        self.encode_query = cache(embedder.encode_query)


def main() -> None:
    options = parsed()
    settings = load_settings({"index_dir": options.index, "corpus_dir": options.corpus})
    embedder = open_embedder(settings)
    measured = {}
    for folder in options.datasets:
        dataset = load_dataset(folder, settings)
        index_dir = settings.index_dir / "evaluations" / dataset.name
        build_index(dataset.documents, index_dir, embedder, BuildOptions(keep_builds=1))
        own = replace(settings, index_dir=index_dir)
        measured[dataset.name] = measure(dataset, own, embedder, options.limit)
        print(f"measured {dataset.name}", file=sys.stderr, flush=True)
    print_table(measured)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measures what each stage of ranking brings.")
    parser.add_argument("index", type=Path)
    parser.add_argument("datasets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=500, help="questions a set (default 500)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    return parser.parse_args()


def measure(dataset, settings, embedder, limit) -> dict[str, tuple[list[float], list[float]]]:
    """Name of a row -> (nDCG@10, milliseconds) of each question."""
    documents = {document.id: document for document in dataset.documents}
    answerable = [question for question in dataset.questions if question.grades]
    asked = random.Random(SEED).sample(answerable, min(limit, len(answerable)))
    cached = CachedEmbedder(embedder)
    found, times = {name: {} for name in variants()}, {name: [] for name in variants()}
    with ExitStack() as opened:
        services = {}
        for name, (changed, _) in variants().items():
            service = AnswerService(replace(settings, **changed), cached)
            services[name] = opened.enter_context(closing(service))
        for at, question in enumerate(asked):
            cached.encode_query(question.text)
            for name, service in services.items():
                filters = Filters(document_ids=question.document_ids)
                result = service.search(question.text, RANKED_PASSAGES, filters)
                ranked = rankings(replace(question, spans=()), result.hits, documents, {})
                found[name][str(at)] = ranked["documents"]
                times[name].append(result.took_ms)
    return {name: (scores(ranked), times[name]) for name, ranked in found.items()}


def scores(ranked) -> list[float]:
    by_question = ranking_scores("documents", ranked)
    return [by_question[question][MEASURE] for question in ranked]


def print_table(measured) -> None:
    print("| nDCG@10 | " + " | ".join(measured) + " | ms |")
    print("|---|" + "---|" * (len(measured) + 1))
    counts = [str(len(rows["weighted sum"][0])) for rows in measured.values()]
    print("| questions | " + " | ".join(counts) + " | |")
    for name, (_, base) in variants().items():
        cells = [cell(rows[name][0], rows[base][0] if base else None) for rows in measured.values()]
        times = [time for rows in measured.values() for time in rows[name][1]]
        print(f"| {name} | " + " | ".join(cells) + f" | {statistics.median(times):.1f} |")


def cell(values, base) -> str:
    figure = mean_figures([{MEASURE: value} for value in values])[MEASURE]
    half = (figure.high - figure.low) / 2
    shown = f"{figure.value:.3f} ±{half:.3f}"
    return shown + (" *" if base is not None and differs(values, base) else "")


def differs(values, base) -> bool:
    return paired_p_value(np.subtract(values, base)) < SIGNIFICANT


if __name__ == "__main__":
    main()
