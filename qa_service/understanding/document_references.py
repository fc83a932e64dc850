"""Documents spoken of by what they are on: “the latest report on Doncaster”, “the reports on
adoption”."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import DocumentReference

_NEW, _OLD = r"newest|latest|most\s+recent", r"oldest|earliest"
_NOUN = r"(?:reports?|inspections?|reviews?|documents?|pages?|articles?|letters?|visits?|news)"
_SAY = r"(?:say|says|said|tell|mention|mentions|recommend|find|found|state|conclude|cover)"
_TOPIC = (
    rf"(?:\s+(?P<topic>(?:on|about|regarding|concerning)\s+(?:(?!\b{_SAY}\b)[^?.!;])+?)"
    rf"(?=\s+{_SAY}\b|\s*[?.!;]|\s*$))"
)
_PHRASE = re.compile(
    r"(?<!since )(?<!before )(?<!after )"
    rf"\b(?:the|its|their|\w+['’]s?)\s+(?:(?P<new>{_NEW})|(?P<old>{_OLD}))\s+(?:[\w-]+\s+){{0,2}}?"
    rf"(?P<noun>{_NOUN})\b{_TOPIC}?",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    rf"\b(?:does|do|did)\s+the\s+(?P<noun>{_NOUN}){_TOPIC}(?=\s+{_SAY}\b)", re.IGNORECASE
)
_OTHER_END = re.compile(
    r"(?:(?:and|so|ok|also|but|what about|how about)\b[\s,]*)*the\s+"
    rf"(?P<end>{_NEW}|{_OLD})(?:\s+(?:one|report|inspection|document))?",
    re.IGNORECASE,
)


def spoken_documents(text: str) -> DocumentReference | None:
    """The documents that a question speaks of by their topic, or as the latest; None for none."""
    if found := _PHRASE.search(text):
        newest = bool(found["new"])
        return DocumentReference(found.group().strip(), found["noun"], found["topic"] or "", newest)
    if found := _SPEAKING.search(text):
        words = text[found.start("noun") : found.end("topic")]
        return DocumentReference(words, found["noun"], found["topic"], None)
    return None


def other_end(text: str, before: str) -> str | None:
    """A question about the latest report asked of another end: "and the oldest?"; else None."""
    asked, named = _OTHER_END.fullmatch(text.strip(" ?.!")), _PHRASE.search(before)
    if asked is None or named is None:
        return None
    start, end = named.span("new") if named["new"] else named.span("old")
    return before[:start] + asked["end"].lower() + before[end:]
