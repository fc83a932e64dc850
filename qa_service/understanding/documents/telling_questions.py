"""Questions for what is said of a topic: “What did inspectors say about pay?”."""

from __future__ import annotations

from qa_service.understanding.grammar import rule

LONGEST_TOPIC = 8
"""Words: what is longer is more than a topic."""
_SAID = r"(?:say|tell\s+us|write|report|note|find|conclude|mention)"
_TELLING = rule(
    "asking what is said of a topic",
    rf"what\s+(?:do|does|did)\s+.{{2,60}}?\s+{_SAID}\s+(?:about|on|of|regarding)\s+(?P<topic>.+?)"
    r"|what\s+(?:is|was)\s+(?:said|written|reported|found)\s+(?:about|on|of)\s+(?P<told>.+?)",
    "What did inspectors say about pay?",
    "What did inspectors say they wanted?",
    whole=True,
)


def told_topic(text: str) -> str:
    """The topic of which the whole question asks what is said; "" where it asks anything else."""
    found = _TELLING.fullmatch(" ".join(text.split()).rstrip(" ?.!"))
    topic = next(filter(None, found.groups()), "") if found else ""
    return topic if len(topic.split()) <= LONGEST_TOPIC else ""
