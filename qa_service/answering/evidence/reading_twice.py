"""A follow-up read twice: after what was said, and as it stands alone. What is said of it is
the mean of both, in log odds: each view misses what the other sees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.evidence.confidence import LEAST, log_odds
from qa_service.answering.evidence.passage_reader import (
    ListReading,
    PassageReader,
    PassageReading,
    PassageText,
)


@dataclass(frozen=True, slots=True)
class TwiceReader:
    """A reader of a question that leans on its talk; `alone` is that question by itself."""

    reader: PassageReader
    alone: str

    @property
    def fingerprint(self) -> str:
        """See PassageReader."""
        return self.reader.fingerprint

    def read(
        self,
        question: str,
        passages: Sequence[PassageText],
        enough: float = 1.0,
        fewest: int = 1,
    ) -> ListReading:
        """See PassageReader; the exact words are those of the question after its talk."""
        after = self.reader.read(question, passages, enough, fewest)
        alone = self.reader.read(self.alone, passages[: len(after.passages)])
        none = _mean(after.none, alone.none)
        share = (1 - none) / max(2 - after.none - alone.none, LEAST)
        both = (_joined(*pair, share) for pair in zip(after.passages, alone.passages, strict=True))
        return ListReading(tuple(both), none)


def _joined(after: PassageReading, alone: PassageReading, share: float) -> PassageReading:
    return replace(
        after,
        probability=share * (after.probability + alone.probability),
        relevance=(after.relevance + alone.relevance) / 2,
        sentences=tuple(map(_mean, after.sentences, alone.sentences)),
    )


def _mean(one: float, other: float) -> float:
    """The probability whose log odds are the mean of those of two."""
    return 1 / (1 + math.exp(-(log_odds(one) + log_odds(other)) / 2))
