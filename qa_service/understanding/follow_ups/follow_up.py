"""A question and the conversation before it -> the question as it stands alone.

Rules, no model: what is missing is taken from the last question that said it, and the rest
stays in the words that were typed. A question that stands alone is never touched, but that
the place which the conversation is about, where documents are told apart by places, holds
until another is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.nouns.answers import Carried, Understood
from qa_service.nouns.questions import MOST_TURNS, Turn
from qa_service.understanding.collection_names import NO_NAMES, CollectionNames
from qa_service.understanding.documents.document_references import other_end
from qa_service.understanding.follow_ups.antecedent import (
    Antecedent,
    extended,
    small_letter,
    spoken_of,
)
from qa_service.understanding.follow_ups.collection_follow_up import about_collection
from qa_service.understanding.follow_ups.placing import placed
from qa_service.understanding.follow_ups.referring import (
    Pronoun,
    asks_of_doing,
    fragment,
    is_english,
    leans_on_question,
    led,
    owner,
    pronoun,
    put,
    says_again,
)
from qa_service.understanding.follow_ups.time_follow_up import (
    compared,
    compared_on,
    reckoned,
    turned,
)
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import without_opener
from qa_service.understanding.small_talk import small_talk_reply
from qa_service.understanding.spoken_mentions import (
    Kind,
    Mention,
    content_words,
    has_capital,
    mentions,
)

LONGEST_MESSAGE = 2_000
"""Characters read of an earlier message."""
LONGEST_QUESTION = 300
"""Characters of an earlier question that are taken over."""
LONGEST_OWNER = 4
"""Words that may stand before an 's."""

_MANY = ("they", "them", "these", "those", "their")
_ONE = ("it", "its")
_STANDING_FOR = {"one", "ones"}
_PLURALS = ("children", "people", "men", "women", "police", "staff")
_PERSON = re.compile(r"\b[A-Z][a-z’'-]+(?:\s+(?:[A-Z]\.|[A-Z][\w’'-]+))+")
_IS_NAMED = re.compile(r"[A-Z][a-z][\w’'-]*")
"""A name of another place, though no document is on it: “Oldham”, not “CAMHS”."""
_BEFORE_SUBJECT = rule(
    "what a subject that can be replaced follows",
    r"\b(?:about|regarding|concerning|on|of|for|with|by|to|is|are|was|were|has|have|mentions?)\s+$",
    "what did they say about ",
    "what did ",
    within=True,
)
_LEADING = rule(
    "prepositions of a fragment",
    r"^(?:(?:for|of|with|on|about|by|to)\s+)+",
    "for care leavers",
    "care leavers",
    within=True,
)


def stand_alone(
    text: str, history: Sequence[Turn], names: CollectionNames = NO_NAMES
) -> Understood | None:
    """How a question is understood after a conversation; None where it is taken as typed."""
    question, reply = "", ""
    dates: dict[str, Mention] = {}
    for turn in history[-MOST_TURNS:]:
        said = " ".join(turn.text[:LONGEST_MESSAGE].split())
        if turn.role == "assistant":
            reply = said
        elif content_words(said) and not small_talk_reply(said):
            before = spoken_of(question, reply, names, dates)
            dates = before.dates
            understood = _understood(said, before, names)
            # One that leans on the question before says nothing that the next could refer to.
            if not (understood and question and understood.text.startswith(question)):
                question = _shortened(understood.text if understood else said)
    return _understood(text, spoken_of(question, reply, names, dates), names)


