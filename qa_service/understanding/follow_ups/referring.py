"""Whether a question refers to what was said before it, and with which of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa_service.nouns.dates import YEAR
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import AUXILIARIES, SAY, without_opener
from qa_service.understanding.spoken_mentions import ASKING, content_words, mentions

Reference = Literal["thing", "person", "owner", "person owner", "place", "kind"]
"""What a pronoun stands for; `kind` where it stands before a noun or for one of many."""

LONGEST_FRAGMENT = 10
"""Words. More than these say a whole thing."""
FEW_WORDS = 3
"""So many say nothing of their language: “life story work?”."""
LEAST_ENGLISH = 0.2
"""Share of English function words from which a longer text is taken for English."""

_STOPS = r"(?=\s*(?:[?.!,;]|$))"
_VERBS = (
    r"(?=\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|"
    r"mean\w*|happen\w*|work\w*|appl\w+|chang\w+|affect\w*|true|right|in|for|to|at|by|on)\b)"
)
_PRONOUNS: tuple[tuple[Reference, str], ...] = (
    ("person owner", r"\bhis\b|\bher\b(?=\s+[a-z])"),
    ("person", r"\b(?:he|she|him|her)\b"),
    ("owner", r"\b(?:its|their)\b"),
    ("thing", r"\b(?:it|they|them)\b"),
    (
        "thing",
        rf"(?<!before )(?<!after )(?<!for )\b(?:this|that|these|those)\b(?:{_STOPS}|{_VERBS})",
    ),
    ("place", rf"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b{_STOPS}"),
    ("kind", r"\b(?:this|these|those|such)\b(?=\s+(?!year|month|week|time|day|a\b)[a-z])"),
    ("kind", rf"\b(?:ones?|others?|both)\b{_STOPS}"),
)
_RESOLVED_WITHIN = ("person owner", "person", "owner", "thing")
_FINDERS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PRONOUNS]
# "Is it possible to …", "how long does it take to …": such a word stands for nothing.
_EMPTY_IT = rule(
    "it that stands for nothing",
    r"\b(?:is|was|would|will|be|makes?)\s+it\s+(?:\w+\s+)?\w+\s+(?:to|that|if|for)\b"
    r"|\bit(?:'s|’s|\s+(?:is|was|would be|takes?|costs?))\s+(?:\w+\s+)?\w+\s+(?:to|that|if)\b"
    r"|\bit\s+(?:takes?|costs?)\s+to\b"
    r"|\b(?:that|this|it)(?:['’]s|\s+(?:is|was))\s+(?:(?:very|so|all|really|quite)\s+)?"
    r"(?:fine|okay?|great|good|right|true|helpful|informative|interesting|enough)\b",
    "Is it possible to appeal?",
    "Is it in Leeds?",
)
_OPENING = rule(
    "a fragment’s opening",
    r"(?:(?:what|how) about|same(?: \w+)? (?:for|as|in|with)|(?P<corrects>i (?:mean|meant)))\b\s*",
    "what about Leeds",
    "what Leeds did",
)
_NAMES_OTHER = re.compile(r"\b(?:[A-Z][a-z]+|(?:19|20)\d\d)\b")
MOST_BARE = 4
"""Words that name something, and ask of it what was asked before, without a word that says so."""
_ASKS = rule(
    "a word that makes a whole question",
    rf"\b(?:{'|'.join(sorted(ASKING))}|is|are|was|were|do|does|did|can|could|will|would|should|must"
    r"|may|has|have|had|tell|show|explain|describe|give|list|i|we)\b",
    "who led it",
    "and Leeds",
)
_CLARIFIES = rule(
    "saying what was meant",
    r"(?:(?:no|yes|sorry|well|actually|ok)\b[\s,.]*)*"
    r"i(?:['’]m| am| was)?\s+(?:mean|meant|talking|asking|referring|speaking)\b",
    "no, I meant Leeds",
    "I lost a card",
)
_REPLIES = rule(
    "a reply to a question",
    r"(?:yes|yeah|yep|no|nope|not|sure|correct|both|neither|i|my|we|our|they|do)\b",
    "yes, all papers",
    "foster carers",
)

_GOES_ON = rule(
    "going on with the question before",
    r"(?:(?:since|until|by|from|for|to|with|in|of|at)\s+)?(?:who|whom|when|where|what|which|why|how)"
    r"(?:\s+(?:ones?|exactly|else|so|many|much|long|often|far))?"
    r"|(?:who|where|which\s+\w+)\s+(?:(?:does|did)\s+it\s+)?(?:say|says|said)\s+(?:so|that|this)"
    r"|(?:because|due to|despite|except|apart from|such as|for example|including)\b.+"
    r"|(?:(?:the|show|give|me)\s+)*(?:(?:whole|full|complete|entire) (?:list|text|answer)|more"
    r"|the rest)(?:\s+please)?",
    "since when",
    "when was it built",
    whole=True,
)
_COUNTED_AS = rf"(?:{AUXILIARIES}|in|on|at|got|went|came|left)\b"
_COUNTS_AGAIN = rule(
    "counting again without saying what",
    rf"how many(?=\s+{_COUNTED_AS})",
    "how many were adopted",
    "how many children were adopted",
)
_COUNTED = rule(
    "what is counted",
    rf"\bhow many (?P<what>(?:(?!{_COUNTED_AS}|of\b)[\w’'-]+\s+){{1,3}})",
    "how many children were in care",
    "how many were in care",
)

_POINTING = r"(?:it|they|(?:this|that)(?:\s+(?:one|report|document))?|he|she)\b"
_LED = rule(
    "who led it",
    r"\bwho\s+(?:led|leads|wrote|published|made|did|carried\s+out|conducted)\s+"
    r"(?P<it>it|this|that)\b",
    "who led it in 2023?",
    "who led Leeds?",
)
_PUBLISHED = rule(
    "when it was published",
    r"\bwhen\s+(?:was|were|did)\s+(?P<it>it|this|that|they)\b(?:\W*$|.*\b(?:published|publish"
    r"|released|issued|come\s+out)\b)",
    "when was it published?",
    "when was the school published?",
)
_IT_SAYS = rule(
    "what it says",
    rf"\b(?:does|do|did)\s+(?P<it>{_POINTING})\s+{SAY}\b",
    "What does it say about boats?",
    "What does Leeds say about boats?",
)
_WHO_SAYS = rule(
    "what somebody says",
    rf"\b(?:does|do|did)\s+(?P<who>(?!{_POINTING}|you\b|i\b|we\b)[“\"‘]?\w.{{1,120}}?)\s+{SAY}\b",
    "What did inspectors say about boats?",
    "What did it say about boats?",
)
_ONE_OF_YEAR = rule(
    "the one of a year",
    rf"(?<=\bthe )(?P<year>{YEAR})\s+one\b",
    "who led the 2014 one?",
    "who led the one of 2014?",
)
_HOW_IT_IS = rule(
    "how it is",
    rf"(?:how|what)(?:['’]?s|\s+(?:is|was|are|were))\s+(?:it|they|things)(?:\s+(?:like|now|then|today"
    rf"|doing|rated|(?:in|by)\s+{YEAR}))*",
    "how was it in 2018",
    "how was it paid",
    whole=True,
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word that stands for something said before, and where it stands (start, end)."""

    kind: Reference
    start: int
    end: int


