"""Question and the questions before it -> the words of these that it leaves out.

Each word of the earlier questions is judged by itself, with all of them in view: whether the
question, written so that it stands alone, would say it. The network is that of the reader of
passages with weights of its own, of which the first head of tokens alone is used; what it learned
from, and how well it does: docs/reader.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from qa_service.answering.evidence.passage_reader import Network
from qa_service.indexing.encoding.onnx_session import padded
from qa_service.stems import placed_terms

MOST_QUESTIONS = 5
"""Earlier questions looked at, the last ones."""
LONGEST = 200
"""Characters read of a question."""
LEAST_PROBABILITY = 0.25
"""Of a word that is taken over; chosen on written talks."""
BETWEEN = " [SEP] "
"""Stands between earlier questions, which are read latest first."""


class TransformerTermClassifier:
    """The classifier that comes with this package. Safe for many threads."""

    def __init__(self, network: Network, tokenizer: Tokenizer) -> None:
        """`tokenizer` is one of passage_tokenizer."""
        self._network = network
        self._tokenizer = tokenizer

    def left_out(self, question: str, earlier: Sequence[str]) -> tuple[str, ...]:
        """See TermClassifier."""
        together, words = words_of_talk([text[:LONGEST] for text in earlier[-MOST_QUESTIONS:]])
        likely = self._likely(question[:LONGEST], together)
        found: dict[str, str] = {}
        for stem, word, at in words:
            if likely.get(at, 0.0) > LEAST_PROBABILITY:
                found.setdefault(stem, word)
        return tuple(found.values())

    def _likely(self, question: str, together: str) -> dict[int, float]:
        """The probability of each token of the earlier questions, by where it begins."""
        encoding = self._tokenizer.encode(question, together)
        _, logits = self._network(padded([encoding]))
        likely = 1 / (1 + np.exp(-logits[0, :, 0].astype(np.float64)))
        places = zip(encoding.offsets, encoding.sequence_ids, likely, strict=True)
        return {start: float(p) for (start, _), part, p in places if part == 1}


def words_of_talk(earlier: Sequence[str]) -> tuple[str, list[tuple[str, str, int]]]:
    """The earlier questions as they are read together, latest first; and the stem, text and place
    in that of each word that means something, oldest question first."""
    together, words = BETWEEN.join(reversed(earlier)), []
    at = len(together) + len(BETWEEN)
    for text in earlier:
        at -= len(text) + len(BETWEEN)
        words += [(stem, text[start:end], at + start) for stem, start, end in placed_terms(text)]
    return together, words
