"""What a sentence gains for holding the kind of thing that a question asks for."""

from __future__ import annotations

import re

from qa_service.nouns.dates import MONTHS
from qa_service.nouns.parsed_question import NOTHING_EXPECTED, Expectation
from qa_service.understanding.times import years_in

FITTING_BONUS = 0.15
"""Added to a sentence that holds the kind of thing asked for."""
SPELLED_OUT_BONUS = 0.5
"""Added to a sentence that holds an abbreviation and its words, where those are asked for."""
OTHER_YEAR_PENALTY = 0.3
"""Taken off a sentence that speaks of other years only than those the question names."""
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million billion half most none"
)
_A_DATE = re.compile(rf"\b\d{{3,4}}\b|\b(?:{'|'.join(MONTHS)})\b|\bcentury\b")
_A_NUMBER = re.compile(rf"\d|%|\b(?:{_NUMBERS.replace(' ', '|')})\b", re.IGNORECASE)


def expected(expectation: Expectation, sentence: str) -> float:
    """What the kind of thing asked for adds to a sentence's score, or takes off it."""
    if expectation == NOTHING_EXPECTED:
        return 0.0  # most questions
    fits = (expectation.date and _A_DATE.search(sentence)) or (
        expectation.number and _A_NUMBER.search(sentence)
    )
    said = {*years_in(sentence)} if expectation.dates else set()
    other_year = bool(said) and said.isdisjoint(expectation.dates)
    spelled = SPELLED_OUT_BONUS * _spells_out(expectation.abbreviation.lower(), sentence)
    return FITTING_BONUS * bool(fits) + spelled - OTHER_YEAR_PENALTY * other_year


def _spells_out(letters: str, sentence: str) -> bool:
    """Whether a sentence has an abbreviation, and words that begin with its letters."""
    if not letters or letters not in sentence.lower():
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", sentence.lower()))
    return letters in initials