def _understood(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    if not before.question:
        return None
    asked = reckoned(text, before.parts.get("date"))
    if not is_english(asked) and not names.places_in(asked):
        return None
    other = other_end(text, before.question, names)
    found = (
        about_collection(text, before.question, names)
        or (Understood(other, before.carried()) if other else None)
        or turned(text, before, names.quoted_dates)
        or compared_on(asked, before)
        or compared(asked, before, names)
        or _referring(asked, before, names)
    )
    if found is None and asked != text:
        found = Understood(asked, before.carried("subject", "place"))
    return placed(asked, found, before, names)


def _referring(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    """The question with what it leaves out, or only points at."""
    rest = fragment(text, names)
    text = without_opener(text)
    if rest is not None:
        return _completed(text, rest, before, names)
    if again := says_again(text, before.question):
        it, speaker = again
        return Understood(put(text, it, speaker), (Carried(speaker, "subject"),))
    if of_it := led(text, before.question, names):
        return _named(text, *of_it, _settings(text, before, names))
    word = pronoun(text)
    if word is not None and word.kind == "kind" and names.places_in(text):
        return None
    if word is not None and asks_of_doing(text, before.question):
        return _joined(text, before)
    if word is not None and "subject" in before.parts:
        return _resolved(text, word, before, names)
    if leans_on_question(text, before.reply) or word is not None:
        return _joined(text, before)
    return None


def _completed(
    text: str, rest: str, before: Antecedent, names: CollectionNames
) -> Understood | None:
    """The question before, with what the fragment names in the place of its like."""
    own: dict[Kind, Mention] = {
        part.kind: part for part in mentions(rest, names) if part.kind != "subject"
    }
    other = _LEADING.sub("", _without(rest, list(own.values())), count=1)
    if own and _is_said(other, before):
        return Understood(before.replaced(own), before.carried(*own))
    if content_words(other) and (part := _like(other, before, names)):
        own[part] = Mention(part, other, 0, 0)
    elif content_words(other):
        return _about(text, before)
    if not own:
        return None
    return Understood(before.replaced(own), before.carried(*own))


def _is_said(named: str, before: Antecedent) -> bool:
    """Whether words say nothing that the question before did not: "the 2023 inspection", "one"."""
    return set(content_words(named)) - _STANDING_FOR <= set(content_words(before.question))


def _like(named: str, before: Antecedent, names: CollectionNames) -> Kind | None:
    """What of the question before a name, or a thing, can take the place of; None for nothing."""
    words = _typed_content(named)
    place = before.parts.get("place")
    if place and place.known and all(_IS_NAMED.fullmatch(word) for word in words):
        return "place"
    if place and not place.known and all(has_capital(w) or names.is_name(w) for w in words):
        return "place"
    subject = before.parts.get("subject")
    fits = subject and _BEFORE_SUBJECT.search(before.question[: subject.start])
    return "subject" if fits else None


def _typed_content(text: str) -> list[str]:
    """Words with a meaning as they were typed."""
    return [word for word in re.findall(r"[\w’'-]+", text) if content_words(word)]


def _resolved(text: str, word: Pronoun, before: Antecedent, names: CollectionNames) -> Understood:
    """The question with what its pronoun stands for in the place of the pronoun."""
    settings = _settings(text, before, names)
    subject = before.parts["subject"].text
    if word.kind.startswith("person"):
        subject, settings = _person(before), []
    if word.kind == "place" and "place" in before.parts:
        place = before.parts["place"]
        there = put(text, word, place.setting)
        return Understood(there, (Carried(place.text, "place"),))
    if word.kind in ("kind", "place") or not subject or not _agrees(text, word, subject):
        return _about(text, before)
    if word.kind.endswith("owner") and len(subject.split()) > LONGEST_OWNER:
        return _about(text, before)
    return _named(text, word, subject, settings)


def _named(text: str, word: Pronoun, name: str, settings: Sequence[Mention]) -> Understood:
    """The question with a name in the place of its pronoun, and with a place and a date."""
    added = [part.setting for part in settings]
    carried = (Carried(name, "subject"), *(Carried(part.text, part.kind) for part in settings))
    if word.kind.endswith("owner"):
        return Understood(extended(put(text, word, owner(name)), added), carried)
    return Understood(put(text, word, " ".join([name, *added])), carried)


def _settings(text: str, before: Antecedent, names: CollectionNames) -> list[Mention]:
    """Place and date of the question before, where the text names none of its own.

    A known place is left to placing.
    """
    own = {part.kind for part in mentions(text, names)}
    place = before.parts.get("place")
    if place and place.known:
        own |= {"place", "date"}
    return [
        part
        for kind, part in before.parts.items()
        if kind not in {"subject", *own} and not before.is_in_subject(part)
    ]


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


def _about(text: str, before: Antecedent) -> Understood:
    """The question as typed, behind what it is about."""
    subject = before.parts.get("subject")
    if subject is None:
        return _joined(text, before)
    order: tuple[Kind, ...] = ("place", "date")
    parts = [part for kind in order if (part := before.parts.get(kind)) and not part.known]
    parts = [part for part in parts if not before.is_in_subject(part)]
    if "place" in before.parts and before.parts["place"].known:
        parts = []
    topic = " ".join([subject.text, *(part.setting for part in parts)])
    return Understood(f"About {topic}: {small_letter(text)}", before.carried())


def _joined(text: str, before: Antecedent) -> Understood:
    """The question before, and what was typed behind it."""
    question = before.question if before.question[-1] in "?.!" else before.question + "."
    return Understood(f"{question} {text[0].upper()}{text[1:]}", before.carried())


def _without(text: str, parts: Sequence[Mention]) -> str:
    for part in sorted(parts, key=lambda part: -part.start):
        text = text[: part.start] + text[part.end :]
    return " ".join(text.split()).strip(" ,?")


def _shortened(text: str) -> str:
    """A question without the many words around it."""
    if len(text) <= LONGEST_QUESTION:
        return text
    asked = [sentence for sentence in _sentences(text) if sentence.endswith("?")]
    return (asked or [text])[-1][:LONGEST_QUESTION]


def _sentences(text: str) -> Iterator[str]:
    yield from (part for part in re.split(r"(?<=[.?!])\s+", text) if part)
