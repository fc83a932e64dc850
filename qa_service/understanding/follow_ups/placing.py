"""The place that a conversation is about holds until another is named, and so does its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.nouns.questions import Carried, Understood
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.documents.collection_questions import collection_question
from qa_service.understanding.follow_ups.antecedent import NOWHERE, Antecedent, extended
from qa_service.understanding.follow_ups.counted_times import NOW
from qa_service.understanding.kinds import asked_kind
from qa_service.understanding.lexicon import AREAS, ELSEWHERE, LEADS_TO_PLACE, first_word, says
from qa_service.understanding.mentions import (
    Mention,
    content_words,
    may_be_place,
    mentions,
    without_stretches,
)
from qa_service.understanding.splitting import asks
from qa_service.understanding.times import years_in

_EVER = ("ever", "once")
"""What wants no date: “was it ever bad?”."""


@dataclass(frozen=True, slots=True)
class Times:
    """The time that a question says by what was spoken of, and that which the talk is of."""

    own: Mention | None
    last: Mention | None


def placed(
    text: str, found: Understood | None, times: Times, before: Antecedent, names: CollectionNames
) -> Understood | None:
    """How a question is understood, with the place and the date spoken of before.

    `text` is what was typed, `found` what other rules made of it. Only of places by which the
    collection tells documents apart; not where a title is named, or the collection itself is
    asked about.
    """
    said = found.text if found else text
    added = _settings(text, said, times, before, names)
    if not added:
        return found
    carried = (*(found.carried if found else ()), *(Carried(p.text, p.kind) for p in added))
    settings = [part.setting for part in added]
    return Understood(extended(said, settings), tuple(dict.fromkeys(carried)))


def _settings(
    text: str, said: str, times: Times, before: Antecedent, names: CollectionNames
) -> list[Mention]:
    """The place and the date that a question lacks."""
    timed = [times.own] if times.own and times.own.text not in said else []
    place, there = before.place, names.places_in(said)
    if place is None or collection_question(said, names) or names.titles_in(said):
        return timed
    if (_is_of_elsewhere(text) and not there) or _is_replaced(place, said, before.question):
        return timed
    own = place if place.text.lower() in said.lower() else _own_place(said, names)
    other = (own or place).text.lower() != place.text.lower() or len(there) > 1
    date = times.own or _last_time(text, times, other=other)
    return [*([] if own else [place]), *([date] if date and not years_in(said) else [])]


def _is_of_elsewhere(text: str) -> bool:
    """Whether a question asks of any place but the one spoken of: “does anyone else have one?”."""
    return says(text, ELSEWHERE) or (first_word(text) == "which" and says(text, AREAS))


def _last_time(text: str, times: Times, *, other: bool) -> Mention | None:
    """The date that a question without one is of; none of an `other` place."""
    if other or says(text, _EVER) or NOW.search(text) or asked_kind(text) == "when":
        return None
    return None if times.last is None or times.last.start == NOWHERE else times.last


def _is_replaced(place: Mention, said: str, question: str) -> bool:
    """Whether a question is the one before with another place, of whatever name."""
    if place.start == NOWHERE or place.text.lower() in said.lower():
        return False
    head, tail = question[: place.start], question[place.end :]
    if not head:
        return said.endswith(tail)
    leads = not place.lead or bool(LEADS_TO_PLACE.match(said[len(head) :].partition(" ")[0] + " "))
    return said.startswith(head) and leads


def _own_place(said: str, names: CollectionNames) -> Mention | None:
    """The place that a question names itself, be it one of the collection or not."""
    places = (part for part in mentions(said, names) if part.kind == "place")
    return next((it for it in places if it.known or any(map(may_be_place, it.text.split()))), None)


def said_once(
    beside: str, questions: Sequence[str], names: CollectionNames
) -> tuple[list[str], bool]:
    """The questions of one message, and whether each is complete, with all that stands beside them.

    Where that is no more than one place, and its date, by which the collection tells documents
    apart, or one of the questions alone says these, they are asked of that; what asks, and isn't
    the first, leans on what comes before it.
    """
    said = [mentions(text, names) for text in (beside, *questions)]
    places, dates = (
        [part for found in said for part in found if part.kind == kind]
        for kind in ("place", "date")
    )
    placed = len(places) == 1 and places[0].known
    if len(questions) == 1 or not placed or _is_topic(beside, said[0], names):
        return [f"{beside}{question}" for question in questions], bool(beside)
    once = [*places, *(dates if len(dates) == 1 else ())]
    lacking = [part.setting for part in once if part not in said[1]]
    if not any(map(asks, questions)):
        return [extended(question, lacking) for question in questions], True
    return [extended(questions[0], lacking), *questions[1:]], False


def _is_topic(ahead: str, said: Sequence[Mention], names: CollectionNames) -> bool:
    """Whether what stands ahead says more than a place, a date and what documents are called."""
    rest = without_stretches(ahead, [part.text for part in said])
    words = [word for word in content_words(rest) if not names.document_noun(word)]
    return any(map(str.isalpha, words))
