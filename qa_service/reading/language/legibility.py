"""Whether the letters of a page make words, told by word lists of a hundred languages.

A PDF whose fonts have a wrong character map, or a scan with a bad text layer, looks right and
holds other letters: "WKH PLOO" for "the mill".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.reading.language.known_words import common_words, english_words, languages

ENOUGH_WORDS = 8
"""Of fewer words nothing is told."""
MOST_LOOKED_AT = 400
CLEARLY_ENGLISH = 0.5
OF_A_TEXT = 0.4
"""The commonest words of a language are about this share of the different words on a page."""
FEWEST_COMMON = 4
LONG_LINE = 5
UNKNOWN = 0.2
"""A line of so many words or more is garbled where no more than this share is known."""
FEWEST_GARBLED = 3
"""Fewer lines without a known word are names and addresses."""
MANY_LINES = 20
"""Of so many lines every second one is looked at to begin with."""
COMMON, PLAIN = 0.25, 0.2
"""Such a share of a line's words are among the commonest of English, but for few lines."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Legibility:
    """What share of a page's different words is known, what share of its long lines has
    next to none, both from 0 to 1, and how many words that tells of."""

    known: float
    garbled_lines: float
    words: int = 0


LEGIBLE = Legibility(1.0, 0.0)


def legibility(lines: Sequence[str]) -> Legibility:
    """How well the words of a page are known.

    Of a page of few words, or mostly in other letters than Latin, nothing is told: it counts
    as legible.
    """
    if _is_plain_english(lines):
        return LEGIBLE
    text = "\n".join(lines)
    words = set(_words(text)[:MOST_LOOKED_AT])
    if len(words) < ENOUGH_WORDS or 2 * len(_LATIN.findall(text)) < len(_LETTER.findall(text)):
        return LEGIBLE
    english = len(words & english_words()) / len(words)
    if english >= CLEARLY_ENGLISH:
        return Legibility(english, _garbled(lines, english_words()), len(words))
    language, share = _nearest_language(words)
    known = max(english, min(1.0, share / OF_A_TEXT))
    garbled = _garbled(lines, english_words() | common_words(language))
    return Legibility(known, garbled, len(words))


def _is_plain_english(lines: Sequence[str]) -> bool:
    """Whether nearly all long lines have enough of the commonest English words; told quickly."""
    common = common_words("English")
    sample = lines if len(lines) < MANY_LINES else lines[::2]
    texts = (line.casefold().split() for line in sample)
    long = [words for words in texts if len(words) > LONG_LINE]
    poor = sum(sum(map(common.__contains__, words)) < COMMON * len(words) for words in long)
    return len(long) > 1 and poor <= PLAIN * len(long)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _nearest_language(words: set[str]) -> tuple[str, float]:
    """The language of which a text has most common words, and what share of its words they are."""
    found = {name: len(words & common_words(name)) for name in languages()}
    nearest = max(found, key=lambda name: found[name])
    common = found[nearest] if found[nearest] >= FEWEST_COMMON else 0
    return nearest, common / len(words)


def _garbled(lines: Sequence[str], known: frozenset[str]) -> float:
    """The share of long lines of which next to no word is known."""
    long = [words for words in map(_words, lines) if len(words) >= LONG_LINE]
    garbled = [words for words in long if len(known.intersection(words)) <= UNKNOWN * len(words)]
    return len(garbled) / len(long) if len(garbled) >= FEWEST_GARBLED else 0.0
