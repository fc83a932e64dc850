"""What a follow-up points at with a word: “it”, “they”, “there”, “she”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.nouns.questions import Carried, Understood
from qa_service.understanding.dating import named_years
from qa_service.understanding.expectation import expectation_of
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
    published,
    put,
    says_again,
)
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import STATES, VERDICTS
from qa_service.understanding.spoken_mentions import Kind, Mention, content_words

LONGEST_OWNER = 4
"""Words that may stand before an 's."""

_MANY = ("they", "them", "these", "those", "their")
_ONE = ("it", "its")
_PLURALS = ("children", "people", "men", "women", "police", "staff")
_PEOPLE = rule(
    "several people",
    rf"(?:{'|'.join(_PLURALS)}|kids|families|parents|pupils|students|patients|residents|\w{{3,}}[eo]rs)",
    "workers",
    "placements",
    whole=True,
)
_PERSON = re.compile(r"\b[A-Z][a-z’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+))+")


def pointing(said: FollowUp) -> Understood | None:
    """The question with what its pronoun stands for; None where it stands for nothing said."""
    text, before = said.text, said.before
    if goes_on(text):
        return joined(text, before.question, before.carried())
    if again := says_again(text, before.question):
        it, speaker = again
        return Understood(put(text, it, speaker), (Carried(speaker, "subject"),))
    if of_it := _of_report(said):
        return _named(said, *of_it)
    people = _is_of_people(before) and not expectation_of(text).actions
    people = people or not (before.place and said.names_topic)
    word = pronoun(text, said.names, people=people)
    others = word is not None and word.kind == "kind" and bool(said.names.places_in(text))
    if others or (before.place and asks_who_led(text)):
        return None
    if word is not None and "subject" in before.parts:
        return _resolved(said, word)
    if leans_on_question(text, before.reply) or (word is not None and not before.place):
        return joined(text, before.question, before.carried())
    vague = before.place and content_words(text) and not (said.names_topic or said.own)
    return about(text, before) if vague and "subject" in before.parts else None


def _of_report(said: FollowUp) -> tuple[Pronoun, str] | None:
    """What “it” is in “who led it?” and “when was it published?”: the newest report quoted.

    Where documents are not told apart by places, only what the question before says.
    """
    before = said.before
    made = led(said.text, before.question, said.names)
    if made is None and before.place:
        made = published(said.text)
    named = before.named("date")
    year = max(named_years(named.text) if named else before.quoted, default="")[:4]
    year = "" if named_years(said.text) or not before.place else year
    return (made[0], made[1].replace("the ", f"the {year} ")) if made and year else made


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
    stands = word.kind in ("thing", "owner") or not said.names_topic
    of_it = names_thing and stands and not _says_more(text)
    return about(text, before) if of_it or not before.place else None


def _says_more(text: str) -> bool:
    """Whether a question asks for something else of what it points at: “anything else”."""
    return bool(re.search(r"\belse\b", text, re.IGNORECASE))


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
    head = _head(subject)
    plural = head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    several = plural or " and " in subject
    return several == (said in _MANY) and not (several and subject.startswith(("a ", "an ")))


def _head(subject: str) -> str:
    """The noun of a subject that all else is said of: “leavers” of “care leavers in Hull”."""
    return re.split(r"\s+(?:of|for|in|on|with|around)\s", subject)[0].split()[-1].lower()


def _is_of_people(before: Antecedent) -> bool:
    """Whether the question before was about people of one kind: “they” are these then, and not
    whoever is at the place spoken of."""
    subject = before.parts.get("subject")
    return subject is not None and _PEOPLE.fullmatch(_head(subject.text)) is not None


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
