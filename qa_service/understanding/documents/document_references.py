"""Documents spoken of by what they are on: “the latest report on Doncaster”, “the reports on
adoption”."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import DocumentReference
from qa_service.understanding.collection_names import NO_NAMES, CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import NEWEST, OLDEST

_SAY = r"(?:say|says|said|tell|mention|mentions|recommend|find|found|state|conclude|cover)"
_TOPIC = (
    rf"(?:\s+(?P<topic>(?:on|about|regarding|concerning)\s+(?:(?!\b{_SAY}\b)[^?.!;])+?)"
    rf"(?=\s+{_SAY}\b|\s*[?.!;]|\s*$))"
)
_PHRASE = rule(
    "the newest document on something",
    r"(?<!since )(?<!before )(?<!after )"
    rf"\b(?:the|its|their|\w+['’]s?)\s+(?:(?P<new>{NEWEST})|(?P<old>{OLDEST}))\s+"
    rf"(?P<between>(?:[\w-]+\s+){{0,2}}?)(?P<noun>[\w-]+)\b{_TOPIC}?",
    "What does the latest report on Leeds say?",
    "What got better since the latest report?",
    within=True,
)
_SPEAKING = rule(
    "what documents on something say",
    rf"\b(?:does|do|did)\s+the\s+(?P<noun>[\w-]+){_TOPIC}(?=\s+{_SAY}\b)",
    "What do the reports on adoption say?",
    "What do the reports say?",
    within=True,
)


def spoken_documents(text: str, names: CollectionNames = NO_NAMES) -> DocumentReference | None:
    """The documents that a question speaks of by their topic, or as the latest; None for none."""
    if found := _phrase(text, names):
        newest = bool(found["new"])
        return DocumentReference(found.group().strip(), found["noun"], found["topic"] or "", newest)
    found = _SPEAKING.search(text)
    if found and names.calls_documents(found["noun"]):
        words = text[found.start("noun") : found.end("topic")]
        return DocumentReference(words, found["noun"], found["topic"], None)
    return None


def _phrase(text: str, names: CollectionNames) -> re.Match[str] | None:
    """“the latest … report”: the shortest stretch from “the latest” to what documents go by."""
    found = _PHRASE.search(text)
    if found is None or names.calls_documents(found["noun"]):
        return found
    words = re.findall(r"[\w-]+", text[found.start("noun") :])[:3]
    noun = next((word for word in words if names.calls_documents(word)), None)
    if noun is None:
        return None
    exact = _PHRASE.pattern.pattern.replace("(?P<noun>[\\w-]+)", f"(?P<noun>{re.escape(noun)})")
    return re.search(exact, text, re.IGNORECASE)
