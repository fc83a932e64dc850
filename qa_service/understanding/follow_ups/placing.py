"""The place that a conversation is about holds until another is named, and so does its time."""

from __future__ import annotations

import re

from qa_service.nouns.answers import Carried, Understood
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.dating import named_years
from qa_service.understanding.documents.collection_questions import collection_question
from qa_service.understanding.follow_ups.antecedent import NOWHERE, Antecedent, extended
from qa_service.understanding.lexicon import OWN_TIME, SAME_TIME
from qa_service.understanding.spoken_mentions import Mention, mentions

_IS_NAMED = re.compile(r"\b(?!(?:The|A)\b)[A-Z][a-z]")


def placed(
    text: str, found: Understood | None, before: Antecedent, names: CollectionNames
) -> Understood | None:
    """How a question is understood, with the place and the date spoken of before.

    `text` is what was typed, `found` what other rules made of it. Only of places by which
    the collection tells documents apart; not where a title is named, or the collection itself
    is asked about.
    """
    place = before.parts.get("place")
    said = found.text if found else text
    if place is None or not place.known or collection_question(said, names):
        return found
    if names.titles_in(said):
        return found
    if _is_replaced(place, said, before.question):
        return found
    own = place if place.text.lower() in said.lower() else _own_place(said, names)
    added = [] if own else [place]
    other = own is not None and own.text.lower() != place.text.lower()
    if date := _date_of_place(text, said, own or place, before, other=other):
        added.append(date)
    if not added:
        return found
    carried = (*(found.carried if found else ()), *(Carried(p.text, p.kind) for p in added))
    return Understood(
        extended(said, [part.setting for part in added]), tuple(dict.fromkeys(carried))
    )


def _is_replaced(place: Mention, said: str, question: str) -> bool:
    """Whether a question is the one before with another place, of whatever name."""
    if place.start == NOWHERE or place.text.lower() in said.lower():
        return False
    head, tail = question[: place.start], question[place.end :]
    return said.startswith(head) if head else said.endswith(tail)


def _own_place(said: str, names: CollectionNames) -> Mention | None:
    """The place that a question names itself, be it one of the collection or not."""
    named = [part for part in mentions(said, names) if part.kind == "place"]
    return next((part for part in named if part.known or _IS_NAMED.search(part.text)), None)


def _date_of_place(
    text: str, said: str, place: Mention, before: Antecedent, *, other: bool
) -> Mention | None:
    """The date last spoken of with a place, where a question has no time of its own.

    Of an `other` place than the last only where the question points at it: “the Hull one”.
    """
    pointed = bool(SAME_TIME.search(text))
    if named_years(said) or (OWN_TIME.search(text) and not pointed) or (other and not pointed):
        return None
    return before.dates.get(place.text.lower()) if other else before.parts.get("date")
