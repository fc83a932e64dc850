#!/usr/bin/env python3
"""Trains the reader of passages and writes its weights.

    .venv/bin/python scripts/train/train_passage_reader.py FOLDER MINED.jsonl ... [--minutes N]

MINED are files of mine_passages.py. Training starts from --start (an earlier reader, or the base
model without it), lasts --minutes, or --steps where given, and goes on where it was broken off:
FOLDER keeps the weights, the optimiser and the figures of each checkpoint (figures.jsonl). The
embeddings and the first layers stay as they are. How it is trained, and what came of it:
docs/reader.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.multiprocessing
from losses import losses_of
from measure_passages import measured, sample
from passage_data import Asked, buckets, load, padded_inputs, rounds, split
from safetensors.torch import load_file, save_file
from torch import nn

from qa_service.answering.evidence.passage_reader import (
    Floats,
    Inputs,
    TransformerPassageReader,
    passage_tokenizer,
)
from qa_service.answering.evidence.passage_reader_network import (
    EMBEDDINGS,
    as_network,
    load_network,
)
from qa_service.indexing.encoding.embedding import default_model_path

SEED = 7
PASSAGES = 32
"""In a step, of about eight questions."""
TRANSFORMER_RATE, HEADS_RATE = 1e-4, 1e-3
WEIGHT_DECAY = 0.01
WARM_UP_STEPS = 60
LEAST_RATE = 0.03
"""Of the full learning rate, towards the end."""
LARGEST_GRADIENT = 1.0
FROZEN_LAYERS = 2
SENTENCE_WEIGHT, SPAN_WEIGHT = 1.0, 0.3
STEPS_TOLD = 5


def main() -> None:
    arguments = parsed()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    network, _ = load_network(None)
    start_from(network, arguments.start)
    prepare(network)
    kept = arguments.folder / "training.pt"
    whole = torch.load(kept, weights_only=True) if kept.exists() else None
    if whole:
        network.load_state_dict(whole["network"])
    network.share_memory()
    counts = torch.tensor(whole["counts"] if whole else [0.0] * 3, dtype=torch.float64)
    counts.share_memory_()
    others = [
        torch.multiprocessing.get_context("fork").Process(
            target=work, args=(number, arguments, network, counts, whole)
        )
        for number in range(1, arguments.processes)
    ]
    for other in others:
        other.start()
    work(0, arguments, network, counts, whole)
    for other in others:
        other.join()
    keep(arguments.folder, network, None, counts)
    report(arguments.folder, network, held_out(arguments, arguments.whole), counts)


def work(number: int, arguments: argparse.Namespace, network: Any, counts: Any, whole: Any) -> None:
    """Trains the shared network, as other processes do at the same time (Hogwild, Niu et al.
    2011). `counts` are steps, passages and seconds of all together; the first process keeps
    the time, and the checkpoints."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED + number)
    learned, _ = split(load(arguments.files))
    learned = shortened(learned, arguments.share)
    optimizer = made_optimizer(network)
    if whole and whole["optimizer"]:
        optimizer.load_state_dict(whole["optimizer"])
    tokenizer = load_tokenizer()
    generator = random.Random(SEED + int(counts[0]) + number)
    batches = rounds(tokenizer, learned, PASSAGES, generator)
    if number == 0:
        print(f"{len(learned)} questions to learn from", flush=True)
    clock, told, next_check = time.time(), [], float(counts[2]) + arguments.every * 60
    network.train()
    while (done := progress(arguments, counts)) < 1:
        set_rate(optimizer, int(counts[0]), done)
        losses, passages = train_step(network, optimizer, next(batches))
        counts[0] += 1
        counts[1] += passages
        if number:
            continue
        now = time.time()
        counts[2] += now - clock
        clock = now
        told.append(losses)
        if len(told) == STEPS_TOLD:
            tell(told, counts, done)
            told = []
        if float(counts[2]) >= next_check:
            keep(arguments.folder, network, optimizer, counts)
            report(arguments.folder, network, held_out(arguments), counts)
            clock = time.time()  # measuring does not count as training
            next_check = float(counts[2]) + arguments.every * 60


def progress(arguments: argparse.Namespace, counts: Any) -> float:
    """How much of the training is done, from 0 to 1."""
    if arguments.steps:
        return float(counts[0]) / arguments.steps
    return float(counts[2]) / (60 * arguments.minutes)


def tell(losses: list[list[float]], counts: Any, done: float) -> None:
    steps, passages, seconds = counts.tolist()
    shown = ", ".join(f"{value:.3f}" for value in np.mean(losses, axis=0))
    speed = passages / seconds
    print(
        f"{steps:.0f} steps, {passages:.0f} passages, {seconds:.0f} s, {speed:.1f}/s, "
        f"done {done:.2f}: {shown}",
        flush=True,
    )


def held_out(arguments: argparse.Namespace, whole: bool = False) -> list[dict[str, Any]]:
    """The questions that measure: some of each group, or all."""
    _, held = split(load(arguments.files))
    return held if whole else sample(held, arguments.measured)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the reader of passages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="+", metavar="MINED.jsonl")
    parser.add_argument("--start", type=Path, help="weights of an earlier reader")
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--steps", type=int, help="in place of --minutes, to be repeatable")
    parser.add_argument("--every", type=float, default=15, help="minutes between checkpoints")
    parser.add_argument("--processes", type=int, default=2, help="that train at the same time")
    parser.add_argument("--measured", type=int, default=160, help="held-out questions of a kind")
    parser.add_argument("--whole", action="store_true", help="measure all of them at the end")
    parser.add_argument("--share", type=float, default=1.0, help="of the written questions")
    return parser.parse_args()


