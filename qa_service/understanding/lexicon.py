"""The words of English that questions are understood by: each stands here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from qa_service.understanding.grammar import rule


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def spoken_words(text: str) -> list[str]:
    """The words and numbers of a text in small letters."""
    return re.findall(r"\w+", text.lower())


@lru_cache(maxsize=64)
def _spoken(text: str) -> str:
    return f" {' '.join(spoken_words(text))} "


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text has one of some words, or of runs of words, written small: “how many”."""
    spoken = _spoken(text)
    return any(f" {phrase} " in spoken for phrase in phrases)


def first_word(text: str, *skipped: str) -> str:
    """The word that a text begins with, in small letters, beside those that it may begin with;
    "" for none."""
    return next((word for word in _spoken(text).split() if word not in skipped), "")


def tidy(text: str) -> str:
    """A text with one space between words, and none before a mark."""
    return re.sub(r"\s+(?=[?.!,;]|$)|^\s+|(?<=\s)\s+", "", text)


def words_of(text: str) -> list[str]:
    """The words of letters alone of a text, in order."""
    return re.findall(r"[^\W\d_]+", text)


# What asks
ASKING = word_set("who whom whose what which when where why how")
_DATED = word_set("year date month century")
_SIZES = word_set("many much old long often far large big high tall")
_SHARES = word_set("number percentage proportion share rate")
WHO = word_set("who whom whose")
WHEN = {"when"} | {f"{which} {unit}" for which in ("what", "which") for unit in _DATED}
HOW_MANY = {f"how {size}" for size in _SIZES} | {f"what {share}" for share in _SHARES}
COUNTING = ("how many", "how often", "what number of", "what share of")
EXTREMES = word_set(
    "most fewest least highest lowest largest biggest smallest greatest longest shortest oldest "
    "youngest cheapest dearest"
)
IN_WORDS = (
    *("stand for", "stands for", "short for", "meant by", "meaning of"),
    *("abbreviation", "abbreviations", "acronym", "acronyms", "initials"),
)
"""What asks for the words of an abbreviation …"""
IN_FULL, SPELL = ("in full", "mean", "means"), ("what", "whats", "spell", "write")
"""… also together: “what is RHI in full?”."""
WHY = ("why", "how come", "what made", "what led", "what caused", "for what reason")
AUXILIARY_WORDS = word_set(
    "is are was were do does did has have had can could will would should must may might"
)
AUXILIARIES = f"(?:{'|'.join(sorted(AUXILIARY_WORDS))})"
"""What a question of yes or no begins with, and others go on with: “where is”."""
OPENERS = (
    "and|or|but|so(?! (?:many|much|far))|ok|okay|also|then|plus|now|no(?=,? (?:i mean|sorry))|hmm"
    "|right|great|thanks|thank you|cheers|sorry|well|actually|hi|please"
)
OPENING_WORDS = ("and", "or", "but", "so", "also", "please", "can", "could", "you")
PLEASE = r"(?:(?:please|(?:can|could) you(?: please)?)\b[\s,]*)?"
"""What is said, or not, before something is asked for: “could you please list”."""
ASK = rf"{PLEASE}(?:list|show|give|name|tell|find|get|collect)(?: me)?"
NEGATIONS = ("not", "never", "no", "without", "except", "other than", "neither", "nor")

# Documents
DOCUMENTS = ("document", "doc", "file", "report")
"""What a document of any collection may be called."""
NEWEST = r"newest|latest|most\s+recent"
OLDEST = r"oldest|earliest"
PUBLISHED = word_set("published publication released issued")
MAKING = word_set("published dated made held carried out that took place")
"""What stands between documents and their date: “reports published in 2016”."""
SAY = (
    r"(?:says?|said|tells?|mentions?|recommends?|finds?|found|states?|concludes?|advises?|suggests?"
    r"|covers?|requires?|means?|contains?|provides?)"
)
"""What documents do with words."""
MENTION = (
    r"(?:mention(?:s|ed|ing)?|discuss(?:es|ed|ing)?|refer(?:s|red|ring)? to"
    r"|(?:talk(?:s|ed|ing)?|speaks?|spoke|speaking) (?:about|of))"
)

