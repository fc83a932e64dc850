#!/usr/bin/env python3
"""Trains the reader and writes its weights.

    .venv/bin/python scripts/train/train_reader.py OUTPUT.safetensors EXAMPLES.jsonl ...

The examples are those of reader_examples.py. Training starts from the default embedding
model, whose embeddings stay as they are: the file holds all other weights, as 16 bit
floats. Nine articles of squad_v2 are kept out of the training; what the reader makes of
them is printed from time to time and at the end. --examples N says how many examples are
seen in all (72,000), --threads N how many cores work on them (2). What came of it:
docs/reader.md.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_data import Batch, Example, chances, encoded, read_split, rounds
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import nn

from qa_service.answering.evidence.reader import Place, TransformerReader
from qa_service.answering.evidence.reader_network import EMBEDDINGS, as_network, load_network
from qa_service.evaluating.measures.quote_measures import token_f1

SEED = 7
TRANSFORMER_RATE, HEADS_RATE = 2e-4, 1e-3
WEIGHT_DECAY = 0.01
WARM_UP_STEPS = 100
LEAST_RATE = 0.02
"""Of the full learning rate, towards the end."""
LARGEST_GRADIENT = 1.0
SPAN_WEIGHT = 2.0
STEPS_TOLD = 100
STEPS_MEASURED = 500
IMPOSSIBLE = -1e9


def main() -> None:
    arguments = parsed()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    split = read_split(arguments.files)
    print("held out:", ", ".join(split.articles))
    network, tokenizer = load_network(None)
    network.transformer.embeddings.requires_grad_(False)
    pools = {name: [encoded(tokenizer, e) for e in pool] for name, pool in split.pools.items()}
    print("examples:", {name: len(pool) for name, pool in pools.items()}, flush=True)
    drawn = {name: chances(pool) for name, pool in split.pools.items()}
    batches = rounds(pools, drawn, random.Random(SEED))
    optimizer = made_optimizer(network)
    network.train()
    for step, seen in train(network, optimizer, batches, arguments.examples):
        if step % STEPS_MEASURED == 0 or seen >= arguments.examples:
            write_weights(network, arguments.output)
            print(seen, "examples seen;", measured(network, tokenizer, split.held_out), flush=True)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the reader and writes its weights.")
    parser.add_argument("output", type=Path, metavar="OUTPUT.safetensors")
    parser.add_argument("files", type=Path, nargs="+", metavar="EXAMPLES.jsonl")
    parser.add_argument("--examples", type=int, default=72_000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def made_optimizer(network):
    """AdamW with a smaller learning rate for what is trained already than for the heads."""
    transformer = [each for each in network.transformer.parameters() if each.requires_grad]
    heads = [*network.relevance.parameters(), *network.span.parameters()]
    print("parameters:", sum(each.numel() for each in (*transformer, *heads)), flush=True)
    groups = [
        {"params": transformer, "lr": TRANSFORMER_RATE, "full_rate": TRANSFORMER_RATE},
        {"params": heads, "lr": HEADS_RATE, "full_rate": HEADS_RATE},
    ]
    return torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)


def train(network, optimizer, batches, examples):
    """Trains until so many examples were seen; gives steps and examples after each step."""
    seen, losses = 0, []
    for step in count(1):
        batch = next(batches)
        set_rate(optimizer, step - 1, seen / examples)
        losses.append(train_step(network, optimizer, batch))
        seen += len(batch.answers)
        if step % STEPS_TOLD == 0:
            print(f"step {step}, {seen} examples: loss {np.mean(losses):.3f}", flush=True)
            losses.clear()
        yield step, seen
        if seen >= examples:
            return


def set_rate(optimizer, step: int, done: float) -> None:
    """The learning rate rises in the first steps and falls in a line to the end."""
    share = min(1, step / WARM_UP_STEPS) * max(LEAST_RATE, 1 - done)
    for group in optimizer.param_groups:
        group["lr"] = group["full_rate"] * share


def train_step(network, optimizer, batch: Batch) -> float:
    """One step; returns the loss before it."""
    optimizer.zero_grad()
    value = loss(*network(batch.inputs), batch)
    value.backward()
    nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
    optimizer.step()
    return value.item()


def loss(relevance: torch.Tensor, spans: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Cross entropy of relevance, and of start and end where the answer's place is known.

    The second weighs as much as the share of such examples in the batch, times SPAN_WEIGHT.
    """
    value = nn.functional.binary_cross_entropy_with_logits(relevance, batch.answers)
    known = batch.spans[:, 0] >= 0
    if not known.any():
        return value
    logits = spans[known].masked_fill(~batch.inside[known][..., None], IMPOSSIBLE)
    both = nn.functional.cross_entropy(logits, batch.spans[known])
    return value + SPAN_WEIGHT * known.float().mean() * both


def write_weights(network: Any, path: Path) -> None:
    """Writes all but the embeddings, as 16 bit floats."""
    state = network.state_dict().items()
    kept = {name: each.half() for name, each in state if not name.startswith(EMBEDDINGS)}
    save_file(kept, path)


def measured(network: Any, tokenizer: Any, held_out: Sequence[Example]) -> str:
    """Figures on the held-out articles, read as the service reads places."""
    network.eval()
    questions: dict[str, list[Example]] = {}
    for example in held_out:
        questions.setdefault(example["id"], []).append(example)
    results = [read_example(network, tokenizer, each) for each in questions.values()]
    network.train()
    return ", ".join(f"{name} {value:.3f}" for name, value in figures(results).items())


def read_example(network, tokenizer, examples: Sequence[Example]):
    """(example, reading) of all places of one question."""
    places = [Place(each["title"], each["text"]) for each in examples]
    readings = TransformerReader(as_network(network), tokenizer).read(
        examples[0]["question"], places
    )
    return list(zip(examples, readings, strict=True))


def figures(results) -> dict[str, float]:
    """How well right places part from wrong ones, and right words from others.

    A question's relevance is that of its best place. F1 is of the words in places known to
    hold an answer; `certain_f1` of the half of them whose words are the more certain.
    """
    pairs = [(each["answers"], reading.relevance) for found in results for each, reading in found]
    best = [max(found, key=lambda pair: pair[1].relevance) for found in results]
    answerable = [any(each["answers"] for each, _ in found) for found in results]
    words = [word_score(*pair) for found in results for pair in found if "start" in pair[0]]
    by_certainty = [score for _, score in sorted(words, key=lambda pair: -pair[0])]
    top = [each["answers"] for (each, _), can in zip(best, answerable, strict=True) if can]
    return {
        "pair_auroc": roc_auc_score(*zip(*pairs, strict=True)),
        "question_auroc": roc_auc_score(answerable, [reading.relevance for _, reading in best]),
        "top_place_right": np.mean(top),
        "f1": np.mean(by_certainty),
        "certain_f1": np.mean(by_certainty[: len(by_certainty) // 2]),
    }


def word_score(example: Example, reading) -> tuple[float, float]:
    """How certain the reader is of the words it takes for the answer, and their token F1."""
    said = example["text"][reading.start : reading.end]
    return reading.certainty, token_f1(said, [example["text"][example["start"] : example["end"]]])


if __name__ == "__main__":
    main()
