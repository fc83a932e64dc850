"""Follow-ups about time: the year before, and before that, what changed since then, compare that
with 2023."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa_service.nouns.answers import Carried, Understood
from qa_service.nouns.dates import date_in_words
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.follow_ups.antecedent import Antecedent, small_letter
from qa_service.understanding.grammar import rule
from qa_service.understanding.spoken_mentions import Kind, Mention, mentions

Parts = dict[Kind, Mention]

COMPARED = "Compare over time: "
"""Put before a question to have it answered from documents of several dates."""

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_COUNTED = rf"(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+years?"
_YEARS_OFF = (
    (-1, r"\bthe\s+(?:year\s+before|(?:previous|preceding|prior)\s+year)(?:\s+that)?\b"),
    (1, r"\bthe\s+(?:year\s+after|(?:next|following|subsequent)\s+year)(?:\s+that)?\b"),
    (-1, rf"\b{_COUNTED}\s+(?:earlier|before)(?:\s+that)?\b"),
    (1, rf"\b{_COUNTED}\s+(?:later|after(?:wards)?)(?:\s+that)?\b"),
)
_RECKONED = tuple((step, re.compile(form, re.IGNORECASE)) for step, form in _YEARS_OFF)
_THEN = rule(
    "then for a date",
    r"(?P<lead>\b(?:since|before|after|until)\s+)then\b",
    "what changed since then?",
    "what changed then?",
    within=True,
)
_BEGINNING = r"^(?:(?:and|so|ok|now|please|(?:can|could) you(?: please)?)\b[\s,]*)*"
_CHANGED = r"(?:changed?|developed?|improved?|progressed?|evolved?|got(?:ten)? (?:better|worse))"
_IT = r"(?:it|that|this|they|them|these|those|things?|anything|something|much)"
_SINCE = r"(?P<since>\s+since(?:\s+(?:19|20)\d\d)?)?(?:\s+over (?:the )?(?:time|years))?"
_ASKS_FOR_CHANGE = rule(
    "what changed",
    rf"{_BEGINNING}(?:what|how|has|have)(?:\s+(?:has|have|had|did))?(?:\s+{_IT})?\s+{_CHANGED}{_SINCE}$",
    "how has it improved",
    "how has Leeds got on",
    within=True,
)
_COMPARES = rule(
    "compare it with something",
    rf"{_BEGINNING}(?:compare|how (?:does|do|did) {_IT} compare)(?:\s+{_IT})?"
    r"\s+(?:with|to|and|against)\s+(?:in\s+)?(?P<other>(?!the (?:others?|rest)\b).+)$",
    "compare that with 2023",
    "compare that",
    within=True,
)
_ON = rule(
    "on something else",
    rf"{_BEGINNING}(?:(?:what|how)\s+about|on|about)\s+(?:on\s+)?(?P<topic>(?!it\b|that\b).+)$",
    "and on adoption",
    "and adoption",
    within=True,
)
_COMPARED_ON = rule(
    "a comparison on something",
    r"(?P<places>\W*(?:please\s+)?compare\s.+?\son\s+)(?P<topic>.+?)(?P<end>[?.!]*)$",
    "Compare Leeds and Bury on adoption",
    "Compare Leeds and Bury",
    within=True,
)
_ONE = r"(?!year)[\w-]+"
_BEFORE_THAT = (
    rf"before(?:\s+(?:that|then|this))?|earlier|previously|the\s+{_ONE}\s+before(?:\s+(?:that|it))?"
    rf"|the\s+(?:previous|earlier|preceding|prior)(?:\s+{_ONE})?"
)
_AFTER_THAT = (
    rf"after(?:\s+(?:that|then|this))?|later|afterwards|the\s+{_ONE}\s+after(?:\s+(?:that|it))?"
    rf"|the\s+(?:next|later|following|subsequent)(?:\s+{_ONE})?"
)
_TURNS = rule(
    "earlier or later documents",
    rf"{_BEGINNING}(?:(?:what|how)\s+about\s+)?(?:(?P<earlier>{_BEFORE_THAT})|{_AFTER_THAT})$",
    "and before that",
    "and before the reform",
    within=True,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

DatesOf = Callable[[str, str], Sequence[str]]
"""Question and reply -> the dates of the documents that the reply quotes, earliest first."""


def turned(text: str, before: Antecedent, dates_of: DatesOf) -> Understood | None:
    """The question before asked of earlier or later documents: "and before that?".

    That is counted from the date it names, or from what the reply quotes where it names
    none, or has turned the same way already. None where neither has a date.
    """
    found = _TURNS.match(text.strip(" ?.!"))
    if found is None:
        return None
    lead = "before " if found["earlier"] else "after "
    named = before.parts.get("date")
    quoted = dates_of(before.question, before.reply)
    same_way = ("before ", "until ") if found["earlier"] else ("after ", "since ")
    if named and (named.lead.lower() not in same_way or not quoted):
        when = _YEAR.findall(named.text)[0 if found["earlier"] else -1]
    elif quoted:
        when = date_in_words(quoted[0 if found["earlier"] else -1][: len("2016-05")])
    else:
        return None
    return Understood(before.within(Mention("date", when, 0, 0, lead)), before.carried("date"))


def reckoned(text: str, date: Mention | None) -> str:
    """A question in which "the year before" and "then" are years, counted from a date."""
    years = _YEAR.findall(date.text) if date else []
    if not years:
        return text
    for step, form in _RECKONED:
        if found := form.search(text):
            count = (found.groupdict().get("count") or "one").lower()
            year = int(years[-1]) + step * (_NUMBERS.get(count) or int(count))
            text = f"{text[: found.start()]}{year}{text[found.end() :]}"
    return _THEN.sub(rf"\g<lead>{years[-1]}", text)


def compared_on(text: str, before: Antecedent) -> Understood | None:
    """A comparison by name asked on something else: "and on adoption?"; None for other texts."""
    asked, old = _ON.match(text.strip(" ?.!")), _COMPARED_ON.match(before.question)
    if asked is None or old is None:
        return None
    question = old["places"] + asked["topic"] + old["end"]
    return Understood(question, (Carried(old["places"].strip(), "subject"),))


def compared(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    """The question before, asked of several dates or places; None where that is not wanted."""
    other = _compared_with(text)
    own = _changing(text, before) if other is None else _compared_parts(other, before, names)
    if own is None:
        return None
    question = COMPARED + small_letter(before.replaced(own).removeprefix(COMPARED))
    return Understood(question, before.carried(*own))


def _changing(text: str, before: Antecedent) -> Parts | None:
    """The period over which a follow-up asks for change; empty where it names none."""
    date = before.parts.get("date")
    period = _change_asked(text, date)
    if period is None:
        return None
    return {"date": period} if period.text else {}


def _compared_parts(other: str, before: Antecedent, names: CollectionNames) -> Parts | None:
    """The parts of the question before joined with what it is to be compared with."""
    date, place = before.parts.get("date"), before.parts.get("place")
    named = [part for part in mentions(f"in {other}", names) if part.kind == "place"]
    if place and named:
        both = f"{place.text} and {named[0].text}"
        return {"place": Mention("place", both, 0, 0, place.lead)}
    if not _YEAR.search(other):
        return None
    years = sorted({*_YEAR.findall(date.text), *_YEAR.findall(other)}) if date else []
    if len(years) < 2:
        return {}
    if date and date.lead.strip().lower() in ("since", "after"):
        return {"date": Mention("date", years[0], 0, 0, "since ")}
    return {"date": Mention("date", f"{years[0]} and {years[-1]}", 0, 0, "between ")}


def _change_asked(text: str, date: Mention | None) -> Mention | None:
    """The date from which on change is asked for ("since 2016"), without text where none is
    named; None where no change is asked for."""
    found = _ASKS_FOR_CHANGE.match(text.strip(" ?.!"))
    if found is None:
        return None
    said = _YEAR.findall(found["since"] or "") or _YEAR.findall(date.text if date else "")
    return Mention("date", said[0] if said else "", 0, 0, "since ")


def _compared_with(text: str) -> str | None:
    """What a follow-up wants what was spoken of compared with; None where it wants no such."""
    found = _COMPARES.match(text.strip(" ?.!"))
    return found["other"] if found else None
