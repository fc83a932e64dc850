"""What a follow-up points at with a word: “it”, “they”, “there”, “she”."""

from __future__ import annotations

import re
from itertools import pairwise

from qa_service.nouns.questions import Carried, Understood
from qa_service.understanding.follow_ups.antecedent import (
    Antecedent,
    FollowUp,
    extended,
    small_letter,
)
from qa_service.understanding.follow_ups.leaning import goes_on, leans_on_question
from qa_service.understanding.follow_ups.pronouns import Pronoun, pronoun
from qa_service.understanding.grammar import rule
from qa_service.understanding.kinds import expectation_of
from qa_service.understanding.lexicon import JOINING, STATES, VERDICTS, says, word_set, words_of
from qa_service.understanding.mentions import Kind, Mention, content_words
from qa_service.understanding.times import years_in

LONGEST_OWNER = 4
"""Words that may stand before an 's."""

_MANY, _ONE = word_set("they them these those their"), word_set("it its")
_PLURALS = word_set("children people men women police staff")
_PEOPLE = _PLURALS | word_set("kids families parents pupils students patients residents")
_BY_PEOPLE = ("ers", "ors")
"""How words for people who do something end."""
_PERSON = re.compile(r"\b[A-Z][a-z’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+))+")
_MADE = rule(
    "who made the report, or led what it is on, and when",
    r"\bwho\s+(?:led|leads|wrote|published|made|did|carried\s+out|conducted)\s+(?P<it>it|this|that)\b"
    r"|\bwhen\s+(?:was|were|did)\s+(?P<then>it|this|that|they)\b(?:\W*$|.*\b(?:publish(?:ed)?|released"
    r"|issued|come\s+out)\b)",
    "who led it in 2023?",
    "who led Leeds?",
)


def pointing(said: FollowUp, *, known: bool = False) -> Understood | None:
    """The question with what its pronoun stands for; None where it stands for nothing said, or
    what it stands for, and the place of the talk, are `known`."""
    text, before = said.text, said.before
    if goes_on(text):
        return joined(text, before.question, before.carried())
    if again := _of_report(said):
        return again
    if known and before.place:
        return None
    people = _is_of_people(before) and not expectation_of(text).actions
    people = people or not (before.place and said.names_topic)
    word = pronoun(text, said.names, people=people)
    of_other = word is not None and word.kind in ("kind", "place")
    others = of_other and bool(said.names.places_in(text))
    if others or (before.place and _asks_who_led(text)):
        return None
    place = before.parts.get("place")
    if word is not None and word.kind == "place" and place:
        return Understood(word.replaced(text, place.setting), (Carried(place.text, "place"),))
    if word is not None and "subject" in before.parts:
        return _resolved(said, word)
    if leans_on_question(text, before.reply) or (word is not None and not before.place):
        return joined(text, before.question, before.carried())
    vague = before.place and content_words(text) and not (said.names_topic or said.own)
    return about(text, before) if vague and "subject" in before.parts else None


def _of_report(said: FollowUp) -> Understood | None:
    """“Who led it?” and “when was it published?”, where “it” is the newest report quoted, or what
    the question before speaks of, which documents are called after: an inspection.

    Where documents are not told apart by places, only what the question before says.
    """
    before, found = said.before, _MADE.search(said.text)
    nouns = map(said.names.document_noun, words_of(before.question))
    noun = next(filter(None, nouns), "") if found and found["it"] else ""
    if found is None or not (noun or before.place):
        return None
    named = before.named("date")
    dates = years_in(named.text) if named else before.quoted
    year = max(dates, default="")[:4] if before.place and not years_in(said.text) else ""
    name = " ".join(filter(None, ["the", year, noun or "report"]))
    it = found.span("it" if found["it"] else "then")
    return _named(said, Pronoun("thing", *it), name)


def _asks_who_led(text: str) -> bool:
    found = _MADE.search(text)
    return found is not None and found["it"] is not None


def _resolved(said: FollowUp, word: Pronoun) -> Understood | None:
    """The question with what its pronoun stands for in the place of the pronoun."""
    text, before = said.text, said.before
    subject = before.parts["subject"].text
    if word.kind.startswith("person") and (person := _person(said)):
        return Understood(word.replaced(text, person), (Carried(person, "subject"),))
    names_thing = bool(set(content_words(subject)) - STATES - VERDICTS)
    long = word.owns and len(subject.split()) > LONGEST_OWNER
    of_thing = word.kind in ("thing", "owner")
    if of_thing and names_thing and not long and _agrees(text, word, subject):
        return _named(said, word, subject)
    stands = of_thing or not said.names_topic
    of_it = names_thing and stands and not says(text, ("else",))
    return about(text, before) if of_it or not before.place else None


def _named(said: FollowUp, word: Pronoun, name: str) -> Understood:
    """The question with a name in the place of its pronoun, and with a place and a date."""
    added = _settings(said)
    carried = (Carried(name, "subject"), *(Carried(part.text, part.kind) for part in added))
    words = [part.setting for part in added]
    if word.owns:
        return Understood(extended(word.replaced(said.text, name), words), carried)
    return Understood(word.replaced(said.text, " ".join([name, *words])), carried)


def _settings(said: FollowUp) -> list[Mention]:
    """Place and date of the question before, where the text names none of its own.

    A known place is left to placing.
    """
    before = said.before
    if before.place:
        return []
    lacking = (part for kind, part in before.parts.items() if kind not in {"subject", *said.own})
    return [part for part in lacking if not before.is_in_subject(part)]


def _agrees(text: str, word: Pronoun, subject: str) -> bool:
    """Whether a subject is one or many as the pronoun is."""
    said = text[word.start : word.end].lower()
    if said not in _MANY | _ONE:
        return True
    head = _head(subject)
    plural = head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    several = plural or " and " in subject
    return several == (said in _MANY) and not (several and subject.startswith(("a ", "an ")))


def _head(subject: str) -> str:
    """The noun of a subject that all else is said of: “leavers” of “care leavers in Hull”."""
    words = subject.lower().split()
    return next((word for word, other in pairwise(words) if other in JOINING), words[-1])


def _is_of_people(before: Antecedent) -> bool:
    """Whether the question before was about people of one kind: “they” are these then, and not
    whoever is at the place spoken of."""
    subject = before.parts.get("subject")
    head = _head(subject.text) if subject else ""
    return head in _PEOPLE or head.endswith(_BY_PEOPLE)


def _person(said: FollowUp) -> str:
    """The first person that the reply names; "" for none."""
    found = (match.group() for match in _PERSON.finditer(said.before.reply))
    return next((name for name in found if not said.names.places_in(name)), "")


def about(text: str, before: Antecedent) -> Understood:
    """The question as typed, behind what it is about."""
    subject = before.parts.get("subject")
    if subject is None:
        return joined(text, before.question, before.carried())
    order: tuple[Kind, ...] = ("place", "date")
    parts = [part for kind in order if (part := before.parts.get(kind))]
    parts = [part for part in parts if not before.is_in_subject(part)]
    topic = " ".join([subject.text, *(part.setting for part in parts)])
    return Understood(f"About {topic}: {small_letter(text)}", before.carried())


def joined(text: str, question: str, carried: tuple[Carried, ...]) -> Understood:
    """The question before, and what was typed behind it."""
    ended = question if question[-1] in "?.!" else question + "."
    return Understood(f"{ended} {text[0].upper()}{text[1:]}", carried)
