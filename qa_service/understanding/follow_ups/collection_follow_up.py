"""Follow-ups to a question about the collection: which of them is the newest, what does it say."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import CollectionAsks, CollectionQuestion
from qa_service.nouns.questions import Carried, Understood
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.documents.collection_questions import collection_question
from qa_service.understanding.follow_ups.antecedent import NOWHERE, Antecedent
from qa_service.understanding.follow_ups.referring import Pronoun, owner, pronoun, put
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import NEWEST, OLDEST
from qa_service.understanding.spoken_mentions import Mention

_OF_THEM = r"(?:\s+(?:one|ones))?(?:\s+of\s+(?:them|these|those)|\s+(?!is\b|are\b)[\w-]+)?"
_LEAD = r"(?:(?:and|so|ok|also|then)\b[\s,]*)*"
_EXTREME = (
    r"(?:(?:which|what)(?:{of_them})\s+(?:is|was)\s+|when\s+was\s+|what\s+about\s+)?the\s+"
    r"(?:{words})(?:{of_them})"
)
_FORMS: tuple[tuple[CollectionAsks, str], ...] = (
    ("newest", _EXTREME.format(of_them=_OF_THEM, words=NEWEST)),
    ("oldest", _EXTREME.format(of_them=_OF_THEM, words=OLDEST)),
    ("count", rf"how many(?:{_OF_THEM})(?:\s+(?:are|is)\s+there|\s+do you have)?(?:\s+in total)?"),
    (
        "list",
        r"(?:list|show(?: me)?|name|which(?: ones)? are) (?:them|they|all of them|those)"
        r"|which(?: ones?)?",
    ),
)
_COMPILED = tuple((asked, re.compile(_LEAD + form, re.IGNORECASE)) for asked, form in _FORMS)
_SOME = rule(
    "some of the documents listed",
    rf"{_LEAD}(?:which|what|how many)(?:{_OF_THEM})\s+(?:are|is|were|was|come|date|speaks?)\s+"
    r"(?P<topic>(?:from|of|about|on|since|before|after|between|in)\b.+)",
    "which of them are from 2023",
    "which of them are the best",
    whole=True,
)
_EXTREME_OF_THEM = rule(
    "the newest of what was quoted",
    rf"{_LEAD}(?:which|what)(?:{_OF_THEM})\s+(?:is|was|are)\s+the\s+(?:(?P<new>{NEWEST})|{OLDEST})"
    rf"(?:{_OF_THEM})",
    "which of them is the newest",
    "which of them is the best",
    whole=True,
)
_QUESTIONS: dict[CollectionAsks, str] = {
    "newest": "What is the newest {noun}{topic}?",
    "oldest": "What is the oldest {noun}{topic}?",
    "count": "How many {noun}s are there{topic}?",
    "list": "Which {noun}s are there{topic}?",
}
_WHICH_END = {"newest": "the newest {noun}{topic}", "oldest": "the oldest {noun}{topic}"}
_STANDS_FOR_ONE = rule("a pronoun for one", r"(?:it|its|this|that)\b", "its", "they")


def about_collection(text: str, before: Antecedent, names: CollectionNames) -> Understood | None:
    """A question that goes on about documents that the question before asked for, or that the
    reply to it quoted.

    Either it asks for some of them ("which of them is the newest?"), or what they, or the
    one that was asked for, say. None where it does neither, or there are none.
    """
    listed = collection_question(before.question, names)
    plain = text.strip(" ?.!")
    if listed is None:
        return _of_quoted(plain, before)
    for asked, form in _COMPILED:
        if form.fullmatch(plain):
            return _asking(asked, listed)
    if some := _SOME.fullmatch(plain):
        return _asking("list", listed, some["topic"])
    word = pronoun(text, names)
    return _speaking(text, word, listed) if word else None


def _of_quoted(plain: str, before: Antecedent) -> Understood | None:
    """The newest or oldest report on the place of what was quoted; the question before, of the
    newest or oldest date quoted, where there is no such place."""
    extreme = _EXTREME_OF_THEM.fullmatch(plain)
    if extreme is None or not before.quoted:
        return None
    asked: CollectionAsks = "newest" if extreme["new"] else "oldest"
    if place := before.place:
        question = _QUESTIONS[asked].format(noun="report", topic=f" on {place.text}")
        return Understood(question, (Carried(place.text, "place"),))
    year = (max if extreme["new"] else min)(before.quoted)[:4]
    date = Mention("date", year, NOWHERE, NOWHERE, "in ")
    return Understood(before.replaced({"date": date}), before.carried("date"))


def _asking(asked: CollectionAsks, listed: CollectionQuestion, more: str = "") -> Understood:
    mention = f"mentioning {listed.mentioned}" if listed.mentioned else ""
    topic = " ".join(filter(None, [listed.topic, more, mention]))
    question = _QUESTIONS[asked].format(noun=_one(listed.noun), topic=topic and f" {topic}")
    return Understood(question, (_carried(listed),))


def _speaking(text: str, word: Pronoun, listed: CollectionQuestion) -> Understood | None:
    """The question with the documents in the place of the pronoun that stands for them."""
    one = bool(_STANDS_FOR_ONE.match(text[word.start : word.end]))
    if word.kind not in ("thing", "owner") or (one and not listed.topic):
        return None
    topic = f" {listed.topic}" if listed.topic else ""
    phrase = _WHICH_END.get(listed.asked, "the {noun}{topic}") if one else "the {noun}s{topic}"
    named = phrase.format(noun=_one(listed.noun), topic=topic)
    replacement = owner(named) if word.kind == "owner" else named
    return Understood(put(text, word, replacement), (Carried(named, "document"),))


def _carried(listed: CollectionQuestion) -> Carried:
    return Carried(f"{_one(listed.noun)}s {listed.topic}".strip(), "subject")


def _one(noun: str) -> str:
    """A noun for one document, as it was asked for; "document" for one of no name."""
    return re.sub(r"(?<=[^aeiou])ies$", "y", noun).removesuffix("s") or "document"
