#!/usr/bin/env python3
"""How well the reader of passages reads questions on documents that it never learned from.

    .venv/bin/python scripts/train/measure_passages.py WEIGHTS.safetensors MINED.jsonl ...

Prints JSON: for each group of questions how well it parts answerable ones from others (AUROC
of 1 - none), how many of the others it refuses where it answers nine of ten, how often the best
passage answers, and how often the stretch around its best sentence holds the answer. Passages
are those that the search brings, the first --passages of them; an answer that is not among them
counts as missed. Read by the exported reader, as the service runs it, on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from passage_data import Mined, as_passage, load, split
from sklearn.metrics import roc_auc_score
from tables import write_table

from qa_service.answering.evidence.passage_reader import PassageReader, PassageReading
from qa_service.answering.evidence.passage_reader_opening import open_passage_reader
from qa_service.answering.evidence.read_places import FEWEST
from qa_service.config import Settings

SEED = 11
PASSAGES = 5
ANSWERED = 0.9
NEIGHBOUR = 0.5
"""From this probability on a sentence beside the best is quoted too."""
WRITTEN = ("reports", "others")
MEASURES, REFUSING = ("brought", "right", "quoted"), ("auroc", "refused")
COMMAND = "scripts/train/measure_passages.py WEIGHTS MINED …"
COLUMNS = (
    *("questions on", "answerable", "found by search", "right passage", "quoted"),
    *("not answerable", "AUROC", "refused at 90 % answered"),
)


def main() -> None:
    arguments = parsed()
    torch.set_num_threads(1)
    _, held = split(load(arguments.files))
    held = sample(held, arguments.most)
    reader = open_passage_reader(Settings(reader_bits=arguments.bits), arguments.weights)
    figures = measured(reader, held, arguments.passages, arguments.enough)
    options = {"bits": arguments.bits, "passages": arguments.passages, "enough": arguments.enough}
    print(json.dumps(options | figures, indent=1))
    if arguments.table:
        write_table(arguments.table, COMMAND, COLUMNS, rows(figures), options=options | figures)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well the reader of passages reads.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("files", type=Path, nargs="+", metavar="MINED.jsonl")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--most", type=int, default=10**6, help="questions of a group")
    parser.add_argument("--enough", type=float, default=1.0, help="see PassageReader.read")
    parser.add_argument("--table", type=Path, help="a file for the documentation")
    parser.add_argument("--bits", type=int, default=8, choices=(8, 32))
    return parser.parse_args()


def rows(found: dict[str, Any]) -> list[list[Any]]:
    """A row of the table for each group of questions."""
    groups = {k: part for k, part in found.items() if isinstance(part, dict) and "not" in part}
    return [
        [name, part["answerable"], *(part.get(measure) for measure in MEASURES), part["not"]]
        + [part.get(measure) for measure in REFUSING]
        for name, part in groups.items()
    ]


def group(each: Mined) -> str:
    """Reports, other written documents, or the name of a set."""
    if "held" not in each:
        return str(each["set"])
    reports = all(
        "_" in name and name.endswith(".pdf") and is_report(name) for name in each["files"]
    )
    return WRITTEN[0] if reports else WRITTEN[1]


def is_report(name: str) -> bool:
    return name.startswith(("ilacs_", "jtai_", "send_", "single-inspection"))


def sample(held: Sequence[Mined], most: int) -> list[Mined]:
    """Up to so many questions of each group, the same at every call."""
    groups: dict[str, list[Mined]] = {}
    for each in held:
        groups.setdefault(group(each), []).append(each)
    generator = random.Random(SEED)
    return [
        each
        for name in sorted(groups)
        for each in generator.sample(groups[name], min(most, len(groups[name])))
    ]


def measured(
    reader: PassageReader, held: Sequence[Mined], most: int = PASSAGES, enough: float = 1.0
) -> dict[str, Any]:
    """Figures by group, and by kind of question for the written ones; how long reading took."""
    results = [judge(reader, each, most, enough) for each in held if each["candidates"]]
    found: dict[str, Any] = {"milliseconds": times([r["seconds"] for r in results])}
    found["passages read"] = round(float(np.mean([r["read"] for r in results])), 2)
    for name in sorted({r["group"] for r in results}):
        found[name] = figures([r for r in results if r["group"] == name])
    for name in WRITTEN:
        kinds = {r["kind"] for r in results if r["group"] == name}
        found[f"{name} by kind"] = {
            str(kind): by_kind([r for r in results if (r["group"], r["kind"]) == (name, kind)])
            for kind in sorted(kinds, key=str)
        }
    return found


def times(seconds: Sequence[float]) -> dict[str, float]:
    """Of the processor, a question."""
    parts = {"mean": np.mean(seconds), "median": np.median(seconds)}
    parts |= {"95th percentile": np.quantile(seconds, 0.95)}
    return {name: round(1000 * float(value), 1) for name, value in parts.items()}


def judge(reader: PassageReader, each: Mined, most: int, enough: float) -> dict[str, Any]:
    """What the reader makes of one question."""
    candidates = each["candidates"][:most]
    passages = [as_passage(candidate) for candidate in candidates]
    began = time.process_time()
    reading = reader.read(each["q"], passages, enough, FEWEST)
    seconds = time.process_time() - began
    best = reading.best or 0
    answering = set(np.flatnonzero(candidates[best]["labels"]))
    elsewhere = bool(candidates[best].get("ignore"))
    stretch = best_stretch(reading.passages[best])
    return {
        "group": group(each),
        "kind": each["kind"] or each["why_not"],
        "answerable": each["answerable"],
        "why_not": each.get("why_not"),
        "seconds": seconds,
        "read": len(reading.passages),
        "sure": 1 - reading.none,
        "right": bool(answering) or elsewhere,
        "quoted": covers(stretch, answering) or elsewhere,
        "brought": any(any(c["labels"]) for c in candidates),
    }


def best_stretch(passage: PassageReading) -> set[int]:
    """The best sentence, and those beside it that are likely too."""
    if passage.best is None:
        return set()
    first = last = passage.best
    while first > 0 and passage.sentences[first - 1] >= NEIGHBOUR:
        first -= 1
    while last < len(passage.sentences) - 1 and passage.sentences[last + 1] >= NEIGHBOUR:
        last += 1
    return set(range(first, last + 1))


def covers(stretch: set[int], answering: set[int]) -> bool:
    """Whether at least half of the passage's answering sentences are in the stretch."""
    return bool(answering) and len(stretch & answering) >= len(answering) / 2


