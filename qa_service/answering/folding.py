"""Passages that say nearly the same are shown once, with the documents they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa_service.schema import Passage

_WORD = re.compile(r"\w+")
_SHINGLE = 3

Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Folded:
    """A passage and the nearly equal ones that ranked below it."""

    passage: Passage
    twins: list[Passage] = field(default_factory=list)


def fold(passages: Sequence[Passage], overlap: float) -> list[Folded]:
    """Passages in their order, each later near-duplicate folded into the first of its kind.

    Two are near-duplicates when they share at least `overlap` (0 to 1) of their word
    triples: the Jaccard resemblance of Broder, 1997.
    """
    kept: list[tuple[Folded, Shingles]] = []
    for passage in passages:
        shingles = _shingles(passage.text)
        twin = next((folded for folded, other in kept if _alike(shingles, other, overlap)), None)
        if twin:
            twin.twins.append(passage)
        else:
            kept.append((Folded(passage), shingles))
    return [folded for folded, _ in kept]


def _shingles(text: str) -> Shingles:
    words = _WORD.findall(text.lower())
    size = min(_SHINGLE, len(words))
    return frozenset(tuple(words[at : at + size]) for at in range(len(words) - size + 1))


def _alike(one: Shingles, other: Shingles, overlap: float) -> bool:
    smaller, larger = sorted((len(one), len(other)))
    if smaller < overlap * larger:
        return False
    shared = len(one & other)
    return shared >= overlap * (len(one) + len(other) - shared)
