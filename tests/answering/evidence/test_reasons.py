"""A line that states something is not why it is so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa_service.answering.evidence.reading_order import reasons_first
from qa_service.nouns.documents import Block
from qa_service.understanding.kinds import expectation_of

BLOCKS = [Block("label_value", 0, 20), Block("paragraph", 20, 90)]
STATED, TOLD = (
    SimpleNamespace(
        start=start, end=end, hit=SimpleNamespace(passage=SimpleNamespace(blocks=BLOCKS))
    )
    for start, end in ((0, 20), (30, 60))
)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Why was the crumb poor?", [TOLD, STATED]),
        ("How was the crumb graded?", [STATED, TOLD]),
    ],
)
def test_where_a_reason_is_asked_for_lines_of_a_label_come_last(question, order) -> None:
    query = SimpleNamespace(expectation=expectation_of(question))
    assert reasons_first(query, [STATED, TOLD]) == order