def figures(results: list[dict[str, Any]]) -> dict[str, Any]:
    answerable = [r for r in results if r["answerable"]]
    others = [r for r in results if not r["answerable"]]
    found: dict[str, Any] = {"answerable": len(answerable), "not": len(others)}
    if answerable:
        for name in ("brought", "right", "quoted"):
            found[name] = round(float(np.mean([bool(r.get(name)) for r in answerable])), 3)
    if answerable and others:
        truth = [r["answerable"] for r in results]
        found["auroc"] = round(float(roc_auc_score(truth, [r["sure"] for r in results])), 3)
        least = np.quantile([r["sure"] for r in answerable], 1 - ANSWERED)
        found["refused"] = round(float(np.mean([r["sure"] < least for r in others])), 3)
        found["none on average"] = [
            round(float(np.mean([1 - r["sure"] for r in part])), 3) for part in (answerable, others)
        ]
        found["refused by reason"] = {
            str(why): [round(float(np.mean([r["sure"] < least for r in part])), 2), len(part)]
            for why in sorted({r["why_not"] for r in others}, key=str)
            for part in [[r for r in others if r["why_not"] == why]]
        }
    return found


def by_kind(results: list[dict[str, Any]]) -> list[Any]:
    """(quoted, answerable questions) of a kind."""
    answerable = [r for r in results if r["answerable"]]
    share = round(float(np.mean([r["quoted"] for r in answerable])), 2) if answerable else None
    return [share, len(answerable)]


if __name__ == "__main__":
    main()
