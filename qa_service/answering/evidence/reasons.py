"""Why something is so is not told by the line that states it."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.ranking.retrieval import Query
from qa_service.understanding.expectation import asks_why

_STATING = ("label_value", "table_row")


def reasons_first(query: Query, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence in its order; where a question asks why, lines of a label and its value last.

    “Leadership: poor” does not say why leadership was poor.
    """
    if not asks_why(query.text):
        return list(evidence)
    return sorted(evidence, key=_is_stated)


def _is_stated(item: Evidence) -> bool:
    return any(
        block.start <= item.start and item.end <= block.end
        for block in item.hit.passage.blocks
        if block.kind in _STATING
    )
