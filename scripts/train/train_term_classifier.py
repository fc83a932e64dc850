#!/usr/bin/env python3
"""Trains the classifier of terms: which words of earlier questions a follow-up leaves out.

    .venv/bin/python scripts/train/train_term_classifier.py OUT.safetensors TALKS.jsonl ...

TALKS are files of `pointers.py read`, whose follow-ups have a `standalone` form written by a
person. A word of an earlier question counts as left out where that form says it and the question
does not. Talks on documents that are never learned from are passed over, and one in TRIAL of the
others only tries; the weights of the epoch that does best on these are kept.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from held_out_documents import held_out
from safetensors.torch import save_file
from tokenizers import Tokenizer

from qa_service.answering.evidence.passage_reader_network import EMBEDDINGS, load_network
from qa_service.answering.resolving.term_classifier import (
    LEAST_PROBABILITY,
    LONGEST,
    MOST_QUESTIONS,
    words_of_talk,
)
from qa_service.indexing.encoding.onnx_session import padded
from qa_service.stems import terms

TRIAL = 15
BATCH = 16
RATE, HEAD_RATE, WARM_UP = 1e-4, 1e-3, 0.1
FROZEN_LAYERS = 1
"""The lowest; with the embeddings they stay those of the base model."""
LONGEST_NORM = 1.0


@dataclass(frozen=True)
class Example:
    """A follow-up, the questions before it, oldest first, and how it stands alone."""

    talk: str
    question: str
    earlier: tuple[str, ...]
    standalone: str

    @property
    def wanted(self) -> frozenset[str]:
        """The stems that it leaves out."""
        return frozenset(terms(self.standalone)) - frozenset(terms(self.question))

    @property
    def is_trial(self) -> bool:
        """Whether it only tries what was learned, as all of its talk."""
        return sha256(self.talk.encode()).digest()[0] % TRIAL == 0


@dataclass(frozen=True)
class Batch:
    """Inputs of the network; (texts, tokens) labels, NaN where no word begins; and the stems of
    these words, row by row."""

    inputs: dict[str, Any]
    labels: Any
    stems: list[dict[int, str]]
    examples: list[Example]


def examples_of(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        talk = json.loads(line)
        files = [turn["file"] for turn in talk["turns"] if turn.get("file")]
        if any(map(held_out, files)):
            continue
        asked: list[str] = []
        for turn in talk["turns"]:
            if asked and turn.get("standalone"):
                earlier = tuple(text[:LONGEST] for text in asked[-MOST_QUESTIONS:])
                name = f"{path.stem} {talk['id']}"
                yield Example(name, turn["q"][:LONGEST], earlier, turn["standalone"])
            asked.append(turn["q"])


def batches(
    examples: Sequence[Example], tokenizer: Tokenizer, chance: random.Random
) -> Iterator[Batch]:
    """Examples of about the same length together, in any order."""
    lengths = {id(item): sum(map(len, item.earlier)) + chance.random() * 40 for item in examples}
    ordered = sorted(examples, key=lambda item: lengths[id(item)])
    groups = [ordered[first : first + BATCH] for first in range(0, len(ordered), BATCH)]
    chance.shuffle(groups)
    return (_batch(group, tokenizer) for group in groups)


def _batch(examples: list[Example], tokenizer: Tokenizer) -> Batch:
    pairs = [words_of_talk(item.earlier) for item in examples]
    encodings = [
        tokenizer.encode(item.question, together)
        for item, (together, _) in zip(examples, pairs, strict=True)
    ]
    inputs = {name: torch.from_numpy(array) for name, array in padded(encodings).items()}
    labels = torch.full(inputs["input_ids"].shape, torch.nan)
    stems: list[dict[int, str]] = []
    for row, (item, (_, words)) in enumerate(zip(examples, pairs, strict=True)):
        stem_at = {at: stem for stem, _, at in words}
        places = zip(encodings[row].offsets, encodings[row].sequence_ids, strict=True)
        begun = {n: stem_at[o[0]] for n, (o, part) in enumerate(places) if part and o[0] in stem_at}
        for token, stem in begun.items():
            labels[row, token] = float(stem in item.wanted)
        stems.append(begun)
    return Batch(inputs, labels, stems, examples)


def train_epoch(network: Any, data: Iterable[Batch], optimizer: Any, schedule: Any) -> float:
    """Learns from every batch once; the mean loss."""
    network.train()
    losses = []
    for batch in data:
        logits = network(batch.inputs)[1][..., 0]
        judged = ~torch.isnan(batch.labels)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            logits[judged], batch.labels[judged]
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_NORM)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return float(np.mean(losses))


def tried(network: Any, data: Iterable[Batch]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words taken over, over all questions."""
    network.eval()
    taken = wanted = right = 0
    with torch.inference_mode():
        for batch in data:
            likely = torch.sigmoid(network(batch.inputs)[1][..., 0])
            for row, (item, stems) in enumerate(zip(batch.examples, batch.stems, strict=True)):
                found = {s for n, s in stems.items() if likely[row, n] > LEAST_PROBABILITY}
                found -= frozenset(terms(item.question))
                held = item.wanted & {*stems.values()}
                taken, wanted, right = (
                    taken + len(found),
                    wanted + len(held),
                    right + len(found & held),
                )
    precision, recall = right / max(taken, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def save(network: Any, path: Path) -> None:
    """All but the embeddings, as 16-bit floats; the heads that are not used as zeros."""
    kept = {
        name: (tensor if name.startswith(("transformer.", "token.")) else torch.zeros_like(tensor))
        .half()
        .contiguous()
        for name, tensor in network.state_dict().items()
        if not name.startswith(EMBEDDINGS)
    }
    save_file(kept, path)


def prepared(epochs: int, steps: int) -> tuple[Any, Tokenizer, Any, Any]:
    """Network, tokenizer, optimizer and the schedule of its rates."""
    network, tokenizer = load_network(None)
    layers = network.transformer.encoder.layer
    for part in (network.transformer.embeddings, *layers[:FROZEN_LAYERS]):
        part.requires_grad_(requires_grad=False)
    learning = [p for layer in layers[FROZEN_LAYERS:] for p in layer.parameters()]
    heads = [*network.token.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": learning, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    total = epochs * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / (WARM_UP * total)) * max(0.02, 1 - step / total),
    )
    return network, tokenizer, optimizer, schedule


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("talks", nargs="+", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    examples = [item for path in options.talks for item in examples_of(path)]
    learned = [item for item in examples if not item.is_trial]
    trial = [item for item in examples if item.is_trial]
    network, tokenizer, *steps = prepared(options.epochs, -(-len(learned) // BATCH))
    best, started = 0.0, time.monotonic()
    print(f"{len(learned)} follow-ups to learn from, {len(trial)} to try", flush=True)
    for epoch in range(options.epochs):
        loss = train_epoch(network, batches(learned, tokenizer, chance), *steps)
        precision, recall, f1 = tried(network, batches(trial, tokenizer, chance))
        told = f"{precision=:.3f}, {recall=:.3f}, {f1=:.3f}, {time.monotonic() - started:.0f} s"
        print(f"{epoch + 1}: loss {loss:.4f}, {told}", flush=True)
        if f1 > best:
            best = f1
            save(network, options.out)


if __name__ == "__main__":
    main()
