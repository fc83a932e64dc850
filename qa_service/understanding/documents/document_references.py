"""Documents spoken of as the newest or oldest: “the latest report on Doncaster”."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import DocumentReference
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import NEWEST, OLDEST, SAY

MOST_WORDS = 3
"""From “the latest” on, among which is what documents go by."""

_END = rule(
    "the newest or oldest",
    r"(?<!since )(?<!before )(?<!after )"
    rf"\b(?:the|its|their|\w+['’]s?)\s+(?:(?P<new>{NEWEST})|{OLDEST})\b",
    "What does the latest report on Leeds say?",
    "What got better since the latest report?",
)
_TOPIC = rule(
    "what the document spoken of is on",
    rf"\s+(?P<topic>(?:on|about|regarding|concerning)\s+(?:(?!\b{SAY}\b)[^?.!;])+?)"
    rf"(?=\s+{SAY}\b|\s*[?.!;]|\s*$)",
    " on Leeds",
    " in Leeds",
)


def spoken_document(text: str, names: CollectionNames) -> DocumentReference | None:
    """The newest or oldest document that a question speaks of, on a topic or not; None for none."""
    found = _END.search(text)
    rest = text[found.end() :] if found else ""
    words = list(re.finditer(r"[\w-]+", rest))[:MOST_WORDS]
    noun = next((word for word in words if names.calls_documents(word.group())), None)
    if found is None or noun is None:
        return None
    topic = _TOPIC.match(rest[noun.end() :])
    said = text[found.start() : found.end() + noun.end()] + (topic.group() if topic else "")
    return DocumentReference(
        said.strip(), noun.group(), topic["topic"] if topic else "", bool(found["new"])
    )
