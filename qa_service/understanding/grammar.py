"""Patterns of English: each has a name, a text that it takes and one that it leaves."""

from __future__ import annotations

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """What a pattern is for: `takes` is an example that it holds for, `leaves` one that looks
    like it and is something else. Both are tested, and scripts/rule_table.py counts which
    questions a rule takes. With `whole` the whole of a text must be so, else it is looked for
    anywhere in it.
    """

    name: str
    pattern: re.Pattern[str]
    takes: str
    leaves: str
    whole: bool


RULES: list[Rule] = []
"""Every rule that is made, for the tests and the table."""


def rule(name: str, form: str, takes: str, leaves: str, *, whole: bool = False) -> re.Pattern[str]:
    """The pattern of a new rule; letters count the same, small or not."""
    pattern = re.compile(form, re.IGNORECASE)
    RULES.append(Rule(name, pattern, takes, leaves, whole))
    return pattern
