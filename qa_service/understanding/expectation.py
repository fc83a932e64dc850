"""What kind of thing a question asks for, and what that lets one expect of a sentence."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import Asks, Expectation
from qa_service.understanding.dating import named_dates
from qa_service.understanding.grammar import Rule, rule
from qa_service.understanding.lexicon import AUXILIARIES, PLEASE, without_opener

_WHEN = rule(
    "asking when",
    r"\b(?:when|(?:what|which) (?:year|date|month|century))\b",
    "In what year did it open?",
    "What happens whenever it rains?",
)
_HOW_MANY = rule(
    "asking how many",
    r"\bhow (?:many|much|old|long|often|far|large|big|high|tall)\b"
    r"|\bwhat (?:number|percentage|proportion|share|rate)\b",
    "What percentage agreed?",
    "How did they agree?",
)
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
_WHO = rule("asking who", r"\b(?:who|whom|whose)\b", "Who led it?", "What led to it?")
_LIST = rule(
    "asking for a list",
    rf"^\W*{PLEASE}(?:list|name|give me all)\b"
    r"|\b(?:what|which) (?:are|were) (?:all )?the\b",
    "What are the main findings?",
    "What is the main finding?",
)
_WHY = rule(
    "asking why",
    r"\b(?:why|how come|what (?:made|led|caused)|for what reasons?)\b",
    "Why was it judged poor?",
    "Was it judged poor?",
)
_TO_BE_DONE = rule(
    "asking what is to be done",
    r"\brecommend\w*|\b(?:told|asked|advised|urged|instructed|required)\s+to\b"
    r"|\bwhat\b.*\b(?:should|must|needs?|needed|has\s+to|have\s+to)\b.*\b(?:do|doing|done|improve\w*"
    r"|change|better|fix\w*)\b|\bareas?\s+(?:for|of)\s+(?:improvement|development)\b",
    "What did they recommend?",
    "What did they comment on?",
)
_YES_NO = rule("asking yes or no", rf"^\W*{AUXILIARIES}\b", "is it open?", "when is it open?")
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
_ASKS: tuple[tuple[Asks, Rule], ...] = (
    ("how many", _HOW_MANY),
    ("when", _WHEN),
    ("who", _WHO),
    ("list", _LIST),
    ("yes or no", _YES_NO),
)


def asks_why(question: str) -> bool:
    """Whether a question asks for reasons, and so takes for granted what they are of."""
    return bool(_WHY.search(question))


def asked_kind(question: str) -> Asks:
    """Which kind of thing a question asks for."""
    asked = without_opener(question)
    return next((kind for kind, form in _ASKS if form.search(asked)), "plain")


def expectation_of(question: str) -> Expectation:
    """What a sentence is to hold that answers a question: read once, for all sentences."""
    return Expectation(
        dates=named_dates(question),
        date=bool(_WHEN.search(question)),
        number=bool(_HOW_MANY.search(question)),
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
