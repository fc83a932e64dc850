"""Headings: which stand above which, and which of them say something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_service.indexing.passages.abbreviations import words
from qa_service.nouns.documents import Heading

_NUMBER = re.compile(r"^\(?(?:\d+(?:\.\d+)*[.):]?|[a-zA-Z][.)])\s+")
_BEING = frozenset(["is", "are", "was", "were"])
_RULING = frozenset(["must", "may", "can", "cannot", "should", "shall", "will", "has", "have"])
_DOING = words(
    """
    allows applies begins charges closes comes costs counts covers ends expires gets gives goes
    holds includes lasts leaves means meets needs opens pays provides receives remains requires
    runs sits stands starts stays stops takes
    """
)
"""Verbs of which a heading is made: "Music stops at 11 pm" …"""
_COMPLEMENT = re.compile(r"(?:£|\$|€)?\d|(?:a|an|the|no|all|at|on|from|until|by|for|up|out)\b")
"""… where such a word follows: in "Staff costs in 2022" it is none."""
_NAMING = frozenset(
    ["what", "which", "who", "whom", "whose", "when", "where", "why", "how", "if", "that"]
)
"""No such word stands first, or close before the verb: "What you must do" names what stands
below …"""
NEAR = 3
_PRONOUNS = frozenset(["i", "you", "we", "they", "he", "she", "it"])
"""… nor is what has one of these in its middle a sentence: "Things you must bring"."""
_STATED = re.compile(
    r"\S \S+: [a-z][\w ]+$|^[^:]+: .*(?:[£$€]\d|\d ?(?:%|[ap]\.?m\b))"
    r"|^(?:No(?! one\b)|Never|Do not|Don['’]t) [a-z]|^(?:\S+ ){5,}\S+[a-z]\.$"
)
"""Other headings that say something: "The care of the ovens: good", "Deposit: £40", "No dogs"."""


def says_something(heading: str) -> bool:
    """Whether a heading is a sentence or states a value, and so may itself be an answer."""
    said = _NUMBER.sub("", heading)
    return not said.endswith("?") and bool(_STATED.search(said) or _is_sentence(said.split()))


def _is_sentence(words: Sequence[str]) -> bool:
    """Whether words have a subject, a verb and more; "4 May 2020" has no verb."""
    at = next((at for at in range(1, len(words) - 1) if _is_verb(words, at)), None)
    if at is None:
        return False
    before = [word.lower() for word in words[:at]]
    named = before[0] in _NAMING or _NAMING & set(before[-NEAR:])
    return not named and not (at > 1 and before[-1] in _PRONOUNS)


def _is_verb(words: Sequence[str], at: int) -> bool:
    if words[at] in _DOING:
        return _COMPLEMENT.match(words[at + 1]) is not None
    return words[at] in _BEING | _RULING


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
