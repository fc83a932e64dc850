"""Verdicts on answers, as short as a test needs them."""

from __future__ import annotations

from typing import Any

from qa_service.feedback.records import CitedQuote, Feedback, Verdict
from qa_service.nouns.documents import Document


def make_feedback(
    question: str = "When does it open?",
    verdict: Verdict = "up",
    cited: Document | None = None,
    quote: str = "",
    **members: Any,
) -> Feedback:
    """A verdict on an answer that quotes `cited`, or on a refusal where there is none."""
    values = {"standalone_question": question, "reason": None if cited else "no_evidence"}
    return Feedback(
        question=question,
        verdict=verdict,
        answered=cited is not None,
        citation=cited_quote(cited, quote) if cited else None,
        **(values | members),
    )


def cited_quote(document: Document, quote: str) -> CitedQuote:
    """The place where a quote first stands in a document."""
    start = document.text.find(quote)
    place = (start, start + len(quote))
    return CitedQuote(document.id, document.version, document.title, quote, *place)
