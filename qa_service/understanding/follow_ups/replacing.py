"""The question before, asked of something else: like takes the place of like."""

from __future__ import annotations

from qa_service.nouns.questions import Understood
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.documents.facts_questions import asks_for_grade
from qa_service.understanding.follow_ups.antecedent import NO_DATE, Antecedent, FollowUp
from qa_service.understanding.follow_ups.pointing import about, joined
from qa_service.understanding.grammar import rule
from qa_service.understanding.kinds import CIRCUMSTANCES, asked_kind, asks_why
from qa_service.understanding.lexicon import STATES, says, word_set, words_of
from qa_service.understanding.mentions import (
    Kind,
    Mention,
    content_words,
    has_capital,
    may_be_place,
    mentions,
)
from qa_service.understanding.times import years_in

_LIKEWISE = word_set("and what how about")
"""Words that ask nothing themselves: “and what about before that?”."""
_LEADING = word_set("for of with on about by to")
"""What a fragment begins with: “for care leavers”."""
_BEFORE_SUBJECT = rule(
    "what a subject that can be replaced follows",
    r"\b(?:about|regarding|concerning|on|of|for|with|by|to|is|are|was|were|has|have|mentions?)\s+$",
    "what did they say about ",
    "what did ",
)


def own_parts(
    text: str, time: Mention | None, before: Antecedent, names: CollectionNames
) -> dict[Kind, Mention]:
    """The place and the time that a follow-up says itself.

    The date of the question before goes where another place has no document of it.
    """
    own: dict[Kind, Mention] = {part.kind: part for part in mentions(text, names)}
    own.pop("subject", None)
    if time:
        own["date"] = time
    old, place = before.named("date"), own.get("place")
    if old and place and place.known and "date" not in own:
        dates = {date[:4] for date in names.dates_on(place.text)}
        if dates and dates.isdisjoint(years_in(old.text)):
            own["date"] = NO_DATE
    return own


def asked_again(said: FollowUp) -> Understood | None:
    """The question before, of another place or time: “was it better in 2018?”; why it is so.

    For a follow-up that names no topic; None where it asks something else.
    """
    question = said.before.replaced(said.own)
    carried = said.before.carried(*said.own)
    kind, last = asked_kind(said.text), asked_kind(said.before.question)
    bare = {*words_of(said.rest.lower())} <= _LIKEWISE
    same = kind == last or (kind not in CIRCUMSTANCES and last not in ("who", "when"))
    if asks_why(said.text) or (said.own and kind in CIRCUMSTANCES and kind != last):
        return joined(said.text, question, carried)
    return Understood(question, carried) if said.own and (same or bare) else None


def completed(said: FollowUp, rest: str) -> Understood | None:
    """The question before, with what a fragment (`rest`) names in the place of its like."""
    before, own = said.before, dict(said.own)
    topic = _without_leading(said.without_own(rest))
    names_topic = said.names_topic and bool(set(content_words(topic)) - STATES)
    if own and not names_topic:
        return Understood(before.replaced(own), before.carried(*own))
    if not names_topic:
        return joined(said.text, before.question, before.carried())
    if part := _like(topic, before, said.names):
        own[part] = Mention(part, topic, 0, 0)
        question = before.replaced(own)
        if part == "subject" and _loses_grade(before.question, question):
            question = before.replaced({**own, part: Mention(part, f"{topic} grade", 0, 0)})
        return Understood(question, before.carried(*own))
    if before.place is None:
        return about(said.text, before)
    # Asked by itself: what was asked of the last topic may not fit another.
    asked = _without_leading(rest)
    if says(before.question, ("how many", "how much")):
        asked = f"how {'many' if says(before.question, ('how many',)) else 'much'} {asked}"
    elif _loses_grade(before.question, asked):
        asked = f"{asked} grade"
    return Understood(asked, before.carried("subject"))


def _without_leading(text: str) -> str:
    first, _, rest = text.partition(" ")
    return _without_leading(rest) if rest and first.lower() in _LEADING else text


def _loses_grade(before: str, asked: str) -> bool:
    """Whether a question no more asks for a grade, as the one before did."""
    return asks_for_grade(before) and not asks_for_grade(asked)


def _like(named: str, before: Antecedent, names: CollectionNames) -> Kind | None:
    """What of the question before a name, or a thing, can take the place of; None for nothing."""
    words = [word for word in named.split() if content_words(word)]
    place, subject = before.parts.get("place"), before.parts.get("subject")
    if place and place.known and all(map(may_be_place, words)):
        return "place"
    if place and not place.known and all(has_capital(w) or names.is_name(w) for w in words):
        return "place"
    ahead = before.question[: subject.start] if subject else ""
    several = any(mark in before.question for mark in (". ", "? ", "! "))
    return "subject" if _BEFORE_SUBJECT.search(ahead) and not several else None
