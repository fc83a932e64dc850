"""Follow-ups to a question about the collection: which of them is the newest, what does it say."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import CollectionQuestion
from qa_service.nouns.questions import Carried, Understood
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.documents.collection_questions import collection_question
from qa_service.understanding.follow_ups.antecedent import NOWHERE, Antecedent
from qa_service.understanding.follow_ups.pronouns import Pronoun, pronoun
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import NEWEST, OLDEST, without_opener
from qa_service.understanding.mentions import Mention

_EXTREME = rule(
    "the newest of them",
    r"(?:(?P<asks>which|what)(?: ones?)?(?: of (?:them|these|those)| \w+)? (?:is|was|are) "
    rf"|when was |what about )?the (?:(?P<newest>{NEWEST})|{OLDEST})(?: (?!is\b|are\b)\w+)?",
    "which of them is the newest",
    "which of them is the best",
    whole=True,
)
_SOME = rule(
    "some of them",
    r"(?:list|show(?: me)?|name) (?:them|those)"
    r"|(?P<which>which|what|how many)(?: ones?)?(?: of (?:them|these|those))?"
    r"(?: (?:are|is|were|was|come|date)(?: there)?"
    r"(?P<topic> (?:from|of|about|on|since|before|after|between|in)\b.+)?)?",
    "which of them are from 2023",
    "which of them are the best",
    whole=True,
)


def about_collection(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    """A question that goes on about documents that the question before asked for, or that the
    reply to it quoted.

    Either it asks for some of them ("which of them is the newest?"), or what they, or the
    one that was asked for, say. None where it does neither, or there are none.
    """
    listed = collection_question(before.question, names)
    plain = without_opener(text).strip(" ?.!")
    extreme = _EXTREME.fullmatch(plain)
    if extreme and (listed or (extreme["asks"] and before.quoted)):
        wanted = "newest" if extreme["newest"] else "oldest"
        return _extreme(wanted, listed) if listed else _of_quoted(wanted, before)
    if listed is None:
        return None
    if some := _SOME.fullmatch(plain):
        return _some(some["which"] or "which", listed, some["topic"] or "")
    word = pronoun(text, names)
    return _speaking(text, word, listed) if word and word.kind in ("thing", "owner") else None


def _of_quoted(wanted: str, before: Antecedent) -> Understood:
    """The newest or oldest report on the place of what was quoted; the question before, of the
    newest or oldest date quoted, where there is no such place."""
    if place := before.place:
        question = f"What is the {wanted} report on {place.text}?"
        return Understood(question, (Carried(place.text, "place"),))
    year = (max if wanted == "newest" else min)(before.quoted)[:4]
    date = Mention("date", year, NOWHERE, NOWHERE, "in ")
    return Understood(before.replaced({"date": date}), before.carried("date"))


def _extreme(wanted: str, listed: CollectionQuestion) -> Understood:
    mention = f" that mentions {listed.mentioned}" if listed.mentioned else ""
    documents = f"{_one(listed.noun)} {listed.topic}".strip()
    return _asking(f"What is the {wanted} {documents}{mention}?", listed)


def _some(which: str, listed: CollectionQuestion, topic: str) -> Understood:
    ask = f"mention {listed.mentioned}" if listed.mentioned else "are there"
    documents = f"{_one(listed.noun)}s {listed.topic}".strip()
    return _asking(f"{which.capitalize()} {documents}{topic} {ask}?", listed)


def _asking(question: str, listed: CollectionQuestion) -> Understood:
    carried = Carried(f"{_one(listed.noun)}s {listed.topic}".strip(), "subject")
    return Understood(question, (carried,))


def _speaking(text: str, word: Pronoun, listed: CollectionQuestion) -> Understood | None:
    """The question with the documents in the place of the pronoun that stands for them."""
    one = text[word.start : word.end].lower() in ("it", "its", "this", "that")
    if one and not listed.topic:
        return None
    extreme = f"{listed.asked} " if one and listed.asked in ("newest", "oldest") else ""
    named = f"the {extreme}{_one(listed.noun)}{'' if one else 's'} {listed.topic}".strip()
    return Understood(word.replaced(text, named), (Carried(named, "document"),))


def _one(noun: str) -> str:
    """A noun for one document, as it was asked for; "document" for one of no name."""
    return re.sub(r"(?<=[^aeiou])ies$", "y", noun).removesuffix("s") or "document"
