"""What kind of thing a question asks for, and which sentences can hold it."""

from __future__ import annotations

import re

from qa_service.nouns.dates import MONTHS
from qa_service.nouns.parsed_question import Asks, Expectation
from qa_service.stems import stem_set
from qa_service.understanding.dating import named_dates, named_years
from qa_service.understanding.grammar import Rule, rule
from qa_service.understanding.lexicon import AUXILIARIES, PLEASE, without_opener

FITTING_BONUS = 0.15
"""Added to a sentence that holds the kind of thing asked for."""
SPELLED_OUT_BONUS = 0.5
"""Added to a sentence that holds an abbreviation and its words, where those are asked for."""
OTHER_YEAR_PENALTY = 0.3
"""Taken off a sentence that speaks of other years only than those the question names."""
NOTHING_EXPECTED = Expectation()

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million billion half most none"
)
_A_DATE = re.compile(rf"\b\d{{3,4}}\b|\b(?:{'|'.join(MONTHS)})\b|\bcentury\b")
_A_NUMBER = re.compile(rf"\d|%|\b(?:{_NUMBERS.replace(' ', '|')})\b", re.IGNORECASE)
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
_REASONS = rule(
    "opening reasons",
    r"\b(?:because|reasons?|as follows|due to)\W*$",
    "It was closed because:",
    "It was closed because of rain.",
)
_TO_BE_DONE = rule(
    "asking what is to be done",
    r"\brecommend\w*|\b(?:told|asked|advised|urged|instructed|required)\s+to\b"
    r"|\bwhat\b.*\b(?:should|must|needs?|needed|has\s+to|have\s+to)\b.*\b(?:do|doing|done|improve\w*"
    r"|change|better|fix\w*)\b|\bareas?\s+(?:for|of)\s+(?:improvement|development)\b",
    "What did they recommend?",
    "What did they comment on?",
)
_ACTIONS = stem_set(
    "recommendation recommendations area areas for improvement improvements need needs to improve "
    "priority immediate action actions required next steps must do"
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


def asks_to_count(text: str) -> bool:
    """Whether a question asks how many there are of something, or which has the most."""
    return _COUNTING.search(text) is not None


def gives_reasons(heading: str) -> bool:
    """Whether a heading, or the lead of a list, opens reasons."""
    return bool(_REASONS.search(heading))


def names_of_actions(question: str) -> frozenset[str]:
    """Stems of the headings under which documents put what they want done, where a question
    asks for that; none where it does not."""
    return _ACTIONS if _TO_BE_DONE.search(question) else frozenset()


def asked_kind(question: str) -> Asks:
    """Which kind of thing a question asks for."""
    asked = without_opener(question)
    return next((kind for kind, form in _ASKS if form.search(asked)), "plain")


def expectation_of(question: str) -> Expectation:
    """What a sentence is to hold that answers a question: read once, for all sentences."""
    return Expectation(
        named_dates(question),
        _WHEN.search(question) is not None,
        _HOW_MANY.search(question) is not None,
        _asked_abbreviation(question),
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


def expected(expectation: Expectation, sentence: str) -> float:
    """What the kind of thing asked for adds to a sentence's score, or takes off it."""
    if expectation == NOTHING_EXPECTED:
        return 0.0  # most questions
    fits = (expectation.date and _A_DATE.search(sentence)) or (
        expectation.number and _A_NUMBER.search(sentence)
    )
    said = named_years(sentence) if expectation.dates else set()
    other_year = bool(said) and said.isdisjoint(expectation.dates)
    spelled = SPELLED_OUT_BONUS * _spells_out(expectation.abbreviation.lower(), sentence)
    return FITTING_BONUS * bool(fits) + spelled - OTHER_YEAR_PENALTY * other_year


def _spells_out(letters: str, sentence: str) -> bool:
    """Whether a sentence has an abbreviation, and words that begin with its letters."""
    if not letters or letters not in sentence.lower():
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", sentence.lower()))
    return letters in initials