# Names and places
JOINING = word_set("of for in on with around")
DETERMINERS = word_set("the a an my our your their this that these those")
WEEKDAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
ELSEWHERE = (
    *("anyone else", "anybody else", "anywhere else", "someone else", "somewhere else"),
    *("no one else", "nobody else", "who else", "where else", "elsewhere", "other places"),
)
AREAS = word_set("places areas authorities councils towns cities counties regions")
DIRECTIONS = word_set("North South East West")
PLACING = ("in", "at", "across", "within", "near", "around", "from")
"""Prepositions that a place stands behind …"""
DATING = ("in", "during", "since", "before", "after", "until", "from", "by", "between")
"""… and a date …"""
RANGING = ("before", "after", "since", "until", "by", "between", "from")
"""… and a stretch of time."""

# Times
UNITS = (
    r"(?:hours?|minutes?|days?|weeks?|months?|miles?|kilomet(?:er|re)s?|met(?:er|re)s?|feet|pounds?"
    r"|dollars?|euros?|words?|pages?|items?|times?|per ?cent)"
)
"""What is counted: “2000 hours” are no year."""
LAWS = word_set(
    "act regulation regulations order bill rule rules code convention directive treaty charter "
    "measure"
)
"""What a year may belong to in a name: “the Children Act 1989”."""
PAST = word_set(
    "was were did had wasn weren didn hadn led wrote said ever once since before previous "
    "previously earlier"
) | {"back then"}
"""What a question of the past says: “wasn” of “wasn’t” too."""
OVER_TIME = ("over time", "over the years", "year by year")
LASTING = (
    *("since", "over the past", "over the last", "over the months"),
    *("than in", "than back in", "than it was", "than they were", "than things were"),
)
"""What says that a stretch of time is spoken of, or another time than now."""
CHANGED = (
    *("change", "changed", "develop", "developed", "evolve", "evolved", "improve", "improved"),
    *("progress", "progressed", "got better", "got worse", "gotten better", "gotten worse"),
)
"""That something is not as it was."""
HOW_HAS = ("how has", "how have", "how had")
WHAT_CHANGED = {
    f"what {has}{changed}" for has in ("", "has ", "have ", "had ") for changed in CHANGED
}
WHAT_CHANGED |= {"change", "changes", "development", "developments", "progress", "trend", "trends"}
AGAINST = ("vs", "versus", "against", "compared with", "compared to", "any better", "any worse")
"""What stands between two years that are compared."""

# How something is
STATES = word_set(
    "good new bad nice fine right true well case thing things one ones way improve improved "
    "recover recovered change stop stopped start started whole list something back year years time"
)
"""Words of how something is, or which one is meant, never of what: “is that still the case?”."""
VERDICTS = word_set("inadequate outstanding everything anything rating result")
"""Words that a question may ask for, and no pronoun stands for."""

LEADS_TO_PLACE = rule(
    "what leads to a place",
    rf"\b(?:{'|'.join(PLACING)}|of|for|about|on)\s+(?:the\s+)?$",
    "boats in the ",
    "what about so ",
)
"""What stands before a place: “in the ” before “Borders”; not “so ” before “reading”."""
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


def begins_before_place(text: str) -> bool:
    """Whether a text is how a question begins before a place: “did ” of “did doncaster have …”,
    where only the first word has a capital."""
    *before, last = spoken_words(text) or [""]
    return last in AUXILIARY_WORDS and {*before} <= {"and", "so", "but", "how"}


def with_apostrophes(text: str) -> str:
    """A question with the apostrophe that was left out of “whats”, “whos” and their like."""
    return _WITHOUT_APOSTROPHE.sub(r"\g<word>’s", text)


def without_opener(text: str) -> str:
    """A message from where it asks: “and in 2023?” -> “in 2023?”."""
    opener = _OPENER.match(text)
    return text[opener.end() :] if opener else text
