"""What the whole of a question asks for by its form: the meaning of a term, a part of a document
by its number, what is said of a topic."""

from __future__ import annotations

import re

from qa_service.nouns.parsed_question import DefiningQuestion, NumberedPart, SpeakingQuestion
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import SAY

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
_KINDS = (
    r"clause|section|paragraph|para|article|rule|regulation|step|item|point|part|chapter"
    r"|schedule|recommendation|condition|principle|standard|annex|appendix|stage|finding"
    r"|action|objective"
)
_PART = rule(
    "a part of a document by its number",
    r"(?:(?:what (?:does|do|did|is|are|was)|what['’]s)(?: in| under)? |what "
    r"|(?:please )?(?:show|read|quote|give|tell)(?: me)?(?: what)? )?(?:the )?"
    rf"(?P<kind>{_KINDS})s?\.? (?:no\.? |number )?(?P<number>\d+(?:\.\d+)*[a-z]?|[a-z])"
    rf"(?: {SAY})?(?: (?:in|of) (?P<where>.+?))?(?: {SAY})?[ ?.!]*",
    "What does clause 2.2 say?",
    "What does clause 2.2 cost?",
    whole=True,
)
LONGEST_TOPIC = 8
"""Words: what is longer is more than a topic."""
_SAID = r"(?:say|tell\s+us|write|report|note|find|conclude|mention|recommend)"
_TELLING = rule(
    "asking what is said of a topic",
    rf"what\s+(?:do|does|did)\s+.{{2,60}}?\s+{_SAID}(?:\s+to\s+\S+)?\s+(?:about|on|of|regarding)"
    r"\s+(?P<topic>.+?)"
    r"|what\s+(?:is|was)\s+(?:said|written|reported|found)\s+(?:about|on|of)\s+(?P<told>.+?)",
    "What did inspectors say about pay?",
    "What did inspectors say they wanted?",
    whole=True,
)

_SPEAKING = rule(
    "asking what somebody says",
    r"what\s+(?:do|does|did|has)\s+(?P<who>\w[\w’'.-]+(?:\s+\w[\w’'.-]+){0,3})"
    r"\s+(?:say|said|tell\s+us|think|comment|state|write)(?:\s+(?:about|on|of|regarding)\s+(?P<topic>.+?))?",
    "What did Ada Brook say about bread?",
    "What did Ada Brook pay for bread?",
    whole=True,
)


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


def numbered_part(text: str) -> NumberedPart | None:
    """The part that the whole of a question asks for; None where it asks anything else."""
    found = _PART.fullmatch(" ".join(text.split()))
    return NumberedPart(found["kind"].lower(), found["number"]) if found else None


def told_topic(text: str) -> str:
    """The topic of which the whole question asks what is said; "" where it asks anything else."""
    found = _TELLING.fullmatch(" ".join(text.split()).rstrip(" ?.!"))
    topic = next(filter(None, found.groups()), "") if found else ""
    return topic if len(topic.split()) <= LONGEST_TOPIC else ""


def speaking_question(text: str) -> SpeakingQuestion | None:
    """Who is asked after, by a name, and on what; None where the question asks anything else."""
    found = _SPEAKING.fullmatch(" ".join(text.split()).rstrip(" ?.!"))
    if found is None or not all(word[0].isupper() for word in found["who"].split()):
        return None
    return SpeakingQuestion(found["who"], found["topic"] or "")
