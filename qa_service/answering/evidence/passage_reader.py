"""Question and passages -> which sentences answer, or that nothing does.

A cross-encoder: the question is read together with each whole passage, and the passages are
weighed against each other and against "none of them". The transformer of the default embedding
model, trained further by scripts/train/train_passage_reader.py; what it learned from, and how
well it reads: docs/reader.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from qa_service.indexing.encoding.onnx_session import padded

MAX_TOKENS = 256
"""Of question, head and text together; the longer part is cut at its end."""
LONGEST_EXACT = 24
"""Tokens of the words that answer."""
HEAD_SEPARATOR = " · "
AT_ONCE = 2
"""Passages of a question that are read side by side."""
LATELY = 512
"""Readings of one passage that are kept: a question may come to it again, beyond its scope, or
asked of each document by itself."""

Span = tuple[int, int]
Floats = NDArray[np.float32]
Offsets = NDArray[np.int64]
Inputs = dict[str, NDArray[np.int64]]
Network = Callable[[Inputs], tuple[Floats, Floats]]
"""From (passages, tokens) arrays to (passages, 2) logits, that the passage answers and that none
does, and (passages, tokens, 3) logits: said in the answer, its first word, its last."""


class PassageText(NamedTuple):
    """A passage as the reader takes it.

    `head` is its title with date and its headings, a line each (see search_context); the
    `sentences` are (start, end) offsets in `text`, in order, and all that can be quoted.
    """

    head: str
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What the reader makes of one passage of a list.

    `probability` is that this passage of the list answers, `relevance` the logit behind it,
    which does not depend on the others. `sentences` has for each sentence the probability
    that it belongs to an answer, whichever passage that is in. `exact` are the words of the
    best sentence that answer, as offsets in the passage's text, and `certainty`, 0 to 1, is
    how sure the reader is of them if the sentence answers; None where it has no words.
    """

    probability: float
    relevance: float
    sentences: tuple[float, ...]
    exact: Span | None
    certainty: float

    @property
    def best(self) -> int | None:
        """The number of the sentence that most likely answers; None where there is none."""
        if not self.sentences:
            return None
        return max(range(len(self.sentences)), key=self.sentences.__getitem__)


@dataclass(frozen=True, slots=True)
class ListReading:
    """What the reader makes of a question's best passages together.

    `passages` are those that were read, in the order given. Their probabilities and that of
    `none` add up to 1.
    """

    passages: tuple[PassageReading, ...]
    none: float

    @property
    def best(self) -> int | None:
        """The number of the passage that most likely answers; None where there is none."""
        if not self.passages:
            return None
        return max(range(len(self.passages)), key=lambda at: self.passages[at].probability)


class PassageReader(Protocol):
    """The seam to a model that reads whole passages."""

    @property
    def fingerprint(self) -> str:
        """A hash of its weights: with others, it reads something else into passages."""

    def read(
        self,
        question: str,
        passages: Sequence[PassageText],
        enough: float = 1.0,
        fewest: int = 1,
    ) -> ListReading:
        """A reading of these passages together; none is certain where there are no passages.

        They are read in the order given, best first, `fewest` at least, until one of those
        read is as probable as `enough`; so most answers take less time.
        """


class TransformerPassageReader:
    """The reader that comes with this package. Safe for many threads."""

    def __init__(self, network: Network, tokenizer: Tokenizer, fingerprint: str = "") -> None:
        """`tokenizer` is one of passage_tokenizer, `fingerprint` the sha256 of the weights."""
        self._network = network
        self._tokenizer = tokenizer
        self._fingerprint = fingerprint
        self._read = lru_cache(maxsize=LATELY)(self._judge)
        self._at_once = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading")

    @property
    def fingerprint(self) -> str:
        """See PassageReader."""
        return self._fingerprint

    def read(
        self,
        question: str,
        passages: Sequence[PassageText],
        enough: float = 1.0,
        fewest: int = 1,
    ) -> ListReading:
        """See PassageReader."""
        if not passages:
            return ListReading((), 1.0)
        logits, tokens, offsets = [], [], []
        for judged, said, places in self._judged(question, passages):
            logits.append(judged)
            tokens.append(said)
            offsets.append(places)
            likely = list_probabilities(np.stack(logits))
            if len(logits) >= fewest and likely[:-1].max() >= enough:
                break
        readings = [
            _reading(float(likely[at]), float(logits[at][0]), passages[at], tokens[at], offsets[at])
            for at in range(len(logits))
        ]
        return ListReading(tuple(readings), float(likely[-1]))

    def _judged(
        self, question: str, passages: Sequence[PassageText]
    ) -> Iterator[tuple[Floats, Floats, Offsets]]:
        """What the network says of each passage, in order; AT_ONCE are read side by side, and
        further ones only when the first of them is asked for."""
        for first in range(0, len(passages), AT_ONCE):
            yield from self._at_once.map(
                self._read, repeat(question), passages[first : first + AT_ONCE]
            )

    def _judge(self, question: str, passage: PassageText) -> tuple[Floats, Floats, Offsets]:
        """Logits of the passage and of its tokens, and the tokens' offsets."""
        inputs, offsets = encode_passage(self._tokenizer, question, passage)
        judged, said = self._network(inputs)
        return judged[0], said[0], offsets


