"""A question without some of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEADING_TO = r"(?:\b(?:in|of|for|from|at|on|by|during|about)\s+)?(?:\bthe\s+)?"


def without_stretches(text: str, stretches: Sequence[str]) -> str:
    """A question without stretches of it, and without what leads to each ("in the")."""
    for stretch in stretches:
        found = re.compile(_LEADING_TO + re.escape(stretch) + r"(?:['’]s?\b)?")
        text = found.sub(" ", text, count=1)
    return re.sub(r"\s+(?=[?.!,;])", "", " ".join(text.split()))
