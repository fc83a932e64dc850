"""Whether a question wants documents of several dates side by side, and what each is asked."""

from __future__ import annotations

import re

from qa_service.stems import terms
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import (
    AGAINST,
    AUXILIARY_WORDS,
    CHANGED,
    HOW_HAS,
    LASTING,
    OPENING_WORDS,
    OVER_TIME,
    PLEASE,
    WHAT_CHANGED,
    first_word,
    says,
    words_of,
)
from qa_service.understanding.mentions import without_stretches
from qa_service.understanding.times import named_periods, stretches, years_in

COMPARED = "Compare over time: "
"""Put before a question to have it answered from documents of several dates."""
ANYTHING = "What has improved since the last time, and what has got worse?"
"""Asked of each document where a question names nothing that may have changed."""

_COMPARE = rf"^\W*{PLEASE}compare\b"
_COMPARING_WORDS = rule(
    "words of a comparison",
    rf"{_COMPARE}(?:[^:?.]*\bover time:)?|\b(?:{'|'.join(OVER_TIME)})\b|\bcompared (?:with|to)\b"
    r"|\b(?:now )?than(?: (?:it|they|things) (?:was|were|did))?\b",
    "Compare over time: what of boats",
    "What of boats at this time",
)
_BECAME = rule(
    "what something became",
    r"\b(?:gets?|got|becomes?|became|gr[oe]wn?) (?:\w+ )?(?:more|less|fewer|(?!over|under)\w+er)\b"
    r"|\bfar\b.* come\b",
    "Did the crew become more stable?",
    "Did the crew get over it?",
)
_PARTED = re.compile(r"[:,–—-]\s")
_WENT = frozenset(
    terms(
        "improve improvement better worse decline deteriorate slip fall fell rise rose drop change "
        "develop evolve recover reduce increase progress trend fix fixed sorted decrease "
        "fallen risen"
    )
)
_GOING = ("go", "goes", "gone", "went", "come", "came", "got", "step")
_WAYS = ("up", "down", "back", "backwards")
_MOVED = {f"{went} {way}" for went in _GOING for way in _WAYS}
"""Words that say that something is not as it was …"""
_CHANGE = _WENT | frozenset(
    terms(
        "got get time go went gone back backwards backward down up come came far compared versus "
        "vs step"
    )
)
"""… and those beside them that do not say what."""


def asks_to_compare(text: str) -> bool:
    """Whether a question wants documents of several dates side by side."""
    begins = [first_word(part, *OPENING_WORDS) for part in _PARTED.split(text)]
    asks = not AUXILIARY_WORDS.isdisjoint(begins) or says(text, ("how", *WHAT_CHANGED))
    return bool(
        begins[0] == "compare"
        or says(text, OVER_TIME)
        or (says(text, HOW_HAS) and says(text, CHANGED))
        or (says(text, AGAINST) and len({*years_in(text)}) > 1)
        or (asks and _spans(text) and _went(text))
    )


def _went(text: str) -> bool:
    """Whether a question says that something is not as it was."""
    words = (word for word in words_of(text.lower()) if not word.startswith("development"))
    went = not _WENT.isdisjoint(terms(" ".join(words)))
    return went or says(text, _MOVED) or bool(_BECAME.search(text))


def _spans(text: str) -> bool:
    """Whether a question speaks of a stretch of time, or of another time than now."""
    ranging = any(it["year2"] or (it["beyond"] or "").lower() == "after" for it in stretches(text))
    return ranging or says(text, LASTING)


def says_change(stem: str) -> bool:
    """Whether a word says that something changed, and not what: “improved”, “worse”."""
    return stem in _CHANGE


def is_express(text: str) -> bool:
    """Whether a comparison was put together from a conversation that asked for it."""
    return text.startswith(COMPARED)


def timeless(text: str, names: CollectionNames) -> str:
    """The question without the periods that it names: what each document is asked."""
    undated = without_stretches(text, [period.words for period in named_periods(text, names)])
    plain = " ".join(_COMPARING_WORDS.sub(" ", undated).split())
    words = words_of(without_stretches(plain, [place.words for place in names.places_in(plain)]))
    said = {stem for word in words if not names.document_noun(word) for stem in terms(word)}
    return plain if said - _CHANGE else ANYTHING
