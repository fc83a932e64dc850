"""The time of a follow-up: counted from that spoken of, or the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.follow_ups.antecedent import NOWHERE, Antecedent
from qa_service.understanding.grammar import rule
from qa_service.understanding.kinds import asked_kind
from qa_service.understanding.lexicon import tidy
from qa_service.understanding.mentions import Mention
from qa_service.understanding.times import years_in

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
_ENDS = r"(?=\s*(?:$|[?.!,]))"
_ONE = r"(?:(?!year|month|week|day|time)\w+\s+)?(?:one_*|time)"
EARLIER = rule(
    "earlier than spoken of",
    rf"\b(?:(?<!than )before(?:\s+(?:that|then|this))?{_ENDS}|earlier|previously|always"
    rf"|the\s+{_ONE}\s+before|(?:the\s+)?(?:last\s+time|(?:previous|earlier|prior)\s+{_ONE}))"
    r"(?:\s+(?:that|it))?\b",
    "was it better before?",
    "what was done before they left?",
)
LATER = rule(
    "later than spoken of",
    rf"\b(?:after\s+(?:that|then|this){_ENDS}|later|afterwards|since(?:\s+then)?{_ENDS}"
    rf"|the\s+{_ONE}\s+after|(?:by\s+)?the\s+(?:next|following|later)\s+{_ONE})"
    r"(?:\s+(?:that|it))?\b",
    "and the next one?",
    "what happens after they leave?",
)
NOW = rule(
    "now",
    r"\b(?:now(?! that)|still|today|currently|nowadays|these days|any ?more|this year"
    r"|(?P<one>the (?:newest|latest)(?: one_*)?(?=\W*$)))(?!\w)",
    "is it still good?",
    "is it good now that they left?",
)
"""The newest time that there is: “is it still good?”."""


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
    said = _with_ones(text, names)
    if years_in(text) or not any(form.search(said) for form in (EARLIER, LATER, NOW)):
        return text, None
    beside = () if names.places_in(text) else names.dates_beside(before.question, before.reply)
    dates = beside or there
    for form, earlier in ((EARLIER, True), (LATER, False)):
        found = None if asked_kind(text) == "when" else form.search(said)
        if found and (year := _counted_from(before, dates, earlier=earlier)):
            rest = tidy(f"{text[: found.start()]} {text[found.end() :]}")
            return rest, _next_to(year, dates, earlier=earlier)
    found = NOW.search(said)
    if not (found and dates):
        return text, None
    rest = tidy(text[: found.start()]) if found["one"] else text
    return rest, _in_year(dates[-1][:4])


def _in_year(year: str, lead: str = "in ") -> Mention:
    """A time that nobody named."""
    return Mention("date", year, NOWHERE, NOWHERE, lead)


def _with_ones(text: str, names: CollectionNames) -> str:
    """A text in which “one” stands for what documents are called, or after what they are called,
    filled up so that all else keeps its place: “the next one___?” of “the next report?”."""

    def one(word: re.Match[str]) -> str:
        noun = word.group()
        called = names.calls_documents(noun) or names.document_noun(noun) == noun.lower()
        return "one".ljust(len(noun), "_") if called else noun

    return re.sub(r"[^\W\d_]{3,}", one, text)


def _place(text: str, before: Antecedent, names: CollectionNames) -> str:
    last = before.parts.get("place")
    return next((item.words for item in names.places_in(text)), last.text if last else "")


def _counted_from(before: Antecedent, there: Sequence[str], *, earlier: bool) -> str:
    """The year that something is earlier or later than; "" where none is known.

    Where neither question nor reply has one, the newest of the place was spoken of.
    """
    named = before.named("date")
    same_way = ("before ", "until ") if earlier else ("after ", "since ")
    if named and (named.lead.lower() not in same_way or not before.quoted):
        return years_in(named.text)[0 if earlier else -1]
    return max(before.quoted or there[-1:], default="")[:4]


def _next_to(year: str, there: Sequence[str], *, earlier: bool) -> Mention:
    """The year of the document on a place before that of a year, or after it; all before or after
    it where there is none."""
    years = sorted({date[:4] for date in there})
    beyond = [other for other in years if (other < year if earlier else other > year)]
    if beyond:
        return _in_year(beyond[-1 if earlier else 0])
    return _in_year(year, "before " if earlier else "after ")


def _reckoned(text: str, date: Mention | None, there: Sequence[str]) -> str:
    """A question in which “two years later” is a year, counted from a date: that of a document
    on the place where one is of the year before it or after it alone."""
    years = years_in(date.text) if date else []
    found = _COUNTED.search(text)
    if not years or not found:
        return text
    count = (found["count"] or "one").lower()
    sign = -1 if found["ago"] or found["earlier"] else 1
    year = int(years[-1]) + sign * (_NUMBERS.get(count) or int(count))
    held = {int(other[:4]) for other in there}
    beside = held & {year - 1, year + 1}
    if year not in held and len(beside) == 1:
        year = beside.pop()
    return f"{text[: found.start()]}in {year}{text[found.end() :]}"
