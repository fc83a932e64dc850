"""What may be meant by the beginning of a question: titles, headings, suggested questions."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa_service.nouns.answers import Completion

LONGEST = 120
"""Longer headings are sentences, which nobody wants to complete."""
_LAST = "\U0010ffff"
_KINDS = ("question", "title", "heading")
_WORD = re.compile(r"\w+")

Numbers = NDArray[np.int64]


class CompletionIndex:
    """Texts found by how their words begin, whatever their case and accents.

    Better ones have lower numbers: questions before titles before headings, then those
    that stand oftener, then the shorter.
    """

    def __init__(self, entries: Iterable[Completion]) -> None:
        self._entries = _distinct(entries)
        texts = [folded(entry.text) for entry in self._entries]
        self._texts, self._text_numbers = _sorted(
            (" ".join(_WORD.findall(text)), number) for number, text in enumerate(texts)
        )
        self._words, self._word_numbers = _sorted(
            (word, number) for number, text in enumerate(texts) for word in _WORD.findall(text)
        )

    def __len__(self) -> int:
        return len(self._entries)

    def complete(self, typed: str, limit: int) -> tuple[Completion, ...]:
        """Up to `limit` texts in which a word begins with each word typed.

        Those that begin with all that was typed come first.
        """
        words = _WORD.findall(folded(typed))
        if not words:
            return ()
        begun = np.sort(_between(self._texts, self._text_numbers, " ".join(words)))
        ordered = list(dict.fromkeys([*begun[:limit], *self._holding(words)[: 2 * limit]]))
        return tuple(self._entries[number] for number in ordered[:limit])

    def _holding(self, words: list[str]) -> Numbers:
        """Numbers of the texts that hold a word beginning with each of these, ascending."""
        found = [np.unique(_between(self._words, self._word_numbers, word)) for word in words]
        numbers, *others = sorted(found, key=len)
        for other in others:
            numbers = np.intersect1d(numbers, other, assume_unique=True)
        return numbers


def folded(text: str) -> str:
    """Text in small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).casefold()


def _distinct(entries: Iterable[Completion]) -> list[Completion]:
    """One entry of each kind and text; without a document where it stands in several."""
    kept: dict[tuple[str, str], Completion] = {}
    counts: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.kind, folded(entry.text))
        if len(entry.text) > LONGEST or not any(letter.isalpha() for letter in entry.text):
            continue
        first = kept.setdefault(key, entry)
        counts[key] = counts.get(key, 0) + 1
        if first.document_id != entry.document_id:
            kept[key] = Completion(first.text, first.kind)
    order = sorted(
        kept,
        key=lambda key: (_KINDS.index(key[0]), -counts[key], len(kept[key].text), key[1]),
    )
    return _without_repeats([kept[key] for key in order])


def _without_repeats(entries: list[Completion]) -> list[Completion]:
    """The first of those that say the same: a heading that repeats a title is left out."""
    return list({folded(entry.text): entry for entry in reversed(entries)}.values())[::-1]


def _sorted(pairs: Iterable[tuple[str, int]]) -> tuple[list[str], Numbers]:
    ordered = sorted(pairs)
    return [text for text, _ in ordered], np.array([number for _, number in ordered], np.int64)


def _between(texts: list[str], numbers: Numbers, prefix: str) -> Numbers:
    """The numbers of all texts that begin with the prefix."""
    return numbers[bisect_left(texts, prefix) : bisect_left(texts, prefix + _LAST)]
