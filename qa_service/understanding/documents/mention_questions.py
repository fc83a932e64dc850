"""Questions for every place that mentions something: “Show every mention of neglect”."""

from __future__ import annotations

from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import ASK

_ASK = rf"(?:{ASK}|(?:i|we) (?:want|need)(?: to see)?|let me see|(?:what|which|where) are)"
_EVERY = r"(?:(?:every|each|all|any)(?: of)?(?: the)?(?: single)?|the)"
_MENTION = r"(?:mention|reference|occurrence|use|instance)s?"
_PLACE = r"(?:place|passage|sentence|spot|line|quote)s?"
_SPEAKS = r"(?:mentions?|speaks? of|refers? to|uses?|contains?)"
_WHERE = r"(?:that|which|where (?:it|they|the documents?|anyone|someone|somebody))"

_MENTIONED = rule(
    "every place that mentions something",
    rf"(?:{_ASK} )?{_EVERY} (?:{_MENTION} (?:of|to)|{_PLACE} {_WHERE} {_SPEAKS}) (?P<words>.+)"
    rf"|(?:{_ASK} )?{_EVERY} {_PLACE} (?:where|in which) (?P<named>.+)"
    r" (?:is|are|was|were) (?:mentioned|referred to|spoken of|named)"
    r"|where (?:is|are) (?P<where>.+) mentioned"
    r"|where (?:do|does) (?:the |these |any )?\w+ mention (?P<of>.+)",
    "Show every mention of neglect",
    "Where is neglect dealt with",
    whole=True,
)


def mentioned_everywhere(plain: str) -> str:
    """The words whose every mention the whole of a question asks for; "" where it asks anything
    else."""
    found = _MENTIONED.fullmatch(plain)
    return str(next(filter(None, found.groups()))) if found else ""
