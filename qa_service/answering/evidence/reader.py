"""Question and places -> which of them answer, and with which words.

A cross-encoder: the transformer of the default embedding model, trained further by
scripts/train/train_reader.py to say whether a place answers a question and where in it the
answer begins and ends. What it learned from, and how well it reads: docs/reader.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from qa_service.indexing.encoding.onnx_session import padded

MAX_TOKENS = 160
LONGEST_ANSWER = 20
"""Tokens."""

Logits = NDArray[np.float32]
Offsets = NDArray[np.int64]
Inputs = dict[str, NDArray[np.int64]]
Network = Callable[[Inputs], tuple[Logits, Logits]]
"""From (places, tokens) arrays to (places,) logits of relevance and (places, tokens, 2) of a
span's start and end."""


class Place(NamedTuple):
    """A quote that might answer, and the title of its document."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a place.

    `relevance` is the logit that the place answers the question. `start` and `end` are the
    words that answer, as offsets in the place's text; `certainty`, 0 to 1, is the share of
    the probability that falls on them, if the place answers at all.
    """

    relevance: float
    start: int
    end: int
    certainty: float


class Reader(Protocol):
    """The seam to a reading model."""

    def read(self, question: str, places: Sequence[Place]) -> list[Reading]:
        """A reading of each place, in order."""


class TransformerReader:
    """The reader that comes with this package. Safe for many threads."""

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        """`tokenizer` is one of pair_tokenizer."""
        self._network = network
        self._tokenizer = tokenizer

    def read(self, question: str, places: Sequence[Place]) -> list[Reading]:
        """See Reader."""
        return [self._reading(question, place) for place in places]

    def _reading(self, question: str, place: Place) -> Reading:
        """What one place says, read alone: together all would be as long as the longest."""
        inputs, (offsets,) = encode_pairs(self._tokenizer, question, [place])
        (relevance,), (spans,) = self._network(inputs)
        return Reading(float(relevance), *best_span(spans, offsets))


def pair_tokenizer(json: str) -> Tokenizer:
    """A tokenizer that cuts the longer part of a pair beyond MAX_TOKENS at its end."""
    tokenizer = Tokenizer.from_str(json)
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer


def encode_pairs(
    tokenizer: Tokenizer, question: str, places: Sequence[Place]
) -> tuple[Inputs, list[Offsets]]:
    """What the network takes, and for each place the (tokens, 2) offsets in its text.

    Tokens of question and title have the offsets (0, 0).
    """
    heads = [f"{place.title}\n" for place in places]
    pairs = [(question, head + place.text) for head, place in zip(heads, places, strict=True)]
    encodings = tokenizer.encode_batch(pairs)
    offsets = [_offsets(item, len(head)) for item, head in zip(encodings, heads, strict=True)]
    return padded(encodings), offsets


def _offsets(encoding: Encoding, head: int) -> Offsets:
    offsets = np.array(encoding.offsets, np.int64)
    inside = np.array(encoding.type_ids, bool) & ~np.array(encoding.special_tokens_mask, bool)
    inside &= offsets[:, 0] >= head
    return np.where(inside[:, None], offsets - head, 0)


def best_span(logits: Logits, offsets: NDArray[np.int64]) -> tuple[int, int, float]:
    """Start, end and probability of the likeliest span of up to LONGEST_ANSWER tokens.

    Both arrays are (tokens, 2). Start and end are taken as independent: their
    probabilities, among the tokens of the place, multiply.
    """
    inside = np.flatnonzero(offsets[:, 1] > 0)
    if not len(inside):
        return 0, 0, 0.0
    starts, ends = _log_softmax(logits[inside]).T
    sums = np.asarray(starts[:, None] + ends, np.float64)
    ahead = np.arange(len(ends)) - np.arange(len(starts))[:, None]
    sums[(ahead < 0) | (ahead >= LONGEST_ANSWER)] = -np.inf
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    start, end = offsets[inside[first], 0], offsets[inside[last], 1]
    return int(start), int(end), float(np.exp(sums[first, last]))


def _log_softmax(logits: Logits) -> Logits:
    shifted = logits - logits.max(axis=0)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=0)), np.float32)
