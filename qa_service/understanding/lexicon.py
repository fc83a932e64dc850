"""The words of English that questions are understood by: each stands here, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from qa_service.nouns.dates import MONTHS
from qa_service.understanding.grammar import rule

_WORD = re.compile(r"[^\W\d_]{3,}")
MONTH = "|".join(MONTHS)


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


@lru_cache(maxsize=64)
def _spoken(text: str) -> str:
    words = re.findall(r"\w+", text.lower())
    return f" {' '.join(words)} "


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text has one of some words, or of runs of words, written small: “how many”."""
    spoken = _spoken(text)
    return any(f" {phrase} " in spoken for phrase in phrases)


def first_word(text: str, *skipped: str) -> str:
    """The word that a text begins with, in small letters, beside those that it may begin with;
    "" for none."""
    return next((word for word in _spoken(text).split() if word not in skipped), "")


def words_of(text: str) -> list[str]:
    """The words of letters alone of a text, in order."""
    return re.findall(r"[^\W\d_]+", text)


DIRECTIONS = word_set("North South East West")
DOCUMENTS = ("document", "doc", "file", "report")
"""What a document of any collection may be called."""
UNITS = (
    r"(?:hours?|minutes?|days?|weeks?|months?|miles?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|pounds?"
    r"|dollars?|euros?|people|children|words?|pages?|items?|times?|per ?cent)"
)
"""What is counted: “2000 hours” are no year."""
NEWEST = r"newest|latest|most\s+recent"
OLDEST = r"oldest|earliest"
PLACING = ("in", "at", "across", "within", "near", "around", "from")
"""Prepositions that a place stands behind …"""
DATING = ("in", "during", "since", "before", "after", "until", "from", "by", "between")
"""… and a date."""
OPENERS = (
    "and|or|but|so(?! (?:many|much|far))|ok|okay|also|then|plus|now|no(?=,? (?:i mean|sorry))|hmm"
    "|right|great|thanks|thank you|cheers|sorry|well|actually|hi|please"
)
AUXILIARY_WORDS = word_set(
    "is are was were do does did has have had can could will would should must may might"
)
AUXILIARIES = f"(?:{'|'.join(sorted(AUXILIARY_WORDS))})"
"""What a question of yes or no begins with, and others go on with: “where is”."""
CHANGED = r"(?:changed?|developed?|evolved?|improved?|progressed?|got(?:ten)? (?:better|worse))\b"
"""That something is not as it was."""
SAY = (
    r"(?:says?|said|tells?|mentions?|recommends?|finds?|found|states?|concludes?|advises?|suggests?"
    r"|covers?|requires?|means?|contains?|provides?)"
)
"""What documents do with words."""
PLEASE = r"(?:(?:please|(?:can|could) you(?: please)?)\b[\s,]*)?"
"""What is said, or not, before something is asked for: “could you please list”."""
ASK = rf"{PLEASE}(?:list|show|give|name|tell|find|get|collect)(?: me)?"

LEADS_TO_PLACE = rule(
    "what leads to a place",
    rf"\b(?:{'|'.join(PLACING)}|of|for|about|on)\s+(?:the\s+)?$",
    "boats in the ",
    "what about so ",
)
"""What stands before a place: “in the ” before “Borders”; not “so ” before “reading”."""
BEGINS_BEFORE_PLACE = rule(
    "what a place begins a question behind",
    rf"^\W*(?:(?:and|so|but|how)\s+)*{AUXILIARIES}\s+$",
    "how is ",
    "what is ",
)
"""“did ” before “doncaster have …”, where only the first word has a capital."""
NOW = rule(
    "now",
    r"\b(?:now(?! that)|still|today|currently|nowadays|these days|any ?more|this year"
    r"|the (?:newest|latest)(?=\W*$))(?!\w)",
    "is it still good?",
    "is it good now that they left?",
)
"""The newest time that there is: “is it still good?”."""
_ONE = r"(?:(?!year|month|week|day|time)\w+\s+)?(?:one_*|time)"
EARLIER = rule(
    "earlier than spoken of",
    rf"\b(?:(?<!than )before(?:\s+(?:that|then|this))?(?=\s*(?:$|[?.!,]))|earlier|previously|always"
    rf"|the\s+{_ONE}\s+before|(?:the\s+)?(?:last\s+time|(?:previous|earlier|prior)(?:\s+{_ONE})))"
    r"(?:\s+(?:that|it))?\b",
    "was it better before?",
    "what was done before they left?",
)
LATER = rule(
    "later than spoken of",
    rf"\b(?:after\s+(?:that|then|this)(?=\s*(?:$|[?.!,]))|later|afterwards|since(?:\s+then)?"
    rf"(?=\s*(?:$|[?.!,]))|the\s+{_ONE}\s+after|(?:by\s+)?the\s+(?:next|following|later)"
    rf"\s+{_ONE})(?:\s+(?:that|it))?\b",
    "and the next one?",
    "what happens after they leave?",
)
EVER = rule("at any time", r"\b(?:ever|once)\b", "was it ever bad?", "was it bad?")
"""A question that wants no date: “was it ever bad?”."""
SAME_TIME = rule(
    "the time spoken of",
    r"\b(?:then|that (?:year|time)|(?:that|the)(?: \w+)? (?:one|report))\b",
    "who led that one?",
    "who led it in 2020?",
)
"""What points at the date last spoken of with a place: “who led the Leeds one?”."""
ELSEWHERE = rule(
    "of other places than that spoken of",
    r"\b(?:any|some|no)\s?(?:one|body|where) else\b|\b(?:who|where) else\b|\belsewhere\b"
    r"|\bother (?:places|areas|ones)\b"
    r"|\bwhich (?:\w+ )?(?:places|areas|authorities|councils|towns|cities|counties|regions)\b",
    "does anyone else have one?",
    "is there anything else?",
)
"""What asks of any place but the one spoken of: “does anyone else have one?”."""
STATES = word_set(
    "good new bad nice fine right true well case thing things one ones way improve improved "
    "recover recovered change stop stopped start started whole list something back year years time"
)
"""Words of how something is, or which one is meant, never of what: “is that still the case?”."""
VERDICTS = word_set("inadequate outstanding everything anything rating result")
"""Words that a question may ask for, and no pronoun stands for."""
_WITHOUT_APOSTROPHE = rule(
    "an apostrophe left out",
    r"\b(?P<word>what|who|where|when|how)s\b",
    "whats Leeds rated",
    "what Leeds rated",
)
_OPENER = rule(
    "what a message begins with",
    rf"(?:(?:{OPENERS})\b[\s,.!–-]*)+(?=\w)",
    "ok thanks, and in 2023?",
    "no one knows",
)
"""What a message begins with before it asks: “ok thanks, and ”; not “no one ”."""


def with_ones(text: str, called: Callable[[str], bool]) -> str:
    """A text in which “one” stands for what documents are `called`, filled up so that all else
    keeps its place: “the next one___?” of “the next report?”."""
    return _WORD.sub(
        lambda found: "one".ljust(len(found[0]), "_") if called(found[0]) else found[0], text
    )


def with_apostrophes(text: str) -> str:
    """A question with the apostrophe that was left out of “whats”, “whos” and their like."""
    return _WITHOUT_APOSTROPHE.sub(r"\g<word>’s", text)


def without_opener(text: str) -> str:
    """A message from where it asks: “and in 2023?” -> “in 2023?”."""
    opener = _OPENER.match(text)
    return text[opener.end() :] if opener else text
