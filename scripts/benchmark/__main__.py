#!/usr/bin/env python3
"""Measures how fast the service is, in one run on one machine.

    .venv/bin/python scripts/benchmark WORK_DIR DATASET_DIR ... [--parts encoder answers load scale
        engines building] [--files PDF_DIR] [--peer txtai=/path/to/its/python]
        [--sizes 10000 100000] [--postgres ADDRESS] [--json FILE] [--plots DIR]

DATASET_DIR are question sets in BEIR layout; all that is built goes into WORK_DIR and is used
again. `encoder` compares the exported model with its library. `answers` compares the time of an
answer with that of peers, each run by a Python that has it installed. `load` has many clients
ask a server at a time. `scale` makes the sets' documents into as many passages as --sizes says.
`engines` asks builds of these sizes in files and in the empty database of --postgres in turn.
`building` builds the PDF files of --files, and again after a change; without --files it is
left out. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import answer_time
import building
import encoder
import engines
import load
import scale
from machine import machine
from question_sets import load_sets

from qa_service.evaluating.questions.datasets import Dataset

Measure = Callable[[argparse.Namespace, Sequence[Dataset]], Any]
Lines = Callable[[Any], Iterable[str]]

PARTS: dict[str, tuple[Measure, Lines]] = {
    "encoder": (lambda _, sets: encoder.measure(sets), encoder.lines),
    "answers": (
        lambda options, sets: answer_time.measure(options.work, sets, options.peer),
        answer_time.lines,
    ),
    "load": (lambda options, sets: load.measure(options.work, sets), load.lines),
    "scale": (
        lambda options, sets: scale.measure(options.work, sets, options.sizes),
        scale.lines,
    ),
    "engines": (
        lambda options, sets: engines.measure(options.work, sets, options.sizes, options.postgres),
        engines.lines,
    ),
    "building": (lambda options, _: building.measure(options.files), building.lines),
}
PICTURES: dict[str, Callable[[Any, Path], None]] = {
    "answers": answer_time.draw,
    "load": load.draw,
    "scale": scale.draw,
}
PEERS = ("txtai", "haystack", "langchain", "llamaindex")


def main() -> None:
    options = parsed()
    sets = load_sets(options.datasets)
    options.work.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {"machine": machine()}
    print(f"On {results['machine']['name']}.\n")
    for part in options.parts:
        measure, lines = PARTS[part]
        results[part] = measure(options, sets)
        print(*lines(results[part]), "", sep="\n", flush=True)
    if options.plots:
        options.plots.mkdir(parents=True, exist_ok=True)
        for part in PICTURES.keys() & results.keys():
            PICTURES[part](results[part], options.plots)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/benchmark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("work", type=Path, metavar="WORK_DIR")
    parser.add_argument("datasets", type=Path, nargs="+", metavar="DATASET_DIR")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--peer", type=peer, action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--files", type=Path, metavar="PDF_DIR")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--plots", type=Path, metavar="DIR")
    parser.add_argument("--postgres", metavar="ADDRESS")
    options = parser.parse_args()
    options.peer = dict(options.peer)
    if options.files is None:
        options.parts = [part for part in options.parts if part != "building"]
    if options.postgres is None:
        options.parts = [part for part in options.parts if part != "engines"]
    return options


def peer(text: str) -> tuple[str, str]:
    name, _, python = text.partition("=")
    if name not in PEERS or not Path(python).is_file():
        raise argparse.ArgumentTypeError(f"{text!r}: give {'|'.join(PEERS)}=PYTHON")
    return name, python


if __name__ == "__main__":
    main()
