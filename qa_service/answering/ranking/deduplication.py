"""Passages that say nearly the same are shown once, with the documents they stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from qa_service.nouns.documents import Passage

_WORD = re.compile(r"\w+")
_SHINGLE = 3

Shingles = frozenset[int]
"""The hash of each stretch of so many words, in any order."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A passage and the nearly equal ones that ranked below it."""

    passage: Passage
    twins: list[Passage] = field(default_factory=list)


def fold(
    passages: Iterable[tuple[Passage, str | None]], limit: int, overlap: float
) -> list[Folded]:
    """The first `limit` passages that differ, each with the near-duplicates met on the way.

    `passages` are pairs of a passage and its document's date, best first; no more of them
    are taken than it needs. Near-duplicates share their date and at least `overlap` (0 to
    1) of their word triples: the Jaccard resemblance of Broder, 1997.
    """
    kept: list[Folded] = []
    of_date: defaultdict[str | None, list[tuple[Folded, Shingles]]] = defaultdict(list)
    for passage, date in passages:
        shingles, others = _shingles(passage.text), of_date[date]
        twin = next((it for it, other in others if _alike(shingles, other, overlap)), None)
        if twin:
            twin.twins.append(passage)
        else:
            kept.append(Folded(passage))
            others.append((kept[-1], shingles))
        if len(kept) == limit:
            break
    return kept


@lru_cache(maxsize=512)
def _shingles(text: str) -> Shingles:
    words = _WORD.findall(text.lower())
    if len(words) < _SHINGLE:
        return frozenset([hash(tuple(words))])
    return frozenset(map(hash, zip(*(words[at:] for at in range(_SHINGLE)), strict=False)))


def _alike(one: Shingles, other: Shingles, overlap: float) -> bool:
    smaller, larger = sorted((len(one), len(other)))
    if smaller < overlap * larger:
        return False
    shared = len(one & other)
    return shared >= overlap * (len(one) + len(other) - shared)
