"""The words of English that questions are understood by: each stands here, once."""

from __future__ import annotations

from qa_service.nouns.dates import MONTHS
from qa_service.understanding.grammar import rule

MONTH = "|".join(MONTHS)
DIRECTIONS = frozenset(("North", "South", "East", "West"))
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
AUXILIARIES = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might)"
)
"""What a question of yes or no begins with, and others go on with: “where is”."""
PLEASE = r"(?:(?:please|(?:can|could) you(?: please)?)\b[\s,]*)?"
"""What is said, or not, before something is asked for: “could you please list”."""

LEADS_TO_PLACE = rule(
    "what leads to a place",
    rf"\b(?:{'|'.join(PLACING)}|of|for|about|on)\s+(?:the\s+)?$",
    "boats in the ",
    "what about so ",
    within=True,
)
"""What stands before a place: “in the ” before “Borders”; not “so ” before “reading”."""
OWN_TIME = rule(
    "a time of its own",
    r"\b(?:now|still|yet|latest|newest|today|current(?:ly)?|nowadays|these days|before"
    r"|previous(?:ly)?"
    r"|earlier|later|next|ever|since|last (?:year|time)|this year|lately|recent(?:ly)?|always"
    r"|so far|afterwards|years? (?:ago|later))\b",
    "is it still good?",
    "is it good?",
    within=True,
)
"""A question with its own time, which takes over no date: “is it still good?”, not “why?”."""
SAME_TIME = rule(
    "the time spoken of",
    r"\b(?:then|that (?:year|time)|back then|(?:that|the)(?: \w+)? one)\b",
    "who led that one?",
    "who led it in 2020?",
    within=True,
)
"""What points at the date last spoken of: “who led that one?”, not “who led it in 2020?”."""
_OPENER = rule(
    "what a message begins with",
    rf"(?:(?:{OPENERS})\b[\s,.!–-]*)+(?=\w)",
    "ok thanks, and in 2023?",
    "no one knows",
    within=True,
)
"""What a message begins with before it asks: “ok thanks, and ”; not “no one ”."""


def without_opener(text: str) -> str:
    """A message from where it asks: “and in 2023?” -> “in 2023?”."""
    opener = _OPENER.match(text)
    return text[opener.end() :] if opener else text
