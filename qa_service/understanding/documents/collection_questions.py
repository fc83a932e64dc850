"""Questions about the collection itself: which documents there are, how many, the newest.

What documents are called is asked of the collection: “reports” here, “invoices” there. A word
that no document goes by makes a question one for the passages: “How many pages are there?”.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa_service.nouns.parsed_question import CollectionAsks, CollectionQuestion
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.documents.mention_questions import mentioned_everywhere
from qa_service.understanding.grammar import Rule, rule
from qa_service.understanding.lexicon import ASK, NEWEST, OLDEST, says, without_opener, word_set

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

_LISTS: tuple[Rule, ...] = (
    rule(
        "documents there are",
        rf"(?P<count>how many|{_WHICH})(?: of)? {_THE}{_NOUN}(?P<on>{_ON}.+?)? {_HAVE}{_HERE}"
        rf"{_ABOUT}",
        "How many reports on Leeds are there",
        "which reports say that boats sink",
        whole=True,
    ),
    rule(
        "list of documents",
        rf"(?:{_WHICH} are|{ASK}|do you have|have you got|are there) {_THE}{_NOUN}{_HERE}{_ABOUT}",
        "could you list all reports on Leeds",
        "who lists all reports on Leeds",
        whole=True,
    ),
)
_MADE_ON = rule(
    "things that documents were made on",
    rf"(?P<count>how many) (?:of )?{_THE}(?P<thing>[\w’'-]+) (?:were|was|have been|has been)"
    rf" (?P<made>\w+ed){_ABOUT}",
    "How many schools were visited in 2019",
    "How many schools were good",
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
_MENTIONS = (
    r"(?:mention(?:s|ed|ing)?|discuss(?:es|ed|ing)?|refer(?:s|red|ring)? to"
    r"|(?:talk(?:s|ed|ing)?|speaks?|spoke|speaking) (?:about|of))"
)
_SPEAKING = rule(
    "documents that mention something",
    rf"(?P<asked>.+?)(?: (?:that|which|do|does|did))? {_MENTIONS} "
    r"(?P<mentioned>(?!(?:that|how|why|what|when|where|who|whether)\b).+)",
    "Which invoices mention Acme",
    "Which invoices mention that Acme paid",
    whole=True,
)
_CALLED = rule(
    "words called words",
    r"^the (?:words?|terms?|phrases?|names?|expressions?) (?!of\b)(?=\S)",
    "the word boat",
    "the words of the chair",
)
_BEYOND_WORDS = word_set(
    "or nor either neither not but except without most least once twice times"
) | {"more than", "less than", "fewer than", "on page", "on pages"}
"""What asks for more than that words stand there: “boats but not harbours”."""
_QUOTATION_MARKS = ('"', "'", "“", "‘")


def collection_question(text: str, names: CollectionNames) -> CollectionQuestion | None:
    """What the whole of a question asks of the collection; None where it asks anything else.

    Whether there are documents on the topic is not known here.
    """
    plain = without_opener(" ".join(text.split()))
    plain = re.sub(r"(?:,? please)?[ ?.!]*$", "", plain, flags=re.IGNORECASE)
    if everywhere := mentioned_everywhere(plain):
        return CollectionQuestion("mentions", "", "", _CALLED.sub("", everywhere))
    spoken = _SPEAKING.fullmatch(plain)
    if spoken is None:
        return _asking(plain, names)
    mentioned = _CALLED.sub("", spoken["mentioned"])
    if not mentioned.startswith(_QUOTATION_MARKS) and says(mentioned, _BEYOND_WORDS):
        return None
    asked = _asking(spoken["asked"], names) or _asking(f"{spoken['asked']} are there", names)
    return asked and replace(asked, mentioned=mentioned)


def _asking(plain: str, names: CollectionNames) -> CollectionQuestion | None:
    for form in (_EXTREME, *_LISTS):
        found = form.fullmatch(plain)
        if found and names.calls_documents(found["noun"].split()[-1]):
            return _question(_asked(found.groupdict()), found, names)
    return _made_on(plain, names)


def _made_on(plain: str, names: CollectionNames) -> CollectionQuestion | None:
    """How many schools were visited, where documents are called visits and are of schools."""
    found = _MADE_ON.fullmatch(plain)
    noun = names.document_noun(found["made"]) if found else ""
    if not found or not noun:
        return None
    topic = f"of {found['thing']} {(found['topic'] or '').strip()}".strip()
    return CollectionQuestion("count", noun, topic)


def _asked(found: dict[str, str | None]) -> CollectionAsks:
    if "new" in found:
        return "newest" if found["new"] else "oldest"
    return "count" if (found.get("count") or "").lower() == "how many" else "list"


def _question(
    asked: CollectionAsks, found: re.Match[str], names: CollectionNames
) -> CollectionQuestion:
    """What is asked of documents of a kind, on what stands before it: “Leeds reports”."""
    *before, noun = found["noun"].split()
    on = [word for word in before if not names.calls_documents(word)]
    said = (found.groupdict().get("on"), found["topic"])
    about = [part.strip() for part in said if part]
    topic = " ".join([*(["of", *on] if on else []), *about])
    return CollectionQuestion(asked, noun.lower(), topic)
