"""Passages that say nearly the same are shown once, with the documents they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from qa_service.nouns.documents import Passage

_WORD = re.compile(r"\w+")
_SHINGLE = 3

Shingles = frozenset[tuple[str, ...]]


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
    kept: list[tuple[Folded, str | None, Shingles]] = []
    for passage, date in passages:
        shingles = _shingles(passage.text)
        twin = _twin(kept, date, shingles, overlap)
        if twin:
            twin.twins.append(passage)
        else:
            kept.append((Folded(passage), date, shingles))
        if len(kept) == limit:
            break
    return [folded for folded, _, _ in kept]


def _twin(
    kept: list[tuple[Folded, str | None, Shingles]],
    date: str | None,
    shingles: Shingles,
    overlap: float,
) -> Folded | None:
    for folded, other_date, other in kept:
        if date == other_date and _alike(shingles, other, overlap):
            return folded
    return None


def _shingles(text: str) -> Shingles:
    words = _WORD.findall(text.lower())
    if len(words) < _SHINGLE:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))


def _alike(one: Shingles, other: Shingles, overlap: float) -> bool:
    smaller, larger = sorted((len(one), len(other)))
    if smaller < overlap * larger:
        return False
    shared = len(one & other)
    return shared >= overlap * (len(one) + len(other) - shared)