def shortened(learned: list[dict[str, Any]], share: float) -> list[dict[str, Any]]:
    """All questions of sets, and this share of the written ones: the same at every call."""
    written = [each for each in learned if "held" in each]
    random.Random(SEED).shuffle(written)
    others = [each for each in learned if "held" not in each]
    return [*others, *written[: round(share * len(written))]]


def start_from(network: Any, weights: Path | None) -> None:
    """Takes over what the reader of sentences learned: its layers, and its heads as far as
    they mean the same."""
    if weights is None:
        return
    tensors = {name: tensor.float() for name, tensor in load_file(weights).items()}
    state = network.state_dict()
    if "passage.weight" not in tensors:
        for kind in ("weight", "bias"):
            relevance, span = tensors.pop(f"relevance.{kind}"), tensors.pop(f"span.{kind}")
            state[f"passage.{kind}"].zero_()[:1] = relevance
            state[f"token.{kind}"].zero_()[1:] = span
    network.load_state_dict(tensors, strict=False)


def prepare(network: Any) -> None:
    """Freezes what is not trained, and takes out what drops values at random."""
    network.transformer.set_attn_implementation("eager")
    network.transformer.embeddings.requires_grad_(False)
    network.transformer.encoder.layer[:FROZEN_LAYERS].requires_grad_(False)
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0


def made_optimizer(network: Any) -> torch.optim.AdamW:
    """AdamW with a smaller learning rate for what is trained already than for the heads."""
    transformer = [each for each in network.transformer.parameters() if each.requires_grad]
    heads = [*network.passage.parameters(), *network.token.parameters()]
    print("parameters:", sum(each.numel() for each in (*transformer, *heads)), flush=True)
    groups = [
        {"params": transformer, "lr": TRANSFORMER_RATE, "full_rate": TRANSFORMER_RATE},
        {"params": heads, "lr": HEADS_RATE, "full_rate": HEADS_RATE},
    ]
    return torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)


def set_rate(optimizer: torch.optim.AdamW, step: int, done: float) -> None:
    """The learning rate rises in the first steps and falls in a line to the end."""
    share = min(1, (step + 1) / WARM_UP_STEPS) * max(LEAST_RATE, 1 - done)
    for group in optimizer.param_groups:
        group["lr"] = group["full_rate"] * share


def train_step(network: Any, optimizer: Any, batch: list[Asked]) -> tuple[list[float], int]:
    """One step; returns the losses before it, and how many passages were read."""
    optimizer.zero_grad()
    passages = [passage for asked in batch for passage in asked.passages]
    logits: list[Any] = [None] * len(passages)
    with torch.autocast("cpu", dtype=torch.bfloat16):  # which converts the weights once a step
        for bucket in buckets(passages):
            judged, tokens = network(padded_inputs([passages[at] for at in bucket]))
            for row, at in enumerate(bucket):
                logits[at] = judged[row].float(), tokens[row, : len(passages[at].ids)].float()
    at, parts = 0, []
    for asked in batch:
        found = logits[at : at + len(asked.passages)]
        parts.append(torch.stack(losses_of(asked, found)))
        at += len(asked.passages)
    together = torch.stack(parts).mean(dim=0)
    weights = torch.tensor([1.0, SENTENCE_WEIGHT, SPAN_WEIGHT])
    (together * weights).sum().backward()
    nn.utils.clip_grad_norm_(network.parameters(), LARGEST_GRADIENT)
    optimizer.step()
    return together.tolist(), len(passages)


def keep(folder: Path, network: Any, optimizer: Any, counts: Any) -> None:
    """Weights and all that is needed to go on, each in one rename."""
    state = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    kept = {n: t.half() for n, t in state.items() if not n.startswith(EMBEDDINGS)}
    save_file(kept, folder / "new.safetensors")
    os.replace(folder / "new.safetensors", folder / "reader.safetensors")
    moments = optimizer.state_dict() if optimizer else None
    whole = {"network": state, "optimizer": moments, "counts": counts.tolist()}
    torch.save(whole, folder / "new.pt")
    os.replace(folder / "new.pt", folder / "training.pt")


def report(folder: Path, network: Any, held: list[dict[str, Any]], counts: Any) -> None:
    """Adds the figures of this moment to figures.jsonl, of a copy: the others train on."""
    found = measured(in_16_bits(deepcopy(network).eval()), held)
    steps, passages, seconds = counts.tolist()
    record = {"steps": int(steps), "passages": int(passages), "seconds": round(seconds)}
    line = json.dumps(record | {"figures": found})
    with (folder / "figures.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    print(line, flush=True)


def in_16_bits(network: Any) -> TransformerPassageReader:
    """A reader that runs the network as it is trained, which is fast."""

    def run(inputs: Inputs) -> tuple[Floats, Floats]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return as_network(network)(inputs)

    return TransformerPassageReader(run, load_tokenizer())


def load_tokenizer() -> Any:
    folder = default_model_path()
    return passage_tokenizer((folder / "tokenizer.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
