#!/usr/bin/env python3
"""How well the reader of passages reads questions on documents that it never learned from.

    .venv/bin/python scripts/train/measure_passages.py WEIGHTS.safetensors MINED.jsonl ...

Prints JSON: for each group of questions how well it parts answerable ones from others (AUROC
of 1 - none), how many of the others it refuses where it answers nine of ten, how often the best
passage answers, and how often the stretch around its best sentence holds the answer. Passages
are those that the search brings, the first --passages of them; an answer that is not among them
counts as missed.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from passage_data import Mined, Read, buckets, encode, load, padded_inputs, split
from sklearn.metrics import roc_auc_score

from qa_service.answering.evidence.passage_reader import list_probabilities
from qa_service.answering.evidence.passage_reader_network import load_network

SEED = 11
PASSAGES = 5
ANSWERED = 0.9
NEIGHBOUR = 0.5
"""From this probability on a sentence beside the best is quoted too."""
WRITTEN = ("reports", "others")


def main() -> None:
    arguments = parsed()
    torch.set_num_threads(arguments.threads)
    network, tokenizer = load_network(arguments.weights)
    _, held = split(load(arguments.files))
    figures = measured(network.eval(), tokenizer, held, arguments.passages)
    print(json.dumps(figures, indent=1))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well the reader of passages reads.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("files", type=Path, nargs="+", metavar="MINED.jsonl")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


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


def measured(network: Any, tokenizer: Any, held: Sequence[Mined], most: int = PASSAGES) -> dict:
    """Figures by group, and by kind of question for the written ones."""
    results = [judge(network, tokenizer, each, most) for each in held]
    found: dict[str, Any] = {}
    for name in sorted({group(each) for each in held}):
        found[name] = figures([r for r in results if r["group"] == name])
    for name in WRITTEN:
        kinds = {r["kind"] for r in results if r["group"] == name}
        found[f"{name} by kind"] = {
            str(kind): by_kind([r for r in results if (r["group"], r["kind"]) == (name, kind)])
            for kind in sorted(kinds, key=str)
        }
    return found


def judge(network: Any, tokenizer: Any, each: Mined, most: int) -> dict[str, Any]:
    """What the reader makes of one question."""
    candidates = each["candidates"][:most]
    result = {"group": group(each), "kind": each["kind"] or each["why_not"]}
    result |= {"answerable": each["answerable"], "why_not": each.get("why_not")}
    if not candidates:
        return result | {"sure": 0.0, "right": False, "quoted": False, "exact": None}
    passages = [encode(tokenizer, each["q"], candidate) for candidate in candidates]
    logits, tokens = run(network, passages)
    likely = list_probabilities(logits)
    best = int(likely[:-1].argmax())
    stretch = best_stretch(passages[best], tokens[best][:, 0])
    labels = passages[best].labels
    answering = set(np.flatnonzero(labels))
    return result | {
        "sure": float(1 - likely[-1]),
        "margin": float(logits[:, 0].max() - logits[:, 1].mean()),
        "right": bool(answering) or bool(candidates[best].get("ignore")),
        "quoted": covers(stretch, answering) or bool(candidates[best].get("ignore")),
        "brought": any(any(c["labels"]) for c in candidates),
    }


def run(network: Any, passages: Sequence[Read]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Logits of passages and of their tokens."""
    logits, tokens = np.zeros((len(passages), 2), np.float32), [np.zeros(0)] * len(passages)
    for bucket in buckets(passages):
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            judged, said = network(padded_inputs([passages[at] for at in bucket]))
        for row, at in enumerate(bucket):
            logits[at] = judged[row].float().numpy()
            tokens[at] = said[row, : len(passages[at].ids)].float().numpy()
    return logits, tokens


def best_stretch(passage: Read, said: np.ndarray) -> set[int]:
    """The best sentence, and those beside it that are likely too."""
    count = len(passage.labels)
    if not (passage.sentence >= 0).any():
        return set()
    logits = np.full(count, -np.inf)
    for number in set(passage.sentence[passage.sentence >= 0]):
        logits[number] = said[passage.sentence == number].mean()
    best = int(logits.argmax())
    first = last = best
    least = np.log(NEIGHBOUR / (1 - NEIGHBOUR))
    while first > 0 and logits[first - 1] >= least:
        first -= 1
    while last < count - 1 and logits[last + 1] >= least:
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
