"""What kind of thing a question asks for, and what that lets one expect of a sentence."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import Asks, Expectation
from qa_service.understanding.dating import named_dates
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    AUXILIARY_WORDS,
    PLEASE,
    first_word,
    says,
    without_opener,
    word_set,
)

_WHEN = {
    *("when", "what year", "what date", "what month", "what century"),
    *("which year", "which date", "which month", "which century"),
}
_HOW_MANY = {
    *(
        "how many",
        "how much",
        "how old",
        "how long",
        "how often",
        "how far",
        "how large",
        "how big",
    ),
    *("how high", "how tall", "what number", "what percentage", "what proportion", "what share"),
    "what rate",
}
_WHO = word_set("who whom whose")
_WHY = {
    *("why", "how come", "what made", "what led", "what caused"),
    *("for what reason", "for what reasons"),
}
_ABBREVIATION = rule(
    "asking for the words of an abbreviation",
    r"\b(?:(?:do|does|is|are) (?:the )?(?!(?:it|they|this|that|these)\b)(?P<letters>[a-z]{2,8}) )?"
    r"(?:stands?|short) for\b|\b(?:abbreviations?|acronyms?|initials)\b"
    r"|\bwhat(?:['’]?s|\s+(?:is|are|does|do))?\s+(?:the\s+)?[\w&-]{2,12}(?:\s+\w+)?\s+in full\b"
    r"|\b(?:spell|spelled|spelt|write|written)\b.*\bin full\b"
    r"|\bwhat (?:do|does)\b.*\bmeans?\b|\b(?:meant by|meaning of)\b",
    "What is SCRA in full?",
    "Is the SCRA plan published in full?",
)
_ASKS_ABBREVIATION = re.compile(r"s?\W+(?:mean|stand|short|abbreviat|acronym)", re.IGNORECASE)
_LETTERS = re.compile(r"\b[A-Z][A-Za-z&]*[A-Z](?=s?\b)")
_LIST = rule(
    "asking for a list",
    rf"^\W*{PLEASE}(?:list|name|give me all)\b"
    r"|\b(?:what|which) (?:are|were) (?:all )?the\b",
    "What are the main findings?",
    "What is the main finding?",
)
_TO_BE_DONE = rule(
    "asking what is to be done",
    r"\brecommend\w*|\b(?:told|asked|advised|urged|instructed|required)\s+to\b"
    r"|\bwhat\b.*\b(?:should|must|needs?|needed|(?:has|have|left)\s+to)\b.*\b(?:do|doing|done|improve\w*"
    r"|change|better|fix\w*)\b|\bareas?\s+(?:for|of)\s+(?:improvement|development)\b",
    "What did they recommend?",
    "What did they comment on?",
)
_PUBLISHED = word_set("published publication released issued")
_MOST = (
    r"(?:the )?(?:most|fewest|least|highest|lowest|largest|biggest|smallest|greatest|longest"
    r"|shortest|oldest|youngest|cheapest|dearest)"
)
_COUNTING = rule(
    "asking for a number or for the extreme of several",
    r"^\W*(?:(?:and|so|please|in|of|at|for)\s+)?(?:how (?:many|often)\b|what (?:number|share) of\b"
    rf"|(?:which|who|what)\b[^?]*?\b(?:has|have|had|is|are|was|were|with|got|gets)\b[^?]*?\b{_MOST}\b"
    rf"|(?:which|who)\b[^?]*?\b{_MOST}\b)",
    "Which school has the most pupils?",
    "Which school has a garden?",
)
CIRCUMSTANCES: tuple[Asks, ...] = ("who", "when", "how many")
"""What is asked of a thing, and is not the same of its like."""


def asks_why(question: str) -> bool:
    """Whether a question asks for reasons, and so takes for granted what they are of."""
    return says(question, _WHY)


def asks_when_published(text: str) -> bool:
    """Whether a question asks when something was published, which is not when it was made."""
    return says(text, _WHEN) and says(text, _PUBLISHED)


def asked_kind(question: str) -> Asks:
    """Which kind of thing a question asks for."""
    asked = without_opener(question)
    kinds: tuple[tuple[Asks, bool], ...] = (
        ("how many", says(asked, _HOW_MANY)),
        ("when", says(asked, _WHEN)),
        ("who", says(asked, _WHO)),
        ("list", bool(_LIST.search(asked))),
        ("yes or no", first_word(asked) in AUXILIARY_WORDS),
    )
    return next((kind for kind, holds in kinds if holds), "plain")


def expectation_of(question: str) -> Expectation:
    """What a sentence is to hold that answers a question: read once, for all sentences."""
    return Expectation(
        dates=named_dates(question),
        date=says(question, _WHEN),
        number=says(question, _HOW_MANY),
        count=bool(_COUNTING.search(question)),
        reasons=asks_why(question),
        actions=bool(_TO_BE_DONE.search(question)),
        abbreviation=_asked_abbreviation(question),
    )


def _asked_abbreviation(question: str) -> str:
    """The abbreviation whose words are asked for, right before where they are or else the first;
    "" for none."""
    found = _ABBREVIATION.search(question)
    if found is None:
        return ""
    letters = list(_LETTERS.finditer(question))
    beside = [each[0] for each in letters if _ASKS_ABBREVIATION.match(question, each.end())]
    return next(iter([*beside, *(each[0] for each in letters)]), found["letters"] or "")
