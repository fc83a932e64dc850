"""Questions about the collection itself: which documents there are, how many, the newest.

What documents are called is asked of the collection: “reports” here, “invoices” there. A word
that no document goes by makes a question one for the passages: “How many pages are there?”.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa_service.nouns.parsed_question import CollectionAsks, CollectionQuestion
from qa_service.understanding.collection_names import NO_NAMES, CollectionNames
from qa_service.understanding.documents.mention_questions import mentioned_everywhere
from qa_service.understanding.grammar import Rule, rule
from qa_service.understanding.lexicon import NEWEST, OLDEST, without_opener

_NOUN = r"(?P<noun>(?!(?:about|on|of)\b)[\w’'-]+(?: [\w’'-]+){0,3}?)"
_HAVE = (
    r"(?:(?:do|did) (?:you|i|we) (?:have|hold|know of|cover|search|read|contain)|have you got"
    r"|can (?:i|we|you) (?:search|ask about)|(?:are|is|were)(?: there)?(?: (?:available|indexed"
    r"|included|here|listed|covered|in (?:here|there)))?|exist)(?: here)?"
)
_HERE = r"(?: (?:in|of|from) (?:the|this|your) (?:index|collection|corpus|library|catalogue))?"
_ABOUT = (
    r"(?P<topic> (?:on|about|regarding|concerning|covering|of|for|from|in|by|since|before|after"
    r"|between|published|dated|made|that (?:are|were) (?:from|of|on|about))\b.+)?"
)
_ASK = r"(?:please )?(?:list|show|show me|give me|name|tell me)(?: me)?"
_THE = r"(?:(?:all|all of|any|some|a|the|your|these|those|every) )*"
_WHICH = r"(?:which|what)"
_END = rf"(?P<end>(?P<new>{NEWEST}|last)|(?:{OLDEST}|first))"

_LISTS: tuple[Rule, ...] = (
    rule(
        "documents there are",
        rf"(?P<count>how many|which|what) {_THE}{_NOUN} {_HAVE}{_HERE}{_ABOUT}",
        "How many reports on Leeds are there",
        "How many reports led to a change",
    ),
    rule(
        "documents on something there are",
        rf"(?P<count>how many|which|what) {_THE}{_NOUN}{_ABOUT} {_HAVE}{_HERE}",
        "which reports about boats do you have",
        "which reports say that boats sink",
    ),
    rule(
        "list of documents",
        rf"(?:{_WHICH} are|{_ASK}|do you have|have you got|are there) {_THE}{_NOUN}{_HERE}{_ABOUT}",
        "list all reports on Leeds",
        "who lists all reports on Leeds",
    ),
)
_EXTREMES: tuple[Rule, ...] = (
    rule(
        "newest or oldest of a kind",
        rf"(?:(?:{_WHICH} (?:is|was|are)|when was|{_ASK}) )?{_THE}{_END} {_NOUN}{_HERE}{_ABOUT}"
        r"(?: (?:published|issued|made))?",
        "What is the newest report on Leeds",
        "What does the newest report say",
    ),
    rule(
        "which of a kind is the newest or oldest",
        rf"{_WHICH} {_NOUN} (?:is|was) the {_END}{_ABOUT}",
        "which report is the oldest",
        "which report is the best",
    ),
)
_WHOLE = rule(
    "what the collection holds",
    r"what (?:is|do (?:you|we) have) in"
    r" (?:the|this|your) (?:index|collection|corpus|library|catalogue)",
    "what is in the collection",
    "what is in the bag",
)
_SPAN = rule(
    "years of the collection",
    rf"(?:{_WHICH} (?:years?|dates?|period|times?) (?:do|does|are) (?:you|they|it|the {_NOUN})"
    rf"(?: (?:cover|from|span|have))?|how (?:recent|old|up to date) (?:are|is) {_THE}"
    rf"{_NOUN.replace('noun', 'kind')}{_HERE})",
    "what years do you cover",
    "what years were good",
)
_MENTIONS = (
    r"(?:mention(?:s|ed|ing)?|discuss(?:es|ed|ing)?|refer(?:s|red|ring)? to"
    r"|(?:talk(?:s|ed|ing)?|speaks?|spoke|speaking) (?:about|of)"
    r"|(?:contain|include|use)(?:s|d|ing)? the (?:words?|terms?|phrases?|names?)"
    r"|says? (?:any|some)thing (?:about|on))"
)
_CLAUSE = r"(?!(?:that|how|why|what|when|where|who|whether)\b)"
_SPEAKING = rule(
    "documents that mention something",
    rf"(?P<asked>.+?)(?: (?:that|which|do|does|did))? {_MENTIONS} (?P<mentioned>{_CLAUSE}.+)",
    "Which invoices mention Acme",
    "Which invoices mention that Acme paid",
)
_MENTIONED = (
    r"(?:mentioned|discussed|referred to|talked about)(?: in (?:any|some)(?: of the)? (?P<in>.+))?"
)
_MENTIONED_IN = rule(
    "something mentioned in documents",
    r"(?:in (?P<count>how many|which|what) (?:of )?(?P<of>.+?) )?"
    rf"(?:is|are|was|were) (?P<words>.+) {_MENTIONED}",
    "In which reports are boats mentioned",
    "In which reports are boats seen",
)
_ANY = rule(
    "any documents that mention something",
    r"(?:do|does|did) (?:any|some)(?: of)? (?P<rest>.+)",
    "Do any reports mention boats",
    "Do the reports mention boats",
)
_CALLED = rule(
    "words called words",
    r"^the (?:words?|terms?|phrases?|names?|expressions?) (?!of\b)(?=\S)",
    "the word boat",
    "the words of the chair",
    within=True,
)
_BEYOND_WORDS = rule(
    "more than that words stand there",
    r"\b(?:or|nor|either|neither|not|but|except|without|most|least|(?:more|less|fewer) than"
    r"|once|twice|times|on pages?)\b",
    "boats but not harbours",
    "boats and harbours",
    within=True,
)
_POLITE = rule(
    "what leads to asking for documents",
    r"^(?:(?:can|could|would|will) you (?:please )?(?=list|show|give|name|tell)"
    r"|(?:can|could) you (?:please )?tell me (?=which|what|how))",
    "could you list the reports",
    "could you help me",
    within=True,
)
_QUOTATION_MARKS = ('"', "'", "“", "‘")


def collection_question(text: str, names: CollectionNames = NO_NAMES) -> CollectionQuestion | None:
    """What the whole of a question asks of the collection; None where it asks anything else.

    Whether there are documents on the topic is not known here.
    """
    plain = _POLITE.sub("", without_opener(" ".join(text.split())))
    plain = re.sub(r"(?:,? please)?[ ?.!]*$", "", plain, flags=re.IGNORECASE)
    if everywhere := mentioned_everywhere(plain):
        return CollectionQuestion("mentions", "", "", _CALLED.sub("", everywhere))
    return _asking_for_mentions(plain, names) or _asking(plain, names)


def _asking(plain: str, names: CollectionNames) -> CollectionQuestion | None:
    if _WHOLE.fullmatch(plain):
        return CollectionQuestion("list", "", "")
    if (span := _SPAN.fullmatch(plain)) and _is_noun(span["noun"] or span["kind"], names):
        return CollectionQuestion("span", "", "")
    for form in _EXTREMES:
        if (found := form.fullmatch(plain)) and _is_noun(found["noun"], names):
            return _question("newest" if found["new"] else "oldest", found, names)
    for form in _LISTS:
        if (found := form.fullmatch(plain)) and _is_noun(found["noun"], names):
            counted = (found.groupdict().get("count") or "").lower() == "how many"
            return _question("count" if counted else "list", found, names)
    return None


def _is_noun(noun: str | None, names: CollectionNames) -> bool:
    """Whether documents are called so; of nothing, such as “you”, they are."""
    return noun is None or names.calls_documents(noun.split()[-1])


def _question(
    asked: CollectionAsks, found: re.Match[str], names: CollectionNames
) -> CollectionQuestion:
    """What is asked of documents of a kind, on what stands before it: “Leeds reports”."""
    *before, noun = found["noun"].split()
    on = [word for word in before if not names.calls_documents(word)]
    topic = " ".join([*(["of", *on] if on else []), (found["topic"] or "").strip()]).strip()
    return CollectionQuestion(asked, noun.lower(), topic)


def _asking_for_mentions(plain: str, names: CollectionNames) -> CollectionQuestion | None:
    """A question for documents that mention something: what is left without that, and it."""
    if found := _MENTIONED_IN.fullmatch(plain):
        asked = f"{found['count']} {found['of']}" if found["count"] else f"which {found['in']}"
        plain = f"{asked} mention {found['words']}"
    elif found := _ANY.fullmatch(plain):
        plain = f"which {found['rest']}"
    spoken = _SPEAKING.fullmatch(plain)
    if spoken is None:
        return None
    before = re.sub(r"\b(which|what|how many) of\b", r"\1", spoken["asked"], flags=re.IGNORECASE)
    asking = _asking(before, names) or _asking(f"{before} are there", names)
    mentioned = _CALLED.sub("", spoken["mentioned"])
    if not mentioned.startswith(_QUOTATION_MARKS) and _BEYOND_WORDS.search(mentioned):
        return None
    return asking and replace(asking, mentioned=mentioned)
