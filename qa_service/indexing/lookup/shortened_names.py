"""Names cut short and ended in “s”: “N Lincs” for North Lincolnshire, “Worcs”, “Cambs”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qa_service.indexing.lookup.names import DIRECTIONS, DocumentNames, direction, is_direction
from qa_service.nouns.parsed_question import NamedDocuments

FEWEST_KEPT = 4
"""Letters that a name cut short begins with, as the name does …"""
MOST_ADDED = 3
"""… and letters after them, the “s” among them, which the name does not go on with: “northants”."""

_WORD = re.compile(r"[^\W\d_]+")


class ShortenedNames:
    """Which documents a question names by a name cut short.

    The direction before it counts, in full or as a letter. A word of the language is none,
    and neither is one that two names could be cut to.
    """

    def __init__(self, names: DocumentNames, is_common: Callable[[str], bool]) -> None:
        """`is_common` says whether a word in small letters is one of the language."""
        self._names = names
        self._is_common = is_common

    def named_in(self, text: str) -> Iterator[NamedDocuments]:
        """Every name cut short in a question with the documents that it names, in order."""
        words = list(_WORD.finditer(text))
        for at, word in enumerate(words):
            before = _directions(text, words[:at])
            start = (before or [word])[0].start()
            led = " ".join(direction(each.group()) for each in before)
            if (found := self._meant(word.group().lower(), led)) is not None:
                name, ids = found
                yield NamedDocuments(text[start : word.end()], ids, f"{led} {name}".strip().title())

    def _meant(self, typed: str, led: str) -> tuple[str, frozenset[str]] | None:
        """The one name that was cut to a word, behind a direction, and what bears it."""
        if not typed.endswith("s") or len(typed) <= FEWEST_KEPT or self._is_common(typed):
            return None
        cut = (name for name in self._names.words if _is_cut_to(name, typed))
        found = [(name, ids) for name in cut if (ids := self._names.bearing(name, led))]
        return found[0] if len(found) == 1 else None


def _is_cut_to(name: str, typed: str) -> bool:
    """Whether a name begins as a shorter word, that ends in another way than the name goes on."""
    parted = (at for at in range(len(typed)) if not name.startswith(typed[: at + 1]))
    alike = next(parted, len(typed))
    added = len(typed) - alike
    return alike >= FEWEST_KEPT and 0 < added <= MOST_ADDED and len(typed) < len(name)


def _directions(text: str, words: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The directions right before a place in a text; a letter alone only where it is a capital or
    nothing but small letters was typed."""
    found: list[re.Match[str]] = []
    for word in reversed(words):
        if not is_direction(word.group().lower()):
            break
        found.insert(0, word)
    return found if all(_is_written(text, word.group()) for word in found) else []


def _is_written(text: str, word: str) -> bool:
    return word.lower() in DIRECTIONS or word.isupper() or text.islower()
