"""What the end of a line says of the line below: a sentence, or a figure, that goes on."""

from __future__ import annotations

import re

_GOVERNS = (
    r"(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|than|about|over|under|nearly|between"
    r"|into|per|only|least|most)"
)
"""Words after which no English sentence ends."""
_WAITS = re.compile(rf"(?:^|\s){_GOVERNS}(?:\s[£$€]?\d[\d,.]*(?<!\.))?,?$", re.IGNORECASE)
_HALF_A_FIGURE = re.compile(rf"(?:^|\s){_GOVERNS}\s[£$€]?\d{{1,3}}\.$", re.IGNORECASE)
_OTHER_HALF = re.compile(
    r"\d{1,2}\s?(?:%|per ?cent\b|million\b|billion\b|bn\b|m\b)(?!\sof\b)", re.IGNORECASE
)
"""Not "2% of": so may a sentence begin."""


def waits_for_more(line: str) -> bool:
    """Whether a sentence can't end where a line does: behind "network of 500,000"."""
    return _WAITS.search(line[-40:]) is not None


def divides_a_figure(line: str, below: str) -> bool:
    """Whether a line ends within a figure: "2019-" above "20", "from 18." above "2% in 2021"."""
    if not below[:1].isdigit():
        return False
    if re.search(r"\d[-–]$", line[-2:]):
        return True
    return bool(_HALF_A_FIGURE.search(line[-40:]) and _OTHER_HALF.match(below))
