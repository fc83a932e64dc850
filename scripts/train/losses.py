"""What a reader of passages is taught: the losses of list, sentences and exact words."""

from __future__ import annotations

import torch
from passage_data import Asked, Read
from torch import nn

WRONG_PASSAGE_WEIGHT = 0.3
"""Of the sentences of passages that do not answer, beside those of one that does."""
IMPOSSIBLE = -1e9


def losses_of(asked: Asked, logits: list[tuple[torch.Tensor, torch.Tensor]]) -> list[torch.Tensor]:
    """Of the list, of the sentences and of the exact words of one question."""
    judged = torch.stack([passage for passage, _ in logits])
    likely = torch.cat([judged[:, 0], judged[:, 1].mean()[None]]).log_softmax(0)
    right = [at for at, passage in enumerate(asked.passages) if passage.answers]
    listed = -likely[right].logsumexp(0) if right else -likely[-1]
    sentences, total, spans = torch.zeros(()), 0.0, torch.zeros(())
    for passage, (_, tokens) in zip(asked.passages, logits, strict=True):
        weight = 1.0 if passage.answers else WRONG_PASSAGE_WEIGHT
        loss = sentence_loss(passage, tokens[:, 0])
        if loss is not None:
            sentences, total = sentences + weight * loss, total + weight
        if passage.span is not None:
            spans = spans + span_loss(passage, tokens[:, 1:]) / len(right)
    return [listed, sentences / max(total, 1.0), spans]


def sentence_loss(passage: Read, tokens: torch.Tensor) -> torch.Tensor | None:
    """Cross entropy of its sentences, each judged by the mean of its tokens."""
    numbers = torch.from_numpy(passage.sentence).long()
    read = numbers >= 0
    if not read.any():
        return None
    count = len(passage.labels)
    sums = torch.zeros(count).index_add(0, numbers[read], tokens[read])
    sizes = torch.bincount(numbers[read], minlength=count)
    seen = sizes > 0
    labels = torch.from_numpy(passage.labels).float()
    return nn.functional.binary_cross_entropy_with_logits(
        sums[seen] / sizes[seen], labels[seen], reduction="mean"
    )


def span_loss(passage: Read, tokens: torch.Tensor) -> torch.Tensor:
    """Cross entropy of start and end among the tokens of the sentences that answer."""
    numbers = torch.from_numpy(passage.sentence).long()
    inside = torch.from_numpy(passage.labels).bool()[numbers.clamp(min=0)] & (numbers >= 0)
    masked = tokens.masked_fill(~inside[:, None], IMPOSSIBLE)
    first, last = passage.span or (0, 0)
    if not (inside[first] and inside[last]):
        return tokens.sum() * 0
    log = masked.log_softmax(0)
    return -(log[first, 0] + log[last, 1]) / 2
