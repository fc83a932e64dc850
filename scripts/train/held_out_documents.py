"""Which documents are never learned from: a fifth, drawn by name, all of one body together."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable

_REPORT = re.compile(
    r"(?:ilacs|jtai|send|single-inspection-of-la-children-s-services-as-pdf)_(.+)_\d{4}-"
)
_SERIES = re.compile(r"(care_home_visiting_policy|food_hygiene)_")
FIFTH = 5
HELD_OUT_ARTICLES, HELD_OUT_SEED = 9, 7


def group(file: str) -> str:
    """What belongs together: the reports on one authority, the editions of one policy."""
    name = file.rsplit("/", 1)[-1]
    found = _REPORT.match(name) or _SERIES.match(name)
    return found[1] if found else name


def held_out(file: str) -> bool:
    """Whether a file only measures. The same for all files of a group, at every call."""
    return hashlib.sha256(group(file).encode()).digest()[0] % FIFTH == 0


def held_out_titles(titles: Iterable[str]) -> set[str]:
    """Which of the articles of squad_v2 only measure: the same ones at every call."""
    shuffled = sorted(set(titles))
    random.Random(HELD_OUT_SEED).shuffle(shuffled)
    return set(shuffled[:HELD_OUT_ARTICLES])
