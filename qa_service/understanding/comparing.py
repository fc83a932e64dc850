"""Whether a question wants documents of several dates side by side, and what each is asked."""

from __future__ import annotations

from qa_service.stems import terms
from qa_service.understanding.follow_ups.time_follow_up import COMPARED
from qa_service.understanding.grammar import rule
from qa_service.understanding.periods import named_periods
from qa_service.understanding.wording import without_stretches

ANYTHING = "What was good, what has improved and what should get better?"
"""Asked of each document where a question names nothing that may have changed."""

_OVER_TIME = (
    r"over (?:the )?(?:time|years|months|past|last)|through the years|year (?:by|on|after) year"
    r"|from year to year|across the years|since|between .*\d{4} and|from .*\d{4} to"
)
_CHANGED = (
    r"changed|developed|evolved|improved|progressed|moved on|got (?:better|worse)|worsened|varied"
)
_COMPARE = r"^\W*(?:(?:please|(?:can|could) you(?: please)?)\b[\s,]*)?compare\b"
_COMPARING = rule(
    "a comparison over time",
    rf"{_COMPARE}"
    rf"|\b(?:how|in what way|to what extent) (?:has|have|had)\b.*\b(?:{_CHANGED})\b"
    rf"|\bwhat(?: has| have| had)? (?:{_CHANGED})\b.*\b(?:{_OVER_TIME})\b"
    rf"|\bhow did\b.*\b(?:change|develop|evolve|improve|progress)\b.*\b(?:{_OVER_TIME})\b"
    rf"|\b(?:changes?|developments?|progress|trends?)\b.*\b(?:{_OVER_TIME})\b"
    r"|\b(?:over time|over the years|year by year)\b",
    "How has early help changed?",
    "How is early help run?",
    within=True,
)
_TIME = rule(
    "words of a comparison",
    rf"{_COMPARE}(?:[^:?.]*\bover time:)?"
    r"|\b(?:over time|over the years|year by year)\b",
    "Compare over time: what of boats",
    "What of boats at this time",
    within=True,
)
_CHANGE = frozenset(terms("changed developed evolved improved progress better worse time"))


def asks_to_compare(text: str) -> bool:
    """Whether a question wants documents of several dates side by side."""
    return bool(_COMPARING.search(text))


def is_express(text: str) -> bool:
    """Whether a comparison was put together from a conversation that asked for it."""
    return text.startswith(COMPARED)


def timeless(text: str) -> str:
    """The question without the periods that it names: what each document is asked."""
    undated = without_stretches(text, [period.words for period in named_periods(text)])
    plain = " ".join(_TIME.sub(" ", undated).split())
    return plain if set(terms(plain)) - _CHANGE else ANYTHING
