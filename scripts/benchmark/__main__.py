#!/usr/bin/env python3
"""Measures how fast the service is, in one run on one machine.

    .venv/bin/python scripts/benchmark WORK_DIR DATASET_DIR ... [--parts answers scale]
        [--peer txtai=/path/to/its/python] [--sizes 10000 100000] [--json FILE] [--plots DIR]

DATASET_DIR are question sets in BEIR layout; all that is built goes into WORK_DIR and is used
again. `answers` compares the time of an answer with that of peers, each run by a Python that
has it installed. `scale` makes the sets' documents into as many passages as --sizes says.
Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import answer_time
import scale
from drawing import picture
from machine import machine
from question_sets import load_sets

PARTS = ("answers", "scale")
PEERS = ("txtai", "haystack", "langchain", "llamaindex")


def main() -> None:
    options = parsed()
    sets = load_sets(options.datasets)
    options.work.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {"machine": machine()}
    print(f"On {results['machine']['name']}.\n")
    if "answers" in options.parts:
        results["answers"] = answer_time.measure(options.work, sets, options.peer)
        print(*answer_time.lines(results["answers"]), "", sep="\n")
    if "scale" in options.parts:
        results["scale"] = scale.measure(options.work, sets, options.sizes)
        print(*scale.lines(results["scale"]), "", sep="\n")
        if options.plots:
            draw_scale(results["scale"], options.plots)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/benchmark", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("work", type=Path, metavar="WORK_DIR")
    parser.add_argument("datasets", type=Path, nargs="+", metavar="DATASET_DIR")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--peer", type=_peer, action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plots", type=Path, metavar="DIR")
    options = parser.parse_args()
    options.peer = dict(options.peer)
    return options


def _peer(text: str) -> tuple[str, str]:
    name, _, python = text.partition("=")
    if name not in PEERS or not Path(python).is_file():
        raise argparse.ArgumentTypeError(f"{text!r}: give {'|'.join(PEERS)}=PYTHON")
    return name, python


def draw_scale(results: Sequence[Mapping[str, Any]], folder: Path) -> None:
    """Three pictures: time, memory and disk by the number of passages."""
    folder.mkdir(parents=True, exist_ok=True)
    plots = {
        "time": (
            "Answer without the reader",
            "milliseconds",
            {"median": "median_ms", "95th percentile": "p95_ms"},
        ),
        "memory": (
            "Resident memory",
            "MB",
            {"all": "memory_mb", "without pages of files": "own_memory_mb"},
        ),
    }
    for name, (title, unit, figures) in plots.items():
        series = {
            label: [(item["passages"], item[figure]) for item in results]
            for label, figure in figures.items()
        }
        drawn = picture(title, "passages", unit, series)
        (folder / f"scale-{name}.svg").write_text(drawn, encoding="utf-8")
    disk = {"disk": [(item["passages"], sum(item["disk_mb"].values())) for item in results]}
    drawn = picture("Index on disk", "passages", "MB", disk)
    (folder / "scale-disk.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
