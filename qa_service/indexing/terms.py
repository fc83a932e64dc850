"""Words as the keyword index sees them: lower case, English stems (Snowball)."""

from __future__ import annotations

import re
import threading

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

_WORD = re.compile(r"\w+(?:'\w+)?")
_POSSESSIVE = re.compile(r"'s?$")
_per_thread = threading.local()

STOPWORDS = frozenset(STOPWORDS_EN_PLUS)


def terms(text: str) -> list[str]:
    """Stemmed words of `text` in order, function words left out."""
    words = (_POSSESSIVE.sub("", word) for word in _WORD.findall(text.lower().replace("’", "'")))
    stems: list[str] = _stemmer().stemWords([word for word in words if word not in STOPWORDS])
    return [stem for stem in stems if stem]


def _stemmer() -> Stemmer.Stemmer:
    """One stemmer a thread: PyStemmer's objects must not be shared between threads."""
    if not hasattr(_per_thread, "stemmer"):
        _per_thread.stemmer = Stemmer.Stemmer("english")
    return _per_thread.stemmer
