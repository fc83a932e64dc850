"""Mistyped words of a question are matched to those that the documents hold; and whether it is
in another language than English, the only one that is understood."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.words import NearWord, plain_words
from qa_service.nouns.questions import Correction
from qa_service.reading.language.known_words import common_words, english_words, languages
from qa_service.stems import terms
from qa_service.translation.catalogue import N_

LONG_WORD = 8
"""Letters from which a word may be two edits away from the one meant; shorter, one."""
RARE = 2
"""A word that no word list knows counts as one of the corpus from so many occurrences."""
CLEARLY = 5
"""How many times oftener than the next the word taken must stand in the documents."""
FEW = 2
"""So many words without a reading, names for example, a question in English may have."""
SWAP = 0.5
"""What two swapped letters count of an edit."""
NOT_ENGLISH_HINT = N_("I read English only. Please ask it in English.")
MOST_ENGLISH = 0.5
"""A question of which more words are English counts as English, whatever its names are."""
FEWEST_COMMON = 2
"""So many of the commonest words of another language tell it."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A question to search for, and what differs in it from what was typed."""

    text: str
    corrections: tuple[Correction, ...] = ()


def correct(opened: OpenedBuild, text: str) -> Spelled:
    """The text with the mistyped words replaced that have one likely reading.

    A word counts as mistyped where neither the index nor the English word list holds it. A
    question with more than a few words without a reading, and fewer with one, is of another
    language and stays.
    """
    words = list(plain_words(text))
    held = opened.keyword.held(stem for match in words for stem in terms(match.group()))
    unknown = [match for match in words if _is_unknown(held, match.group())]
    corrections = tuple(
        Correction(match.group(), taken, match.start(), match.end())
        for match in unknown
        if (taken := _meant(opened, match.group(), _is_name(text, match.start())))
    )
    if len(unknown) - len(corrections) > max(FEW, len(corrections)):
        return Spelled(text)
    return Spelled(_replaced(text, corrections), corrections)


def _is_unknown(held: Container[str], word: str) -> bool:
    """Abbreviations are never taken for mistyped words, nor is what has a capital inside."""
    if not word[1:].islower():
        return False
    stems = terms(word)
    known = not stems or any(stem in held for stem in stems)
    return not known and word.lower() not in english_words()


def _is_name(text: str, start: int) -> bool:
    """Whether the word that starts there has a capital that does not begin a sentence."""
    before = text[:start].rstrip()
    return text[start].isupper() and before != "" and before[-1] not in ".?!:\n"


def _meant(opened: OpenedBuild, word: str, name: bool) -> str | None:
    """The word meant, with a capital where one was typed; None where that is not certain."""
    distance = 2 if len(word) >= LONG_WORD and not name else 1
    near = [item for item in opened.words.near(word.lower(), distance) if _is_likely(item, name)]
    ranked = sorted(near, key=lambda item: (_effort(item, word), -item.count))
    if not ranked or _is_doubtful(ranked, word):
        return None
    best = ranked[0]
    return best.text[0].upper() + best.text[1:] if word[0].isupper() else best.text


def _is_likely(item: NearWord, name: bool) -> bool:
    """Whether a word of the corpus is no mistyped one itself, and a name for a name."""
    if name and not item.text[0].isupper():
        return False
    return item.count >= RARE or item.text.lower() in english_words()


def _effort(item: NearWord, word: str) -> float:
    """Edits between the two; a swap, where the very letters are there, counts half as much."""
    swapped = item.distance == 1 and sorted(item.text.lower()) == sorted(word.lower())
    return SWAP if swapped else item.distance


def _is_doubtful(ranked: list[NearWord], word: str) -> bool:
    """Whether a word not of the same stem as the first is as near, and not much rarer."""
    best, effort, stem = ranked[0], _effort(ranked[0], word), terms(ranked[0].text)
    return any(
        _effort(other, word) == effort
        and CLEARLY * other.count > best.count
        and terms(other.text) != stem
        for other in ranked[1:]
    )


def _replaced(text: str, corrections: tuple[Correction, ...]) -> str:
    for correction in reversed(corrections):
        text = text[: correction.start] + correction.taken + text[correction.end :]
    return text


def is_foreign(text: str) -> bool:
    """Whether a question has few English words and several common ones of one other language."""
    words = {word.casefold() for word in _WORD.findall(text)}
    if not words or len(words & english_words()) > MOST_ENGLISH * len(words):
        return False
    others = (common_words(name) for name in languages() if name != "English")
    return any(len(words & common) >= FEWEST_COMMON for common in others)
