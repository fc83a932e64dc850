"""Follow-ups that compare: with something else, with the time before, or what changed since."""

from __future__ import annotations

from qa_service.nouns.dates import YEAR
from qa_service.nouns.questions import Understood
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.comparing import COMPARED
from qa_service.understanding.follow_ups.antecedent import Antecedent, small_letter
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import CHANGED
from qa_service.understanding.mentions import Kind, Mention, mentions
from qa_service.understanding.times import years_in

_IT = r"(?:it|that|this|they|them|these|those|things?|anything|something|much)"
_CHANGES = rule(
    "what changed",
    rf"(?:what|how|has|have)(?:\s+(?:has|have|had|did))?(?:\s+{_IT})?\s+(?:{'|'.join(CHANGED)})"
    rf"(?:\s+since(?:\s+(?:then|(?P<since>{YEAR})))?)?(?:\s+over (?:the )?(?:time|years))?",
    "how has it improved",
    "how has Leeds got on",
    whole=True,
)
_COMPARES = rule(
    "compare it with something",
    rf"(?:compare|how (?:does|do|did) {_IT} compare)(?:\s+{_IT})?"
    r"\s+(?:with|to|and|against)\s+(?P<other>(?!the (?:others?|rest)\b).+)",
    "compare that with 2023",
    "compare that",
    whole=True,
)
Parts = dict[Kind, Mention]


def compared(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    """The question before, asked of several dates or places; None where that is not wanted."""
    plain = text.strip(" ?.!")
    if found := _COMPARES.fullmatch(plain):
        own = _with_other(found["other"], before, names)
    elif found := _CHANGES.fullmatch(plain):
        years = years_in(found["since"] or "") or _years(before.named("date"))
        own = {"date": Mention("date", years[0], 0, 0, "since ")} if years else {}
    else:
        return None
    if own is None:
        return None
    question = before.replaced(own).removeprefix(COMPARED)
    return Understood(COMPARED + small_letter(question), before.carried(*own))


def _with_other(other: str, before: Antecedent, names: CollectionNames) -> Parts | None:
    """The parts of the question before joined with what it is to be compared with."""
    place = before.parts.get("place")
    other = other.removeprefix("in ")
    named = [part for part in mentions(f"in {other}", names) if part.kind == "place"]
    if place and named:
        both = f"{place.text} and {named[0].text}"
        return {"place": Mention("place", both, 0, 0, place.lead)}
    if not years_in(other):
        return None
    years = sorted({*years_in(other), *_years(before.named("date"))})
    between = f"{years[0]} and {years[-1]}"
    return {"date": Mention("date", between, 0, 0, "between ")} if len(years) > 1 else {}


def _years(date: Mention | None) -> list[str]:
    return years_in(date.text) if date else []
