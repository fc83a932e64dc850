"""What kind of thing a question asks for, and what that lets one expect of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa_service.nouns.parsed_question import Asks, Expectation
from qa_service.stems import STOPWORDS
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    AUXILIARY_WORDS,
    COUNTING,
    EXTREMES,
    HOW_MANY,
    IN_FULL,
    IN_WORDS,
    OPENING_WORDS,
    PUBLISHED,
    SPELL,
    WHEN,
    WHO,
    WHY,
    first_word,
    says,
    without_opener,
)
from qa_service.understanding.times import named_dates

_TO_BE_DONE = rule(
    "asking what is to be done",
    r"\brecommend\w*|\b(?:told|asked|advised|urged|instructed|required)\s+to\b"
    r"|\bwhat\b.*\b(?:should|must|needs?|needed|(?:has|have|left)\s+to)\b.*\b(?:do|doing|done|improve\w*"
    r"|change|better|fix\w*)\b|\bareas?\s+(?:for|of)\s+(?:improvement|development)\b",
    "What did they recommend?",
    "What did they comment on?",
)
CIRCUMSTANCES: tuple[Asks, ...] = ("who", "when", "how many")
"""What is asked of a thing, and is not the same of its like."""

_LETTERS = re.compile(
    r"\b(?P<said>[A-Z][A-Za-z&]*[A-Z](?=s?\b)|[a-z]{2,8}(?=\s+(?:stands?|short) for\b))"
    r"(?P<asked>s?\W+(?:mean|stand|short|abbrev|acronym))?"
)
"""“RHI”, or “rhi” where its words are asked for right behind it."""


def asked_kind(question: str) -> Asks:
    """Which kind of thing a question asks for."""
    asked = without_opener(question)
    kinds: dict[Asks, Iterable[str]] = {"how many": HOW_MANY, "when": WHEN, "who": WHO}
    other: Asks = "yes or no" if first_word(asked) in AUXILIARY_WORDS else "plain"
    return next((kind for kind, words in kinds.items() if says(asked, words)), other)


def asks_why(question: str) -> bool:
    """Whether a question asks for reasons, and so takes for granted what they are of."""
    return says(question, WHY)


def asks_when_published(text: str) -> bool:
    """Whether a question asks when something was published, which is not when it was made."""
    return says(text, WHEN) and says(text, PUBLISHED)


def expectation_of(question: str) -> Expectation:
    """What a sentence is to hold that answers a question: read once, for all sentences."""
    return Expectation(
        dates=named_dates(question),
        date=says(question, WHEN),
        number=says(question, HOW_MANY),
        count=_asks_to_count(question),
        reasons=asks_why(question),
        actions=bool(_TO_BE_DONE.search(question)),
        abbreviation=_asked_abbreviation(question),
    )


def _asks_to_count(question: str) -> bool:
    """Whether a question asks for a number of things, or for the extreme of several."""
    extreme = first_word(question, *OPENING_WORDS) in ("which", "who", "what")
    return says(question, COUNTING) or (extreme and says(question, EXTREMES))


def _asked_abbreviation(question: str) -> str:
    """The abbreviation whose words are asked for, right before where they are or else the first;
    "" for none."""
    asks = says(question, IN_WORDS) or (says(question, IN_FULL) and says(question, SPELL))
    found = [it for it in _LETTERS.finditer(question) if asks and it["said"] not in STOPWORDS]
    return next((it["said"] for it in sorted(found, key=lambda it: not it["asked"])), "")
