"""What a follow-up points at with a word: “it”, “they”, “there”, “she”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.nouns.questions import Carried, Understood
from qa_service.understanding.follow_ups.antecedent import (
    Antecedent,
    FollowUp,
    extended,
    small_letter,
)
from qa_service.understanding.follow_ups.referring import (
    Pronoun,
    asks_who_led,
    goes_on,
    leans_on_question,
    led,
    owner,
    pronoun,
    put,
    says_again,
)
from qa_service.understanding.lexicon import STATES, VERDICTS
from qa_service.understanding.spoken_mentions import Kind, Mention, content_words

LONGEST_OWNER = 4
"""Words that may stand before an 's."""

_MANY = ("they", "them", "these", "those", "their")
_ONE = ("it", "its")
_PLURALS = ("children", "people", "men", "women", "police", "staff")
_PERSON = re.compile(r"\b[A-Z][a-z’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+))+")


def pointing(said: FollowUp) -> Understood | None:
    """The question with what its pronoun stands for; None where it stands for nothing said."""
    text, before = said.text, said.before
    if goes_on(text):
        return joined(text, before.question, before.carried())
    if again := says_again(text, before.question):
        it, speaker = again
        return Understood(put(text, it, speaker), (Carried(speaker, "subject"),))
    if of_it := led(text, before.question, said.names):
        return _named(said, *of_it)
    word = pronoun(text, said.names, people=not (before.place and said.names_topic))
    others = word is not None and word.kind == "kind" and bool(said.names.places_in(text))
    if others or (before.place and asks_who_led(text)):
        return None
    if word is not None and "subject" in before.parts:
        return _resolved(said, word)
    if leans_on_question(text, before.reply) or (word is not None and not before.place):
        return joined(text, before.question, before.carried())
    return None


def _resolved(said: FollowUp, word: Pronoun) -> Understood | None:
    """The question with what its pronoun stands for in the place of the pronoun."""
    text, before = said.text, said.before
    subject = before.parts["subject"].text
    if word.kind == "place" and (place := before.parts.get("place")):
        return Understood(put(text, word, place.setting), (Carried(place.text, "place"),))
    if word.kind.startswith("person") and (person := _person(before)):
        return _named(said, word, person, ())
    names_thing = bool(set(content_words(subject)) - STATES - VERDICTS)
    long = word.kind.endswith("owner") and len(subject.split()) > LONGEST_OWNER
    fits = names_thing and not long and _agrees(text, word, subject)
    if word.kind in ("thing", "owner") and fits:
        return _named(said, word, subject)
    return None if before.place else about(text, before)


def _named(
    said: FollowUp, word: Pronoun, name: str, settings: Sequence[Mention] | None = None
) -> Understood:
    """The question with a name in the place of its pronoun, and with a place and a date."""
    added = _settings(said) if settings is None else settings
    carried = (Carried(name, "subject"), *(Carried(part.text, part.kind) for part in added))
    words = [part.setting for part in added]
    if word.kind.endswith("owner"):
        return Understood(extended(put(said.text, word, owner(name)), words), carried)
    return Understood(put(said.text, word, " ".join([name, *words])), carried)


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
    if said not in {*_MANY, *_ONE}:
        return True
    head = re.split(r"\s+(?:of|for|in|on|with|around)\s", subject)[0].split()[-1].lower()
    plural = head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    several = plural or " and " in subject
    return several == (said in _MANY) and not (several and subject.startswith(("a ", "an ")))


def _person(before: Antecedent) -> str:
    """The name last spoken of, in the question before or in the reply to it; "" for none."""
    found = _PERSON.search(before.question[1:]) or _PERSON.search(before.reply)
    return found.group() if found else ""


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
