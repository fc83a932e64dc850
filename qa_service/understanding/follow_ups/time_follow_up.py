"""The time of a follow-up: counted from that spoken of, or the newest; and what changed since."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.nouns.questions import Understood
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.dating import years_in
from qa_service.understanding.expectation import CIRCUMSTANCES, asked_kind
from qa_service.understanding.follow_ups.antecedent import NOWHERE, Antecedent, small_letter
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import CHANGED, EARLIER, LATER, NOW, PLEASE, with_ones
from qa_service.understanding.spoken_mentions import Kind, Mention, mentions

COMPARED = "Compare over time: "
"""Put before a question to have it answered from documents of several dates."""

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_COUNTED = rule(
    "years counted from another",
    rf"\b(?:the\s+(?:(?P<ago>year\s+before|(?:previous|preceding|prior)\s+year)"
    r"|year\s+after|(?:next|following|subsequent)\s+year)"
    rf"|(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+years?\s+"
    r"(?:(?P<earlier>earlier|before)|later|after(?:wards)?))(?:\s+that)?\b",
    "two years later",
    "two years",
)
_IT = r"(?:it|that|this|they|them|these|those|things?|anything|something|much)"
_ASKS_FOR_CHANGE = rule(
    "what changed",
    rf"(?:what|how|has|have)(?:\s+(?:has|have|had|did))?(?:\s+{_IT})?\s+{CHANGED}"
    r"(?:\s+since(?:\s+(?:then|(?P<since>(?:19|20)\d\d)))?)?(?:\s+over (?:the )?(?:time|years))?",
    "how has it improved",
    "how has Leeds got on",
    whole=True,
)
_COMPARES = rule(
    "compare it with something",
    rf"(?:compare|how (?:does|do|did) {_IT} compare)(?:\s+{_IT})?"
    r"\s+(?:with|to|and|against)\s+(?:in\s+)?(?P<other>(?!the (?:others?|rest)\b).+)",
    "compare that with 2023",
    "compare that",
    whole=True,
)


def spoken_time(
    text: str, before: Antecedent, names: CollectionNames
) -> tuple[str, Mention | None]:
    """A question without words that count its time from what was spoken of, and that time.

    “Before that” and “the next one” are counted from the date named, or from that quoted first
    where none is, or where it turned that way already; “now” is the newest document on the
    place. None where the question says no such time, or nothing has a date.
    """
    there = names.dates_on(_place(text, before, names))
    text = _reckoned(text, before.when, there)
    if years_in(text):
        return text, None
    dates = there
    said = with_ones(text, lambda word: _calls(word, names))
    if not names.places_in(text) and any(form.search(said) for form in (EARLIER, LATER, NOW)):
        dates = names.dates_beside(before.question, before.reply) or there
    for form, lead in ((EARLIER, "before "), (LATER, "after ")):
        found = None if asked_kind(text) == "when" else form.search(said)
        if found and (when := _counted_from(before, dates, earlier=lead == "before ")):
            rest = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
            rest = re.sub(r" (?=[?.!,])", "", rest)
            next_to = _next_to(when, dates, earlier=lead == "before ")
            lead, year = ("in ", next_to) if next_to else (lead, when)
            return rest, Mention("date", year, NOWHERE, NOWHERE, lead)
    now = dates and NOW.search(said)
    return text, Mention("date", dates[-1][:4], NOWHERE, NOWHERE, "in ") if now else None


def _calls(word: str, names: CollectionNames) -> bool:
    """Whether documents are called so, or after what they were made on: “inspection”."""
    return names.calls_documents(word) or names.document_noun(word) == word.lower()


def _place(text: str, before: Antecedent, names: CollectionNames) -> str:
    places = [*names.places_in(text)]
    last = before.parts.get("place")
    return places[0].words if places else (last.text if last else "")


def _counted_from(before: Antecedent, there: Sequence[str], *, earlier: bool) -> str:
    """The date that something is earlier or later than; "" where none is known.

    Where neither question nor reply has one, the newest of the place was spoken of.
    """
    named = before.named("date")
    same_way = ("before ", "until ") if earlier else ("after ", "since ")
    if named and (named.lead.lower() not in same_way or not before.quoted):
        years = years_in(named.text)
        return years[0 if earlier else -1]
    dates = before.quoted or there[-1:]
    return max(dates)[:4] if dates else ""


def _next_to(year: str, there: Sequence[str], *, earlier: bool) -> str:
    """The year of the document on a place before that of a year, or after it; "" for none."""
    years = sorted({date[:4] for date in there})
    beyond = [other for other in years if (other < year if earlier else other > year)]
    return beyond[-1 if earlier else 0] if beyond else ""


def _reckoned(text: str, date: Mention | None, there: Sequence[str]) -> str:
    """A question in which “two years later” is a year, counted from a date: that of a document
    on the place where one is of the year before it or after it alone."""
    years = years_in(date.text) if date else []
    found = _COUNTED.search(text)
    if not years or not found:
        return text
    count = (found["count"] or "one").lower()
    sign = -1 if found["ago"] or found["earlier"] else 1
    year = _nearest(int(years[-1]) + sign * (_NUMBERS.get(count) or int(count)), there)
    return f"{text[: found.start()]}in {year}{text[found.end() :]}"


def _nearest(year: int, there: Sequence[str]) -> int:
    """A year, or the one beside it of which there is a document where there is none of it."""
    held = {int(date[:4]) for date in there}
    beside = held & {year - 1, year + 1}
    return year if year in held or len(beside) != 1 else next(iter(beside))


_COMPARES_BOTH = rule(
    "compare what was spoken of last",
    rf"(?:{PLEASE}compare|how\s+(?:do|did))\s+(?:them|they|these|those|the\s+two|both)(?:\s+compare)?"
    r"|(?:which|who)(?:\s+(?:one|of\s+(?:them|these|those|the\s+two)))?\s+(?:is|are|was|were|did|does)"
    r"\s+(?:the\s+)?(?:better|worse|best|worst)",
    "which was better",
    "which was better for children",
    whole=True,
)


def compared(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    """The question before, asked of several dates or places; None where that is not wanted.

    Who did something, when, or how many there were is a row of each, and nothing to compare.
    """
    plain = text.strip(" ?.!")
    own: dict[Kind, Mention] | None = None
    both = None
    if found := _COMPARES.fullmatch(plain):
        own = _compared_parts(found["other"], before, names)
    elif both := _COMPARES_BOTH.fullmatch(plain):
        own = _both(before)
    elif found := _ASKS_FOR_CHANGE.fullmatch(plain):
        date = before.named("date")
        years = years_in(found["since"] or (date.text if date else ""))
        own = {"date": Mention("date", years[0], 0, 0, "since ")} if years else {}
    if own is None:
        return None
    question = before.replaced(own).removeprefix(COMPARED)
    if not (both and asked_kind(question) in CIRCUMSTANCES):
        question = COMPARED + small_letter(question)
    return Understood(question, before.carried(*own))


def _both(before: Antecedent) -> dict[Kind, Mention] | None:
    """The place, or the time, of the question before and of the one before that; None where they
    are the same."""
    place, old = before.parts.get("place"), before.former.get("place")
    if place and old and place.text.lower() != old.text.lower():
        both = f"{_written(old.text)} and {_written(place.text)}"
        return {"place": Mention("place", both, 0, 0, place.lead)}
    years = {*_years(before.named("date")), *_years(before.former.get("date"))}
    if len(years) < 2:
        return None
    return {"date": Mention("date", f"{min(years)} and {max(years)}", 0, 0, "between ")}


def _written(name: str) -> str:
    """A name with capitals, if it was typed without any."""
    words = (word if word in STOPWORDS else word.capitalize() for word in name.split())
    return " ".join(words) if name.islower() else name


def _years(date: Mention | None) -> Sequence[str]:
    return years_in(date.text) if date else ()


def _compared_parts(
    other: str, before: Antecedent, names: CollectionNames
) -> dict[Kind, Mention] | None:
    """The parts of the question before joined with what it is to be compared with."""
    date, place = before.named("date"), before.parts.get("place")
    named = [part for part in mentions(f"in {other}", names) if part.kind == "place"]
    if place and named:
        both = f"{place.text} and {named[0].text}"
        return {"place": Mention("place", both, 0, 0, place.lead)}
    years: Sequence[str] = years_in(other)
    if not years:
        return None
    years = sorted({*years, *(years_in(date.text) if date else ())})
    if len(years) < 2:
        return {}
    return {"date": Mention("date", f"{years[0]} and {years[-1]}", 0, 0, "between ")}
