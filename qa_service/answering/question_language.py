"""Whether a question is in another language than English, the only one that is understood."""

from __future__ import annotations

import re

from qa_service.reading.language.known_words import common_words, english_words, languages

NOT_ENGLISH_HINT = "Only questions in English are understood. Please ask it in English."
MOST_ENGLISH = 0.5
"""A question of which more words are English counts as English, whatever its names are."""
FEWEST_COMMON = 2
"""So many of the commonest words of another language tell it."""
_WORD = re.compile(r"[^\W\d_]+")


def is_foreign(text: str) -> bool:
    """Whether a question has few English words and several common ones of one other language."""
    words = {word.casefold() for word in _WORD.findall(text)}
    if not words or len(words & english_words()) > MOST_ENGLISH * len(words):
        return False
    others = (common_words(name) for name in languages() if name != "English")
    return any(len(words & common) >= FEWEST_COMMON for common in others)
