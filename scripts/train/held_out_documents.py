"""Which documents are never learned from: a fifth, drawn by name, all of one body together."""

from __future__ import annotations

import hashlib
import re

_REPORT = re.compile(
    r"(?:ilacs|jtai|send|single-inspection-of-la-children-s-services-as-pdf)_(.+)_\d{4}-"
)
_SERIES = re.compile(r"(care_home_visiting_policy|food_hygiene)_")
FIFTH = 5


def group(file: str) -> str:
    """What belongs together: the reports on one authority, the editions of one policy."""
    name = file.rsplit("/", 1)[-1]
    found = _REPORT.match(name) or _SERIES.match(name)
    return found[1] if found else name


def held_out(file: str) -> bool:
    """Whether a file only measures. The same for all files of a group, at every call."""
    return hashlib.sha256(group(file).encode()).digest()[0] % FIFTH == 0
