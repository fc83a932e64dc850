"""A rule of English: a pattern with a name, a text that it takes and one that it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a text must look like for something to be understood by it.

    `takes` is an example that it holds for, `leaves` one that looks like it and is something
    else: both are tested, and scripts/rule_table.py counts which questions a rule takes.
    With `whole` the whole of a text must be so, else it is looked for anywhere in it.
    """

    name: str
    pattern: re.Pattern[str]
    takes: str
    leaves: str
    whole: bool = False

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a text that it takes."""
        return self.pattern.search(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The text, where it takes the whole of it."""
        return self.pattern.fullmatch(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The beginning of a text, where it takes that."""
        return self.pattern.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in a text that it takes."""
        return self.pattern.finditer(text)

    def split(self, text: str) -> list[str]:
        """A text cut at what it takes."""
        return self.pattern.split(text)

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        """A text with something else in the place of what it takes."""
        return self.pattern.sub(replacement, text, count=count)


RULES: list[Rule] = []
"""Every rule that is made, for the tests and the table."""


def rule(name: str, form: str, takes: str, leaves: str, *, whole: bool = False) -> Rule:
    """A new rule; letters count the same, small or not."""
    made = Rule(name, re.compile(form, re.IGNORECASE), takes, leaves, whole)
    RULES.append(made)
    return made
