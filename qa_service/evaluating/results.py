"""The noun between asking and measuring: what came of one question, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["answerable", "unanswerable", "foreign"]


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What came of one question.

    `kind` is answerable where the set says what must be found, and foreign where the
    question is another set's. `scores` holds the question's share in every mean figure that
    it counts for, by the figure's name. `right` says whether the best quote is right, given
    or withheld: it holds an answer span or, where the question has none, is of a relevant
    document. `expected` is what should be found, for reading. `turns` is how many earlier
    messages the question was asked with; times are milliseconds.
    """

    id: str
    text: str
    kind: Kind
    scores: Mapping[str, float]
    answered: bool
    confidence: float
    right: bool
    first_quote: str
    first_source: str
    expected: str
    note: str
    turns: int
    quotes: int
    misplaced_quotes: int
    took_ms: float
    stages: Mapping[str, float] = field(default_factory=dict)


def result_from(record: Mapping[str, Any]) -> QuestionResult:
    """The result of a stored record. Raises TypeError where it is not one."""
    return QuestionResult(**record)
