"""Examples for the reader: which it learns from and which measure it, and its batches."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.utils.rnn import pad_sequence

from qa_service.answering.evidence.reader import Place, encode_pairs

Example = dict[str, Any]
"""A line of a file that reader_examples.py wrote."""

ARTICLE_SETS = ("squad_v2", "xquad_en")
"""Paragraphs of the same encyclopedia articles, which `title` names: one pool of examples."""
HELD_OUT_ARTICLES, HELD_OUT_SEED = 9, 7
PER_ROUND = {"policyqa": 2_500, "or_sharc": 1_500}
"""The most examples that a pool gives to a round; the pool of articles gives all it draws."""
FURTHER_SHARE = 0.3
"""How likely a round has a wrong place of a question that is in it with another place."""
BATCH, BUCKET = 32, 20
"""Examples in a batch, and batches whose examples are sorted by length together."""


@dataclass(frozen=True, slots=True)
class Split:
    """Examples to learn from, by pool, and those of the articles that only measure."""

    pools: dict[str, list[Example]]
    held_out: list[Example]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as the network takes it.

    `inputs` are (tokens,) tensors; `inside` marks the tokens of the place's own text; `span`
    is the first and the last token of the answer, None where no span is known.
    """

    inputs: dict[str, torch.Tensor]
    inside: torch.Tensor
    answers: bool
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded examples; `spans` is (examples, 2), -1 where none is known."""

    inputs: dict[str, torch.Tensor]
    inside: torch.Tensor
    answers: torch.Tensor
    spans: torch.Tensor


def held_out_titles(titles: Iterable[str]) -> set[str]:
    """Which of the articles of squad_v2 only measure: the same ones at every call."""
    shuffled = sorted(set(titles))
    random.Random(HELD_OUT_SEED).shuffle(shuffled)
    return set(shuffled[:HELD_OUT_ARTICLES])


def read_split(files: Sequence[Path]) -> Split:
    """All examples, without any of the held-out articles or of their questions to learn from."""
    examples = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    held = held_out_titles(each["title"] for each in examples if each["set"] == "squad_v2")
    asked = {each["question"] for each in examples if each["title"] in held}
    pools: dict[str, list[Example]] = {"articles": []}
    for each in examples:
        if each["set"] not in ARTICLE_SETS:
            pools.setdefault(each["set"], []).append(each)
        elif each["title"] not in held and each["question"] not in asked:
            pools["articles"].append(each)
    held_out = [each for each in examples if each["set"] == "squad_v2" and each["title"] in held]
    return Split(pools, held_out, tuple(sorted(held)))


def encoded(tokenizer: Any, example: Example) -> Encoded:
    """An example's tensors. A span that lies beyond what is read counts as not known."""
    place = Place(example["title"], example["text"])
    inputs, (offsets,) = encode_pairs(tokenizer, example["question"], [place])
    inside, span = offsets[:, 1] > 0, None
    if "start" in example:
        answer = inside & (offsets[:, 0] < example["end"]) & (offsets[:, 1] > example["start"])
        tokens = np.flatnonzero(answer)
        span = (int(tokens[0]), int(tokens[-1])) if len(tokens) else None
    tensors = {name: torch.from_numpy(array[0]) for name, array in inputs.items()}
    return Encoded(tensors, torch.from_numpy(inside), bool(example["answers"]), span)


def chances(pool: Sequence[Example]) -> list[float]:
    """How likely each example of a pool is in a round.

    Places that answer always are, and the first place of a question that none answers; so
    no question weighs much more than another, however many wrong places were found for it.
    """
    answerable = {each["id"] for each in pool if each["answers"]}
    seen: set[str] = set()
    found = []
    for each in pool:
        first = each["id"] not in answerable and each["id"] not in seen
        found.append(1.0 if each["answers"] or first else FURTHER_SHARE)
        seen.add(each["id"])
    return found


def rounds(
    pools: dict[str, list[Encoded]], drawn: dict[str, list[float]], generator: random.Random
) -> Iterator[Batch]:
    """Batches without end: round after round, each drawn anew. `drawn` are the chances."""
    while True:
        examples = _drawn(pools, drawn, generator)
        generator.shuffle(examples)
        batches = list(_batches(examples))
        generator.shuffle(batches)
        yield from map(joined, batches)


def joined(examples: Sequence[Encoded]) -> Batch:
    """Examples side by side, padded with zeros to the longest."""
    names = examples[0].inputs
    inputs = {name: _padded([each.inputs[name] for each in examples]) for name in names}
    return Batch(
        inputs=inputs,
        inside=_padded([each.inside for each in examples]),
        answers=torch.tensor([float(each.answers) for each in examples]),
        spans=torch.tensor([each.span or (-1, -1) for each in examples]),
    )


def _drawn(
    pools: dict[str, list[Encoded]], drawn: dict[str, list[float]], generator: random.Random
) -> list[Encoded]:
    chance = np.random.default_rng(generator.randrange(10**9))
    examples = []
    for name, pool in pools.items():
        kept = [at for at, likely in enumerate(drawn[name]) if chance.random() < likely]
        chance.shuffle(kept)
        examples += [pool[at] for at in kept[: PER_ROUND.get(name)]]
    return examples


def _batches(examples: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    """Batches of examples of like length, so that little is padded."""
    for first in range(0, len(examples), BATCH * BUCKET):
        bucket = sorted(examples[first : first + BATCH * BUCKET], key=lambda e: len(e.inside))
        for at in range(0, len(bucket), BATCH):
            yield bucket[at : at + BATCH]


def _padded(rows: Sequence[torch.Tensor]) -> torch.Tensor:
    return pad_sequence(list(rows), batch_first=True)
