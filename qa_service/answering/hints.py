"""What a reply says where nothing found answers."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.evidence.choice import (
    NO_EVIDENCE_HINT,
    NOT_COUNTED_HINT,
    NOTHING_ALLOWED_HINT,
)
from qa_service.answering.spelling import NOT_ENGLISH_HINT, is_foreign
from qa_service.nouns.results import Hit
from qa_service.understanding.expectation import asks_to_count


def hint_without_answer(text: str, hits: Sequence[Hit]) -> str:
    """What to try, or why there is no answer: in another language, to be counted, not allowed."""
    if is_foreign(text):
        return NOT_ENGLISH_HINT
    if not hits:
        return NOTHING_ALLOWED_HINT
    return NOT_COUNTED_HINT if asks_to_count(text) else NO_EVIDENCE_HINT
