#!/usr/bin/env python3
"""Measures question sets one after the other and prints a Markdown table.

.venv/bin/python scripts/evaluate.py DATASET_DIR DATASET_DIR ... [--index DIR] [--corpus DIR]
"""

import argparse
import sys
from pathlib import Path

from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
from qa_service.answering.resolving.opening import open_term_classifier
from qa_service.evaluating.run import evaluate, report_object
from qa_service.indexing.building.progress import NoProgress
from qa_service.indexing.encoding.embedders import open_embedder
from qa_service.settings_sources import load_settings

TABLES = ("stages", "intervals", "figure_questions", "reliability", "follow_ups")
"""What of a report is no single figure; `qa-service evaluate --json` prints it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="+", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    settings = load_settings({"index_dir": options.index, "corpus_dir": options.corpus})
    embedder = open_embedder(settings)
    models = open_passage_reader(settings), open_term_classifier(settings)
    for number, folder in enumerate(options.datasets):
        report = report_object(evaluate(folder, settings, embedder, NoProgress(), None, *models))
        figures = {name: value for name, value in report.items() if name not in TABLES}
        if not number:
            print("| " + " | ".join(figures) + " |\n|" + "---|" * len(figures))
        print("| " + " | ".join(map(cell, figures.values())) + " |", flush=True)


def cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
