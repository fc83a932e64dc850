"""Whether a question sets places beside each other, and what each of them is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.nouns.dates import Period
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.understanding.grammar import rule
from qa_service.understanding.mentions import BLANK, blanked

_LEADS = r"(?:(?:in|of|at|for|to|by|the|on)\s+)*"
_NAMED = rf"{_LEADS}{BLANK}(?:['’]s?)?"
_JOINED = r"(?:\s*(?:,|/|&|\b(?:or|and|vs\.?|versus|against|than|with|to)\b))*\s*"
_SIDES = rule(
    "names beside each other",
    rf"(?:\bcompared?\s+)?{_NAMED}(?:{_JOINED}{_NAMED})*",
    f"{BLANK} or {BLANK}?",
    "which of them?",
)
_WEIGHS = rule(
    "weighing one against another",
    r"\b(?:better|worse|best|worst|higher|lower|more|fewer|less|than|both|differ\w*|compared?"
    r"|vs|versus|or)\b|^\W*(?:who|which|whose)\b",
    "Was Leeds better than Hull?",
    "What did Leeds hear of Hull?",
)


def compares_places(text: str, places: Sequence[NamedDocuments], periods: Sequence[Period]) -> bool:
    """Whether several places are asked the same: “Leeds or Hull”, “was Leeds better than Hull”."""
    if len({place.document_ids for place in places}) < 2:
        return False
    marked = _marked(text, places, periods)
    beside = any(found.group().count(BLANK) > 1 for found in _SIDES.finditer(marked))
    return beside or _WEIGHS.search(marked) is not None


def placeless(text: str, places: Sequence[NamedDocuments], periods: Sequence[Period]) -> str:
    """The question without the places and periods that it names: what each place is asked."""
    rest = _SIDES.sub(" ", _marked(text, places, periods))
    return re.sub(r"[\s,;:–-]+(?=[?.!,;:]|$)", "", " ".join(rest.split()).strip(" ,;:–-"))


def _marked(text: str, places: Sequence[NamedDocuments], periods: Sequence[Period]) -> str:
    words = [*(place.words for place in places), *(period.words for period in periods)]
    return blanked(text, words)
