"""Words that are known without any document: English ones, and the commonest of 100 languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import justext
import symspellpy

_ENGLISH = "frequency_dictionary_en_82_765.txt"


@cache
def english_words() -> frozenset[str]:
    """About 83,000 English words, American and British, in small letters."""
    lines = files(symspellpy).joinpath(_ENGLISH).read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split()[0] for line in lines if line)


@cache
def common_words(language: str) -> frozenset[str]:
    """The commonest words of a language by its English name, in small letters."""
    return frozenset(word.casefold() for word in justext.get_stoplist(language))


@cache
def languages() -> tuple[str, ...]:
    """The languages of which the commonest words are known."""
    return tuple(sorted(justext.get_stoplists()))
