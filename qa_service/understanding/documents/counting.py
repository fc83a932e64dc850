"""Questions whose answer would have to be counted or compared: nothing here does either."""

from __future__ import annotations

from qa_service.understanding.grammar import rule

_MOST = (
    r"(?:the )?(?:most|fewest|least|highest|lowest|largest|biggest|smallest|greatest|longest"
    r"|shortest|oldest|youngest|cheapest|dearest)"
)
_COUNTING = rule(
    "asking for a number or for the extreme of several",
    r"^\W*(?:(?:and|so|please|in|of|at|for)\s+)?(?:how (?:many|often)\b|what (?:number|share) of\b"
    rf"|(?:which|who|what)\b[^?]*?\b(?:has|have|had|is|are|was|were|with|got|gets)\b[^?]*?\b{_MOST}\b"
    rf"|(?:which|who)\b[^?]*?\b{_MOST}\b)",
    "Which school has the most pupils?",
    "Which school has a garden?",
    within=True,
)


def asks_to_count(text: str) -> bool:
    """Whether a question asks how many there are of something, or which has the most."""
    return _COUNTING.search(text) is not None
