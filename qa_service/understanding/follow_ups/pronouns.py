"""The words of a question that stand for something said before it: “it”, “they”, “there”, “she”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import AUXILIARIES
from qa_service.understanding.mentions import mentions

Reference = Literal["thing", "person", "owner", "person_owner", "place", "kind"]
"""What a pronoun stands for; `kind` where it stands before a noun or for one of many."""

_ENDS = r"(?=\s*(?:[?.!,;]|$))"
_GOES_ON = (
    rf"(?=\s+(?:{AUXILIARIES}|mean\w*|happen\w*|work\w*|appl\w+|chang\w+|affect\w*|true|right|in|for"
    r"|to|at|by|on)\b)"
)
_PRONOUN = rule(
    "a pronoun",
    r"(?P<person_owner>\bhis\b|\bher\b(?=\s+[a-z]))|(?P<person>\b(?:he|she|him|her)\b)"
    r"|(?P<owner>\b(?:its|their)\b)|(?P<thing>\b(?:it|they|them)\b"
    rf"|(?<!before )(?<!after )(?<!for )\b(?:this|that|these|those)\b(?:{_ENDS}|{_GOES_ON}))"
    rf"|(?P<place>(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b{_ENDS})"
    r"|(?P<kind>\b(?:this|these|those|such)\b(?=\s+(?!year|month|week|time|day|a\b)[a-z])"
    rf"|\b(?:ones?|others?|both)\b{_ENDS})",
    "what does it need?",
    "are there any?",
)
_EMPTY = rule(
    "it that stands for nothing",
    r"\b(?:is|was|would|will|be|makes?)\s+it\s+(?:\w+\s+)?\w+\s+(?:to|that|if|for)\b"
    r"|\bit(?:'s|’s|\s+(?:is|was|would be|takes?|costs?))\s+(?:\w+\s+){0,2}(?:to|that|if)\b"
    r"|\b(?:that|this|it)(?:['’]s|\s+(?:is|was))\s+(?:(?:very|so|all|really|quite)\s+)?"
    r"(?:fine|okay?|great|good|right|true|helpful|informative|interesting|enough)\b",
    "Is it possible to appeal?",
    "Is it in Leeds?",
)
_STANDS_FOR_EARLIER = ("thing", "person", "owner", "person_owner")
_OF_MANY = ("they", "them", "their")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word that stands for something said before, and where it stands (start, end)."""

    kind: Reference
    start: int
    end: int

    @property
    def owns(self) -> bool:
        """Whether it says whose something is: “its”."""
        return self.kind in ("owner", "person_owner")

    def replaced(self, text: str, name: str) -> str:
        """A text with a name in the place of the pronoun."""
        return text[: self.start] + (owner(name) if self.owns else name) + text[self.end :]


def pronoun(text: str, names: CollectionNames, *, people: bool = True) -> Pronoun | None:
    """The first word that refers to something before the text; None where there is none.

    A pronoun behind a word that it can stand for is taken to mean that. Without `people`,
    “they” are whoever is at the place spoken of, and stand for nothing said.
    """
    empty = [match.span() for match in _EMPTY.finditer(text)]
    for found in _PRONOUN.finditer(text):
        nothing = any(start <= found.start() < end for start, end in empty)
        if nothing or not (people or found.group().lower() not in _OF_MANY):
            continue
        kind: Reference = found.lastgroup  # type: ignore[assignment]
        within = kind in _STANDS_FOR_EARLIER and mentions(text[: found.start()], names)
        return None if within else Pronoun(kind, *found.span())
    return None


def owner(name: str) -> str:
    """A name as it stands before what is its own."""
    return name + ("’" if name.endswith("s") else "’s")
