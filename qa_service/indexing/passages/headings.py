"""Headings: which stand above which, and which of them say something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.nouns.documents import Heading

_SAYS = re.compile(r"^(?!.*\?$)(?:\S+ ){2,}(?:is|are|was|were) \w|\S \S+: [a-z][\w ]+$")
"""A heading that is an answer: "The mill is open", "The care of the ovens: good"; no question."""
_RULING = frozenset(["must", "may", "can", "cannot", "should", "shall", "will", "has", "have"])
"""Verbs of a heading that is a sentence: "Dogs must stay on a lead" …"""
_NAMING = frozenset(
    ["what", "which", "who", "whom", "whose", "when", "where", "why", "how", "if", "that"]
)
"""… where no such word stands before the verb: "What you must do" is none …"""
_PRONOUNS = frozenset(["i", "you", "we", "they", "he", "she", "it"])
"""… nor is what has one of these in its middle: "Things you must bring"."""


def says_something(heading: str) -> bool:
    """Whether a heading is a sentence, and so may itself be an answer."""
    return bool(_SAYS.search(heading)) or _rules(heading.split())


def _rules(words: Sequence[str]) -> bool:
    """Whether words have a subject, a verb that rules and more; "4 May 2020" has no verb."""
    at = next((at for at, word in enumerate(words) if at and word in _RULING), None)
    if at is None or at + 1 >= len(words) or words[-1].endswith("?"):
        return False
    before = [word.lower() for word in words[:at]]
    return not _NAMING & set(before) and not (at > 1 and before[-1] in _PRONOUNS)


def parents_of(headings: Sequence[Heading]) -> list[int]:
    """For each heading the index of the nearest one above it that is higher, -1 for none."""
    parents: list[int] = []
    open_ones: list[int] = []
    for index, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            open_ones.pop()
        parents.append(open_ones[-1] if open_ones else -1)
        open_ones.append(index)
    return parents


def path_of(headings: Sequence[Heading], parents: Sequence[int], index: int) -> tuple[str, ...]:
    """Texts of a heading and of those above it, the highest first."""
    path: list[str] = []
    while index >= 0:
        path.append(headings[index].text)
        index = parents[index]
    return tuple(reversed(path))
