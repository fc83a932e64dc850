"""What the reader of passages learns from: questions with the passages that a search brings."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from held_out_documents import held_out_titles

from qa_service.answering.evidence.passage_reader import PassageText, encode_passage, tokens_within

Mined = dict[str, Any]
"""A line of a file that mine_passages.py wrote: a question and its candidates."""

SETS = {
    "squad_v2": 0.8,
    "policyqa": 0.5,
    "or_sharc": 0.5,
    "qed": 0.8,
    "fairytaleqa": 0.3,
    "medquad": 0.5,
    "covid_faq": 0.3,
}
"""The share of a set's questions that a round draws; of the written questions it draws all."""
FEWEST_READ, MOST_READ = 3, 5
READ_OF_SETS = 2
"""Passages read of a question of a set, where the written questions have three to five."""
MOST_POSITIVE = 2
WITHOUT_ANSWER = 0.12
"""How often a question's answering passages are left out, so that none answers."""
BUCKET = 8
"""Passages of like length that are run together."""
STEP = 16
"""Tokens."""


@dataclass(frozen=True, slots=True)
class Read:
    """A passage encoded with its question: arrays of its tokens, and what is right of it.

    `sentence` numbers the sentence of each token from 0, -1 outside; `labels` say for each
    sentence whether it belongs to the answer; `span` is the first and the last token of the
    exact words, None where not known.
    """

    ids: np.ndarray
    types: np.ndarray
    sentence: np.ndarray
    labels: np.ndarray
    span: tuple[int, int] | None

    @property
    def answers(self) -> bool:
        return bool(self.labels.any())


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the passages read with it."""

    passages: tuple[Read, ...]


def load(files: Sequence[Path]) -> list[Mined]:
    """All mined questions of these files."""
    return [json.loads(line) for file in files for line in file.open(encoding="utf-8")]


def split(mined: Sequence[Mined]) -> tuple[list[Mined], list[Mined]]:
    """What is learned from, and what only measures: documents held out, articles held out.

    A question that needs documents of both kinds is in neither.
    """
    titles = {each["file"] for each in mined if each["set"] == "squad_v2"}
    held_articles = held_out_titles(titles)
    learned, held = [], []
    for each in mined:
        apart = each["file"] in held_articles if each["set"] == "squad_v2" else each.get("held")
        if not each.get("mixed"):
            (held if apart else learned).append(each)
    return learned, held


def as_passage(candidate: Mined) -> PassageText:
    """A candidate as the reader takes it."""
    spans = tuple((start, end) for start, end in candidate["sentences"])
    return PassageText(candidate["head"], candidate["text"], spans)


def encode(tokenizer: Any, question: str, candidate: Mined) -> Read:
    """A candidate as the network takes it."""
    passage = as_passage(candidate)
    inputs, offsets = encode_passage(tokenizer, question, passage)
    sentence = np.full(len(offsets), -1, np.int16)
    for number, span in enumerate(passage.sentences):
        sentence[tokens_within(offsets, span)] = number
    labels = np.array(candidate["labels"], np.int8)
    seen = np.isin(np.arange(len(labels)), sentence)
    span = None
    if "exact" in candidate and labels.any():
        tokens = tokens_within(offsets, tuple(candidate["exact"]))
        span = (int(tokens[0]), int(tokens[-1])) if len(tokens) else None
    ids, types = inputs["input_ids"][0], inputs["token_type_ids"][0]
    return Read(ids.astype(np.int32), types.astype(np.int8), sentence, labels * seen, span)


def drawn_round(mined: Sequence[Mined], generator: random.Random) -> list[Mined]:
    """The questions of a round, in random order."""
    chosen = [each for each in mined if generator.random() < SETS.get(each["set"], 1.0)]
    generator.shuffle(chosen)
    return chosen


def drawn_passages(each: Mined, generator: random.Random) -> list[Mined]:
    """The candidates of a question that are read this time: those that answer, and look-alikes."""
    known = [c for c in [*each["candidates"], *each["more"]] if not c.get("ignore")]
    right = [c for c in known if any(c["labels"])]
    wrong = [c for c in each["candidates"] if not c.get("ignore") and not any(c["labels"])]
    misleading = [c for c in known if c.get("near") and not any(c["labels"])]
    most = READ_OF_SETS if each["set"] in SETS else generator.randint(FEWEST_READ, MOST_READ)
    generator.shuffle(right)
    taken = right[:MOST_POSITIVE]
    if each["set"] not in SETS and generator.random() < WITHOUT_ANSWER:
        taken = []
    taken += [c for c in misleading[:1] if len(taken) < most]
    # The nearest look-alikes come first, most of the time.
    rest = [c for c in wrong if c not in taken]
    order = sorted(range(len(rest)), key=lambda at: at + generator.expovariate(1 / 2))
    return [*taken, *(rest[at] for at in order)][: max(most, len(taken))]


def rounds(
    tokenizer: Any, mined: Sequence[Mined], passages: int, generator: random.Random
) -> Iterator[list[Asked]]:
    """Batches of so many passages, without end: round after round, each drawn anew.

    The last question of a batch is cut to what fits: batches of one size are run much faster.
    """
    batch: list[Asked] = []
    room = passages
    while True:
        for each in drawn_round(mined, generator):
            read = [encode(tokenizer, each["q"], c) for c in drawn_passages(each, generator)[:room]]
            if read:
                batch.append(Asked(tuple(read)))
                room -= len(read)
            if not room:
                yield batch
                batch, room = [], passages


def buckets(passages: Sequence[Read]) -> Iterator[list[int]]:
    """Numbers of passages of like length, a few at a time."""
    order = sorted(range(len(passages)), key=lambda at: len(passages[at].ids))
    for first in range(0, len(order), BUCKET):
        yield order[first : first + BUCKET]


def padded_inputs(passages: Sequence[Read]) -> dict[str, torch.Tensor]:
    """Arrays of passages side by side, padded to the longest, and on to a multiple of STEP:
    each new shape costs time."""
    longest = STEP * math.ceil(max(len(each.ids) for each in passages) / STEP)
    ids, types, mask = (torch.zeros(len(passages), longest, dtype=torch.long) for _ in range(3))
    for row, each in enumerate(passages):
        ids[row, : len(each.ids)] = torch.from_numpy(each.ids)
        types[row, : len(each.ids)] = torch.from_numpy(each.types)
        mask[row, : len(each.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
