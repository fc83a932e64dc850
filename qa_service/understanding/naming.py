"""Names in a question as they are written, and those that no document of the collection bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from qa_service.nouns.dates import MONTHS
from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.lexicon import ASKING, DIRECTIONS, LEADS_TO_PLACE, WEEKDAYS

MOST_MENTIONS = 2
"""Where documents are told apart by places, one that no more of them mention is none of theirs."""

_PIECE = r"(?:[A-Z][\w’'&-]*|(?=[\w/-]*[A-Za-z])(?=[\w/-]*\d)[\w/-]{3,})"
_RUN = re.compile(rf"\b{_PIECE}(?:\s+(?:(?:of|and|the|for|on|upon)\s+){{0,2}}{_PIECE})*")
"""“Union of Port Workers”, “N103JT”: words with a capital, and signs of letters and figures."""
_CAPITALISED = re.compile(
    r"\b[A-Z][a-z’'-]+(?:(?:\s+(?:and|of|upon|on|the))?\s+[A-Z][a-z’'-]+)*(?:['’]s)?"
)
"""A name as it is written: “Hammersmith and Fulham”, not “CAMHS”."""
_KNOWN = "\N{BULLET}"
"""Each letter of a name of theirs, where others are looked for."""
_BESIDE = re.compile(
    rf"{_KNOWN}+(?:['’]s)?(?: \w+)? (?:or|vs\.?|versus|than) (?P<name>{_CAPITALISED.pattern})"
)
"""A name set against one of theirs: “Millford or Sheffield”."""
_SMALL = re.compile(r"\b[a-z]{4,}(?:['’]s)?\b")
"""A word that may be a name typed in small letters: “birmingham”, not “in”."""
_OWNED = re.compile(r"['’]s?$")
_NO_NAMES = STOPWORDS | ASKING
_DATING = frozenset((*MONTHS, *(month[:3] for month in MONTHS), "Sept", *WEEKDAYS))


def written_names(text: str, names: CollectionNames) -> Iterator[str]:
    """Each name and sign in a text, in order; those in small letters where documents write them
    with a capital. A word of the language alone is none, nor is the question's first word."""
    for match in _RUN.finditer(text):
        name = _bare(match.group(), _may_name)
        if " " in name or (_may_name(name) and not names.is_common(name)):
            yield name
    for written, words in groupby(text.split(" "), lambda word: _is_written(word, names)):
        run = list(words)
        if written and not all(map(names.is_common, run)):
            yield " ".join(run)


def unknown_names(text: str, names: CollectionNames) -> tuple[str, ...]:
    """Names of places and bodies in a question that no document is on, in order.

    Only where documents are told apart by such names: a handbook says nothing of Lisbon, and
    still answers what to do there. Where the question names none of theirs, one that some
    document mentions by the way counts too.
    """
    if not names.tell_apart:
        return ()
    known = [*names.titles_in(text), *names.places_in(text)]
    rest = text
    for item in known:
        rest = rest.replace(item.words, _KNOWN * len(item.words), 1)
    most = 0 if known else MOST_MENTIONS
    beside = [found["name"] for found in _BESIDE.finditer(rest) if _may_be_unknown(found["name"])]
    found = [*beside, *_capitalised(rest, names, most)] or ([] if known else [*_small(rest, names)])
    return tuple(dict.fromkeys(found))


def _capitalised(text: str, names: CollectionNames, most: int) -> Iterator[str]:
    for match in _CAPITALISED.finditer(text):
        name = _bare(match.group(), _may_be_unknown)
        words = [word for word in re.findall(r"[^\W\d_]{3,}", name) if _may_be_unknown(word)]
        single = len(words) == 1 or " and " in name
        beside = single and any(names.is_name(w) and _is_held(w, names, most) for w in words)
        if beside or any(_is_held(word, names, 0) for word in words) or _is_turned(name, names):
            yield name


def _small(text: str, names: CollectionNames) -> Iterator[str]:
    """Names typed in small letters: where they would stand, or as the documents write them."""
    for match in _SMALL.finditer(text):
        word = _bare(match.group(), _may_name)
        before = text[: match.start()]
        stands = LEADS_TO_PLACE.search(before) or word != match.group() or not before.strip()
        named = stands and not names.is_common(word)
        if _may_be_unknown(word) and (
            (named and _is_held(word, names, 0))
            or (names.is_name(word) and _is_held(word, names, MOST_MENTIONS))
        ):
            yield word


def _is_turned(name: str, names: CollectionNames) -> bool:
    """Whether a name is one of theirs, but for another direction: “North East Lincolnshire”."""
    direction, *rest = name.split()
    turned = (f"{other} {rest[-1]}" for other in sorted(DIRECTIONS) if rest)
    return direction in DIRECTIONS and any(names.places_in(other) for other in turned)


def _is_held(word: str, names: CollectionNames, most: int) -> bool:
    """Whether at most so many documents hold a word, which is not another one mistyped."""
    return names.documents_holding(word) <= most and not names.is_like_known(word)


def _is_written(word: str, names: CollectionNames) -> bool:
    return word.isalpha() and word.islower() and len(word) > 2 and names.is_name(word)


def _bare(name: str, may_begin: Callable[[str], bool]) -> str:
    """A name without the word before it that begins the question, and without what it owns by:
    “Has Grimsby’s”."""
    first, _, rest = name.partition(" ")
    return _OWNED.sub("", rest if rest and not may_begin(first) else name)


def _may_name(word: str) -> bool:
    """Whether a word may be a name: no function word, and none that asks."""
    return word.lower() not in _NO_NAMES


def _may_be_unknown(word: str) -> bool:
    return _may_name(word) and word not in _DATING