def pronoun(text: str, names: CollectionNames, *, people: bool = True) -> Pronoun | None:
    """The first word that refers to something before the text; None where there is none.

    A pronoun behind a word that it can stand for is taken to mean that. Without `people`,
    “they” are whoever is at the place spoken of, and stand for nothing said.
    """
    empty = [match.span() for match in _EMPTY_IT.finditer(text)]
    found = [
        Pronoun(kind, *match.span())
        for kind, finder in _FINDERS
        for match in finder.finditer(text)
        if not any(start <= match.start() < end for start, end in empty)
        and (people or match.group().lower() not in ("they", "them", "their"))
    ]
    first = min(found, key=lambda item: item.start, default=None)
    if first is None or (first.kind in _RESOLVED_WITHIN and mentions(text[: first.start], names)):
        return None
    return first


def put(text: str, word: Pronoun, replacement: str) -> str:
    """A text with something else in the place of a pronoun."""
    return text[: word.start] + replacement + text[word.end :]


def owner(name: str) -> str:
    """A name as it stands before what is its own."""
    return name + ("’" if name.endswith("s") else "’s")


def fragment(typed: str, names: CollectionNames) -> str | None:
    """What a question without a verb names ("and in 2023?" -> "in 2023"); None if it is none."""
    text = without_opener(typed)
    opening = _OPENING.match(text)
    rest = text[opening.end() if opening else 0 :].strip(" ?.!,")
    short = len(rest.split()) <= LONGEST_FRAGMENT
    if not re.search(r"\d", rest) and not content_words(rest):
        return None
    if not short or _ASKS.search(rest):
        return None
    if opening and opening["corrects"]:
        return rest if names.places_in(rest) or _NAMES_OTHER.search(rest) else None
    asks = typed.endswith("?") and rest.isascii() and not re.search(r"\d", rest)
    bare = len(rest.split()) <= MOST_BARE and (asks or names.places_in(rest))
    goes_on = text != typed or opening or rest.isdigit()
    return rest if goes_on or bare else None


