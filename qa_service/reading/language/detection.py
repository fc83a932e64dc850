"""The language of a text, by a small model that ships with its library (py3langid)."""

from __future__ import annotations

from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 4000
"""Only this many characters from the start are looked at."""
FEWEST_LETTERS = 40
LEAST_CERTAIN = 0.8


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where it is short or not certain enough."""
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < FEWEST_LETTERS:
        return None
    language, certainty = _identifier().classify(sample)
    return str(language) if language and certainty >= LEAST_CERTAIN else None


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
