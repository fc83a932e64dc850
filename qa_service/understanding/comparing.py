"""Whether a question wants documents of several dates side by side, and what each is asked."""

from __future__ import annotations

from qa_service.nouns.dates import YEAR
from qa_service.stems import terms
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.follow_ups.time_follow_up import COMPARED
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import AUXILIARIES, CHANGED, PLEASE, words_of
from qa_service.understanding.periods import named_periods
from qa_service.understanding.spoken_mentions import without_stretches

ANYTHING = "What has improved since the last time, and what has got worse?"
"""Asked of each document where a question names nothing that may have changed."""

_TIMES = r"\b(?:over time|over the years|year by year)\b"
_SPAN = (
    r"\b(?:over (?:the )?(?:time|years|months|past|last)|since|between\b.*\d{4}|from .*\d{4} to"
    r"|after \w*\s?\d{4}|\d{4} (?:to|until) \d{4}"
    r"|than (?:(?:it|they|things) (?:was|were|did) )?(?:back )?(?:in )?\d{4})"
)
_WENT = (
    r"\b(?:improv|better\b|worse|declin|deteriorat|slip|fall|fell\b|ris(?:e|en)\b|rose\b|drop"
    r"|chang|develop(?!ment)|evolv|recover|reduc|increas|progress|trend|fix(?:ed)?\b|sorted\b|decreas"
    r"|(?:go|gone|went|come|came|gets?|got|goes|step) (?:up|down|back|backwards?|higher|lower)\b"
    r"|(?:gets?|got|becomes?|became|gr[oe]wn?) (?:\w+ )?(?:more|less|fewer|(?!over|under)\w+er)\b"
    r"|far\b.* come\b)"
)
_COMPARE = rf"^\W*{PLEASE}compare\b"
_COMPARING = rule(
    "a comparison over time",
    rf"{_COMPARE}|{_TIMES}|\bhow (?:has|have|had)\b.*\b{CHANGED}"
    rf"|(?:(?:^\W*|[:,–—-] )(?:and |so |but )?{AUXILIARIES}|\bhow"
    rf"|\bwhat(?= (?:(?:has|have|had) )?{CHANGED})"
    rf"|(?=\b(?:changes?|developments?|progress|trends?)\b))\b(?=.*{_WENT})(?=.*{_SPAN})"
    rf"|\b{YEAR}\b.*(?:\b(?:vs|versus|against|compared (?:with|to)|any (?:better|worse))\b|→)"
    rf".*\b{YEAR}\b",
    "Did early help get better after 2018?",
    "Did early help get better in 2018?",
)
"""Also “how has early help changed?”, and “poor in 2018, any better in 2022?”."""
_TIME = rule(
    "words of a comparison",
    rf"{_COMPARE}(?:[^:?.]*\bover time:)?|{_TIMES}"
    r"|\b(?:now )?than(?: (?:it|they|things) (?:was|were|did))?\b|\bcompared (?:with|to)\b",
    "Compare over time: what of boats",
    "What of boats at this time",
)
_CHANGE = frozenset(
    terms(
        "change changed develop developed evolve evolved improve improved improvement progress got "
        "get better worse time decline declined deteriorate deteriorated slip slipped fall fell "
        "rise rose drop dropped recover recovered go went gone back backwards backward down up "
        "come came far compared versus vs step"
    )
)
"""Words that say that something changed, and not what."""


def asks_to_compare(text: str) -> bool:
    """Whether a question wants documents of several dates side by side."""
    return _COMPARING.search(text) is not None


def says_change(stem: str) -> bool:
    """Whether a word says that something changed, and not what: “improved”, “worse”."""
    return stem in _CHANGE


def is_express(text: str) -> bool:
    """Whether a comparison was put together from a conversation that asked for it."""
    return text.startswith(COMPARED)


def timeless(text: str, names: CollectionNames) -> str:
    """The question without the periods that it names: what each document is asked."""
    undated = without_stretches(text, [period.words for period in named_periods(text, names)])
    plain = " ".join(_TIME.sub(" ", undated).split())
    words = words_of(without_stretches(plain, [place.words for place in names.places_in(plain)]))
    said = {stem for word in words if not names.document_noun(word) for stem in terms(word)}
    return plain if said - _CHANGE else ANYTHING
