"""Questions about the collection itself: which documents there are, how many, the newest, and
where they mention something.

What documents are called is asked of the collection: “reports” here, “invoices” there. A word
that no document goes by makes a question one for the passages: “How many pages are there?”.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa_service.nouns.parsed_question import (
    CollectionAsks,
    CollectionQuestion,
    DocumentReference,
)
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    ASK,
    MENTION,
    NEWEST,
    OLDEST,
    SAY,
    says,
    without_opener,
    word_set,
)

MOST_WORDS = 3
"""From “the latest” on, among which is what documents go by."""

_NOUN = r"(?P<noun>(?!(?:about|on|of)\b)[\w’'-]+(?: [\w’'-]+){0,3}?)"
_HAVE = (
    r"(?:(?:do|did) (?:you|i|we) (?:have|hold|know of|cover|search|read|contain)|have you got"
    r"|can (?:i|we|you) (?:search|ask about)|(?:are|is|were)(?: there)?(?: (?:available|indexed"
    r"|included|here|listed|covered|in (?:here|there)))?|exist)(?: here)?"
)
_HERE = r"(?: (?:in|of|from) (?:the|this|your) (?:index|collection|corpus|library|catalogue))?"
_ON = (
    r" (?:on|about|regarding|concerning|covering|of|for|from|in|by|since|before|after"
    r"|between|published|dated|made|that (?:are|were) (?:from|of|on|about))\b"
)
_ABOUT = rf"(?P<topic>{_ON}.+)?"
_THE = r"(?:(?:all|all of|any|some|a|the|your|these|those|every) )*"
_WHICH = r"(?:which|what)"

_THERE_ARE = rule(
    "documents there are",
    rf"(?P<count>how many|{_WHICH})(?: of)? {_THE}{_NOUN}(?P<on>{_ON}.+?)? {_HAVE}{_HERE}{_ABOUT}",
    "How many reports on Leeds are there",
    "which reports say that boats sink",
    whole=True,
)
_LIST = rule(
    "list of documents",
    rf"(?:{_WHICH} are|{ASK}|do you have|have you got|are there) {_THE}{_NOUN}{_HERE}{_ABOUT}",
    "could you list all reports on Leeds",
    "who lists all reports on Leeds",
    whole=True,
)
_EXTREME = rule(
    "newest or oldest of a kind",
    rf"(?:(?:{_WHICH} (?:is|was|are)|when was|{ASK}) )?{_THE}"
    rf"(?:(?P<new>{NEWEST}|last)|{OLDEST}|first) {_NOUN}{_HERE}{_ABOUT}",
    "What is the newest report on Leeds",
    "What does the newest report say",
    whole=True,
)
_THE_WORD = r"(?:the (?:words?|terms?|phrases?|names?) (?!of\b))?"
_SPEAKING = rule(
    "documents that mention something",
    rf"(?P<asked>.+?)(?: (?:that|which|do|does|did))? {MENTION} {_THE_WORD}"
    r"(?P<mentioned>(?!(?:that|how|why|what|when|where|who|whether)\b).+)",
    "Which invoices mention Acme",
    "Which invoices mention that Acme paid",
    whole=True,
)
_PLACES = r"(?:place|passage|sentence|line|quote)s?"
_EVERYWHERE = rule(
    "every place that mentions something",
    rf"(?:(?:{ASK}|where are) )?(?:every|each|all|any|the)(?: of)?(?: the)?(?: single)?"
    r" (?:(?:(?:mention|reference|occurrence|use|instance)s? (?:of|to)"
    rf"|{_PLACES} (?:that|which|where \w+) (?:{MENTION}|uses?|contains?)) {_THE_WORD}(?P<words>.+)"
    rf"|{_PLACES} (?:where|in which) (?P<named>.+) (?:is|are|was|were) (?:mentioned|named))"
    r"|where (?:is|are) (?P<where>.+) mentioned|where do(?:es)? \w+(?: \w+)? mention (?P<of>.+)",
    "Show every mention of neglect",
    "Where is neglect dealt with",
    whole=True,
)
_BEYOND_WORDS = word_set(
    "or nor either neither not but except without most least once twice times"
) | {"more than", "less than", "fewer than", "on page", "on pages"}
"""What asks for more than that words stand there: “boats but not harbours”."""
_QUOTATION_MARKS = ('"', "'", "“", "‘")
_REFERENCE = rule(
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


def collection_question(text: str, names: CollectionNames) -> CollectionQuestion | None:
    """What the whole of a question asks of the collection; None where it asks anything else.

    Whether there are documents on the topic is not known here.
    """
    plain = without_opener(" ".join(text.split())).rstrip(" ?.!")
    plain = plain.removesuffix(" please").rstrip(",")
    if everywhere := _EVERYWHERE.fullmatch(plain):
        return CollectionQuestion("mentions", "", "", next(filter(None, everywhere.groups())))
    spoken = _SPEAKING.fullmatch(plain)
    if spoken is None:
        return _asking(plain, names)
    mentioned = spoken["mentioned"]
    if not mentioned.startswith(_QUOTATION_MARKS) and says(mentioned, _BEYOND_WORDS):
        return None
    asked = _asking(spoken["asked"], names) or _asking(f"{spoken['asked']} are there", names)
    return asked and replace(asked, mentioned=mentioned)


def _asking(plain: str, names: CollectionNames) -> CollectionQuestion | None:
    found = (form.fullmatch(plain) for form in (_EXTREME, _THERE_ARE, _LIST))
    of_documents = (it for it in found if it and names.calls_documents(it["noun"].split()[-1]))
    return next((_question(it, names) for it in of_documents), None)


def _question(found: re.Match[str], names: CollectionNames) -> CollectionQuestion:
    """What is asked of documents of a kind, on what stands before it: “Leeds reports”."""
    *before, noun = found["noun"].split()
    on = [word for word in before if not names.calls_documents(word)]
    about = [part.strip() for part in (found.groupdict().get("on"), found["topic"]) if part]
    topic = " ".join([*(["of", *on] if on else []), *about])
    return CollectionQuestion(_asked(found.groupdict()), noun.lower(), topic)


def _asked(found: dict[str, str | None]) -> CollectionAsks:
    if "new" in found:
        return "newest" if found["new"] else "oldest"
    return "count" if (found.get("count") or "").lower() == "how many" else "list"


def spoken_document(text: str, names: CollectionNames) -> DocumentReference | None:
    """The newest or oldest document that a question speaks of, on a topic or not: “the latest
    report on Doncaster”; None for none."""
    found = _REFERENCE.search(text)
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
