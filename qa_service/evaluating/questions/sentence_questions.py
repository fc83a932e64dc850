"""A sentence of a document -> the question that somebody who does not know it might type.

English only in its wh-questions; keywords and headings work in any language. No form keeps
the sentence whole: words are left out, others stand in another number or tense.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from qa_service.answering.suggesting.phrasing import DEFINITION, PRONOUNS, lowered
from qa_service.nouns.dates import MONTHS
from qa_service.reading.language.known_words import english_words
from qa_service.stems import terms

FEWEST_KEYWORDS, MOST_KEYWORDS = 3, 5
RAREST = 7
"""Keywords are drawn from so many of the rarest words of a sentence."""
FEWEST_TERMS = 2
"""A question has at least so many terms beside its question word."""
MOST_WORDS = 12
"""Of what a sentence says, at most so many words come into a question."""
LEFT_OUT, INFLECTED = 0.25, 0.3
"""Share of words left out, and of those left that are put in another form."""
AS_TYPED_IN_HASTE = 0.3
"""Share of questions without capitals at their beginning and without a question mark."""

_SUBJECT_AND_VERB = re.compile(
    r"(?P<subject>[A-Z][^,;:()]{2,60}?) (?P<verb>is|are|was|were|has|have|had|can|will|must|should"
    r"|may|could|would) (?P<rest>[^;:()]{10,})"
)
_DATE = re.compile(
    rf"\s*\b(?:(?:in|on|by|since|until|from|during|of)\s+)?"
    rf"(?:\d{{1,2}}\s+)?(?:(?:{'|'.join(MONTHS)})\s+)?(?:1[5-9]|20)\d\d\b"
)
_NUMBER_OF = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|hundred) (?P<things>(?:[a-z]+ )?[a-z]{3,}s)\b"
)
_PERSONS = re.compile(
    r"\b(?:\w+(?:ers|ors|ists|ants)|staff|people|children|families|parents|members|pupils)$", re.I
)
_MODALS = {"can", "will", "must", "should", "may", "could", "would"}
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))
Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence, the title of its document and the nearest heading above it ("" for none)."""

    text: str
    title: str
    heading: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form needs beside the sentence: how rare a stem is, and chance."""

    rarity: Rarity
    chance: random.Random


def questions_from(sentence: SourceSentence, asking: Asking) -> dict[str, str]:
    """Every form that the sentence lets be asked: its name -> the question."""
    made = {name: form(sentence, asking) for name, form in FORMS.items()}
    return {
        name: _typed(text, asking.chance)
        for name, text in made.items()
        if text and len(set(terms(text))) >= FEWEST_TERMS
    }


def inflected(word: str) -> str:
    """The word in another number or tense, where that is an English word; else the word."""
    if len(word) < 5 or not word.isalpha() or not word.islower():
        return word
    shorter = (
        word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending)
    )
    plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
    known = english_words()
    return next((form for form in (*shorter, plural) if len(form) > 3 and form in known), word)


def _about_heading(sentence: SourceSentence, asking: Asking) -> str | None:
    heading = re.sub(r"^[\W\d]+", "", sentence.heading).rstrip(" .:")
    new = set(terms(heading)) - set(terms(sentence.title))
    if not new or len(heading.split()) > 8 or len(sentence.title.split()) > MOST_WORDS:
        return None
    topic = lowered(heading)
    if topic.endswith("?"):
        return f"{topic.removesuffix('?')}, according to {sentence.title}?"
    about = [f"What does {sentence.title} say about {topic}?", f"{topic} {sentence.title}"]
    return asking.chance.choice(about)


def _keywords(sentence: SourceSentence, asking: Asking) -> str | None:
    words = _rarest(sentence.text, RAREST, asking) or _rarest(sentence.text, MOST_KEYWORDS, asking)
    count = asking.chance.randint(FEWEST_KEYWORDS, MOST_KEYWORDS)
    kept = sorted(asking.chance.sample(range(len(words)), min(count, len(words))))
    return " ".join(words[at] for at in kept) or None


def _when(sentence: SourceSentence, asking: Asking) -> str | None:
    dated = _DATE.search(sentence.text)
    if dated is None:
        return None
    without = sentence.text[: dated.start()] + sentence.text[dated.end() :]
    return _inverted("When", without, asking) or _beginning("when", without, asking)


def _how_many(sentence: SourceSentence, asking: Asking) -> str | None:
    counted = _NUMBER_OF.search(sentence.text)
    if counted is None:
        return None
    rest = sentence.text[: counted.start()] + sentence.text[counted.end() :]
    return _beginning(f"how many {counted['things']}", rest, asking)


def _who_or_what(sentence: SourceSentence, asking: Asking) -> str | None:
    found = _subject_and_verb(sentence.text)
    if found is None:
        return None
    asked = "Who" if _PERSONS.search(found["subject"]) else "What"
    return f"{asked} {found['verb']} {_thinned(found['rest'], asking)}?"


def _duty(sentence: SourceSentence, asking: Asking) -> str | None:
    """What somebody must do about something: of sentences with a modal verb."""
    found = _subject_and_verb(sentence.text)
    if found is None or found["verb"] not in _MODALS:
        return None
    about = " ".join(_rarest(found["rest"], 2, asking))
    return f"What {found['verb']} {lowered(found['subject'])} do about {about}?"


def _definition(sentence: SourceSentence, _: Asking) -> str | None:
    found = DEFINITION.match(sentence.text)
    if found is None or found["subject"].lower() in PRONOUNS:
        return None
    return f"What {found['verb']} {lowered(found['subject'])} in {sentence.title}?"


FORMS: dict[str, Callable[[SourceSentence, Asking], str | None]] = {
    "heading": _about_heading,
    "keywords": _keywords,
    "when": _when,
    "how_many": _how_many,
    "who_or_what": _who_or_what,
    "duty": _duty,
    "definition": _definition,
}


def _subject_and_verb(text: str) -> re.Match[str] | None:
    """The parts of a sentence whose subject says what it speaks of."""
    found = _SUBJECT_AND_VERB.match(text)
    return found if found and found["subject"].lower() not in PRONOUNS else None


def _inverted(asked: str, text: str, asking: Asking) -> str | None:
    """“When was the report published?” of “The report was published”."""
    found = _subject_and_verb(text)
    if found is None:
        return None
    rest = _thinned(found["rest"], asking)
    return f"{asked} {found['verb']} {lowered(found['subject'])} {rest}?"


def _beginning(asked: str, text: str, asking: Asking) -> str | None:
    """The question word with the rarest words of the rest, as people type into a search box."""
    words = _rarest(text, FEWEST_KEYWORDS, asking)
    return f"{asked} {' '.join(words)}?".capitalize() if words else None


def _rarest(text: str, count: int, asking: Asking) -> list[str]:
    """The rarest words of a text in its order, some in another form; [] where it has fewer."""
    words = dict.fromkeys(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))
    by_stem = {" ".join(stems): word for word in words if (stems := terms(word))}
    if len(by_stem) < count:
        return []
    rarity = {stem: max(map(asking.rarity, stem.split())) for stem in by_stem}
    kept = set(sorted(by_stem, key=lambda stem: (-rarity[stem], stem))[:count])
    return [_varied(word, asking.chance) for stem, word in by_stem.items() if stem in kept]


def _thinned(text: str, asking: Asking) -> str:
    """The first words of a text without some of them, others in another form."""
    words = text.rstrip(" .!").split()[:MOST_WORDS]
    leaving = {
        at
        for at, word in enumerate(words)
        if terms(word) and (word.endswith("ly") or asking.chance.random() < LEFT_OUT)
    }
    kept = words if len(words) - len(leaving) < 3 else _without(words, leaving)
    return " ".join(_varied(word, asking.chance) for word in kept).rstrip(" ,")


def _without(words: list[str], leaving: set[int]) -> list[str]:
    return [word for at, word in enumerate(words) if at not in leaving]


def _varied(word: str, chance: random.Random) -> str:
    return inflected(word) if chance.random() < INFLECTED else word


def _typed(text: str, chance: random.Random) -> str:
    if chance.random() >= AS_TYPED_IN_HASTE:
        return text[:1].upper() + text[1:]
    lowered = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return lowered.rstrip("?")
