"""Questions for the meaning of a term: “What does common parts mean?”, “What is a blade?”."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import DefiningQuestion
from qa_service.understanding.grammar import rule

LONGEST_TERM = 5
"""Words: what is longer is no term."""
_MEANING = rule(
    "asking what a term means",
    r"(?:what (?:does|do|did)(?: the (?:term|words?|phrase))? (?P<meant>.+?) (?:mean|stand for)"
    r"|(?:please )?define (?P<defined>.+?)"
    r"|(?:what is|what['’]s) (?:the (?:meaning|definition) of|meant by) (?P<named>.+?)"
    r"|how is (?P<how>.+?) defined)"
    r"(?: (?:here|in (?:this|the) [\w-]+))?[ ?.!]*",
    "What does common parts mean?",
    "What does the board say?",
    whole=True,
)
_BEING = rule(
    "asking what or who a thing is",
    r"(?:what|who)(?: is| are|['’]s) (?P<thing>.+?)(?: (?:here|in this [\w-]+))?[ ?.!]*",
    "What is a blade?",
    "When is a blade oiled?",
    whole=True,
)
_ARTICLE = re.compile(r"^(?:an?|the|our|your)\s+", re.IGNORECASE)


def defining_question(text: str) -> DefiningQuestion | None:
    """The term that the whole of a question asks for; None where it asks anything else."""
    plain = " ".join(text.split())
    if found := _MEANING.fullmatch(plain):
        return _question(next(filter(None, found.groups())), plainly=True)
    found = _BEING.fullmatch(plain)
    return _question(found["thing"], plainly=False) if found else None


def _question(said: str, plainly: bool) -> DefiningQuestion | None:
    term = _ARTICLE.sub("", said.strip(" \"'“”‘’"))
    return DefiningQuestion(term, plainly) if 0 < len(term.split()) <= LONGEST_TERM else None
