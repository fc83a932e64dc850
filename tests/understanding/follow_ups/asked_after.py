"""How a follow-up is understood, for tests."""

from __future__ import annotations

from qa_service.nouns.questions import Turn
from qa_service.understanding.follow_ups.follow_up import stand_alone

ASKED = "What did inspectors say about quality assurance in the Scottish Borders in 2016?"


def understood(text: str, *before: str, reply: str = "") -> str | None:
    """How a question is understood after others, each followed by the same reply."""
    history = [turn for said in before for turn in (Turn("user", said), Turn("assistant", reply))]
    found = stand_alone(text, history)
    return found.text if found else None