def passage_tokenizer(json: str) -> Tokenizer:
    """A tokenizer that cuts the longer part of a pair beyond MAX_TOKENS at its end."""
    tokenizer = Tokenizer.from_str(json)
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer


def encode_passage(
    tokenizer: Tokenizer, question: str, passage: PassageText
) -> tuple[Inputs, Offsets]:
    """What the network takes, and the (tokens, 2) offsets in the passage's text.

    Tokens of question and head have the offsets (0, 0). What stands before the first sentence
    and after the last is not read: it is a heading, which the head has.
    """
    first, last = _bounds(passage)
    head = HEAD_SEPARATOR.join(passage.head.split("\n")).strip(HEAD_SEPARATOR) + "\n"
    encoding = tokenizer.encode(question, head + passage.text[first:last])
    return padded([encoding]), _offsets(encoding, len(head), first)


def _bounds(passage: PassageText) -> Span:
    if not passage.sentences:
        return 0, len(passage.text)
    return passage.sentences[0][0], passage.sentences[-1][1]


def _offsets(encoding: Encoding, head: int, first: int) -> Offsets:
    offsets = np.array(encoding.offsets, np.int64)
    inside = np.array(encoding.type_ids, bool) & ~np.array(encoding.special_tokens_mask, bool)
    inside &= offsets[:, 0] >= head
    return np.where(inside[:, None], offsets - head + first, 0)


def list_probabilities(logits: Floats) -> Floats:
    """(passages + 1,) probabilities of each passage and, last, of none.

    `logits` are (passages, 2). What each passage says for "none" is averaged, so that a longer
    list does not make it likelier.
    """
    together = np.append(logits[:, 0], logits[:, 1].mean()).astype(np.float64)
    powers = np.exp(together - together.max())
    return np.asarray(powers / powers.sum(), np.float32)


def tokens_within(offsets: Offsets, span: Span) -> NDArray[np.int64]:
    """Numbers of the tokens that stand in a span of the text; none where it was cut off."""
    inside = (offsets[:, 1] > 0) & (offsets[:, 0] < span[1]) & (offsets[:, 1] > span[0])
    return np.flatnonzero(inside)


def _reading(
    likely: float, relevance: float, passage: PassageText, tokens: Floats, offsets: Offsets
) -> PassageReading:
    """`tokens` are the (tokens, 3) logits of this passage."""
    within = [tokens_within(offsets, span) for span in passage.sentences]
    said = [_probability(tokens[rows, 0].mean()) if len(rows) else 0.0 for rows in within]
    if not said or not max(said):
        return PassageReading(likely, relevance, tuple(said), None, 0.0)
    rows = within[max(range(len(said)), key=said.__getitem__)]
    exact, certainty = best_span(tokens[rows, 1:], offsets[rows])
    return PassageReading(likely, relevance, tuple(said), exact, certainty)


def best_span(logits: Floats, offsets: Offsets) -> tuple[Span, float]:
    """The likeliest stretch of up to LONGEST_EXACT tokens, and its probability.

    `logits` are (tokens, 2), of start and end, which are taken as independent; `offsets` are
    those of the same tokens. Among these tokens the probabilities multiply.
    """
    starts, ends = _log_softmax(logits).T
    sums = np.asarray(starts[:, None] + ends, np.float64)
    ahead = np.arange(len(ends)) - np.arange(len(starts))[:, None]
    sums[(ahead < 0) | (ahead >= LONGEST_EXACT)] = -np.inf
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    span = int(offsets[first, 0]), int(offsets[last, 1])
    return span, float(np.exp(sums[first, last]))


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=0)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=0)), np.float32)


def _probability(logit: float) -> float:
    return float(1 / (1 + np.exp(-np.float64(logit))))
