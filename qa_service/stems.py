"""Words as the keyword index sees them: lower case, no accents, English stems (Snowball)."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

# A superscript is the sign of a note or a power: no part of the word or figure before it.
_WORD = re.compile(r"[^\W⁰¹²³⁴-⁹ᵃᵇᶜᵈᶠᵍʰⁱʲᵏⁿˣ]+(?:'\w+)?")
_POSSESSIVE = re.compile(r"'s?$")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS_WITHOUT_ACCENT = str.maketrans(
    dict(zip("æœßþøłđðħı", ("ae", "oe", "ss", "th", *"olddhi"), strict=True))
)
_per_thread = threading.local()

STOPWORDS = frozenset(STOPWORDS_EN_PLUS)


def terms(text: str) -> list[str]:
    """Stemmed words of `text` in order, function words left out."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return [stem for stem in map(_stem, words) if stem]


@lru_cache(maxsize=4_096)
def stem_set(text: str) -> frozenset[str]:
    """The terms of a title or a heading, each once: such a text is looked at again and again."""
    return frozenset(terms(text))


def placed_terms(text: str) -> list[tuple[str, int, int]]:
    """The words of `terms`, each with where it stands in `text` (start, end)."""
    words = _WORD.finditer(text.replace("’", "'"))
    placed = ((_stem(word.group().lower()), *word.span()) for word in words)
    return [(stem, start, end) for stem, start, end in placed if stem]


def unaccented(word: str) -> str:
    """A word in small letters as it is typed without accents: "résumé" as "resume"."""
    if word.isascii():
        return word
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS_WITHOUT_ACCENT)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """The stem of a word in small letters; empty for a function word."""
    word = unaccented(_POSSESSIVE.sub("", word))
    return "" if word in STOPWORDS else str(_stemmer().stemWord(word))


def _stemmer() -> Stemmer.Stemmer:
    """One stemmer a thread: PyStemmer's objects must not be shared between threads."""
    if not hasattr(_per_thread, "stemmer"):
        _per_thread.stemmer = Stemmer.Stemmer("english")
    return _per_thread.stemmer