def with_report(text: str, names: CollectionNames) -> str:
    """A text in which “the 2014 one” and “the Leeds one” are reports."""
    places = "|".join(re.escape(item.words) for item in names.places_in(text))
    of_place = re.compile(rf"(?<=\bthe )(?P<place>{places}) one\b") if places else None
    text = _ONE_OF_YEAR.sub(r"\g<year> report", text)
    return of_place.sub(r"\g<place> report", text) if of_place else text


def counting_again(text: str, question: str) -> str:
    """A text that counts without saying what, with what the question before counted.

    “how many were adopted” after “how many children were in care?” asks of children; the text
    itself where it says what, or the question before counts nothing.
    """
    again, counted = _COUNTS_AGAIN.match(text), _COUNTED.search(question)
    if again is None or counted is None:
        return text
    return f"{text[: again.end()]} {counted['what'].strip()}{text[again.end() :]}"


def goes_on(text: str) -> bool:
    """Whether a text only goes on with the question before: "since when?", "because of that?"."""
    return bool(_GOES_ON.fullmatch(text.strip(" ?.!")))


def is_correction(text: str) -> bool:
    """Whether a message puts the one before right: “no, I meant Hull”."""
    opening = _OPENING.match(without_opener(text))
    return opening is not None and bool(opening["corrects"])


def leans_on_question(text: str, last_reply: str) -> bool:
    """Whether a text says nothing without the question before: "Why?", "I meant the loan"."""
    if not re.search(r"\w", text):
        return False
    if not content_words(text) or _CLARIFIES.match(text):
        return True
    return last_reply.rstrip().endswith("?") and bool(_REPLIES.match(text)) and "?" not in text


def says_again(text: str, question: str) -> tuple[Pronoun, str] | None:
    """The pronoun in "What does it say about …?", and the document or the people that the
    question before asked so of; None where either is missing."""
    it, speaker = _IT_SAYS.search(text), _WHO_SAYS.search(question)
    return (Pronoun("thing", *it.span("it")), speaker["who"]) if it and speaker else None


def led(text: str, question: str, names: CollectionNames) -> tuple[Pronoun, str] | None:
    """The pronoun in "Who led it?", and what was led: what the documents are called after,
    such as an inspection, if the question before speaks of it."""
    it = _LED.search(text)
    words = (names.document_noun(word) for word in re.findall(r"[^\W\d_]+", question))
    thing = next(filter(None, words), "")
    if it is None or not thing:
        return None
    return Pronoun("thing", *it.span("it")), f"the {thing}"


def published(text: str) -> tuple[Pronoun, str] | None:
    """The pronoun in “when was it published?” or “who wrote it?”, and the report that it is."""
    it = _PUBLISHED.search(text) or _LED.search(text)
    return (Pronoun("thing", *it.span("it")), "the report") if it else None


def asks_who_led(text: str) -> bool:
    """Whether a text asks who led, wrote or made what was spoken of."""
    return bool(_LED.search(text))


def asks_of_place(text: str) -> bool:
    """Whether a text asks how it is with no word of what: “and how was it in 2018?”."""
    return bool(_HOW_IT_IS.fullmatch(text.strip(" ?.!")))


def asks_what(text: str) -> bool:
    """Whether a text asks for a thing, or how it is: “what improved”, not “has it improved”."""
    return bool(re.search(r"\b(?:what|which|how)(?:['’]?s)?\b(?! about)", text, re.IGNORECASE))


def is_english(text: str) -> bool:
    """Whether enough of a text's words are English function words; few words may have none."""
    words = re.findall(r"\w+", text.lower())
    if text.isascii() and not ASKING.isdisjoint(words):
        return True
    known = sum(word in STOPWORDS for word in words)
    return (text.isascii() and len(words) <= FEW_WORDS) or known >= LEAST_ENGLISH * len(words)
