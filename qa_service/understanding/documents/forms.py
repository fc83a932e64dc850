"""What the whole of a question asks for by its form: the meaning of a term, a part of a document
by its number, what is said of a topic."""

from __future__ import annotations

from qa_service.nouns.parsed_question import DefiningQuestion, NumberedPart, SpeakingQuestion
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import SAY

LONGEST_TERM, LONGEST_TOPIC = 5, 8
"""Words: what is longer is no term, and more than a topic."""
_DEFINING = rule(
    "asking what a term means",
    r"(?:what do(?:es)?(?: the (?:term|words?|phrase))? (?P<meant>.+?) (?:mean|stand for)"
    r"|(?:please )?define (?P<defined>.+?)|how is (?P<how>.+?) defined"
    r"|what(?: is|['’]s) (?:the (?:meaning|definition) of|meant by) (?P<named>.+?)"
    r"|(?:what|who)(?: is| are|['’]s) (?P<thing>.+?))(?: (?:here|in th(?:is|e) [\w-]+))?",
    "What does common parts mean",
    "What does the board say",
    whole=True,
)
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
    rf"(?: {SAY})?(?: (?:in|of) .+?)?(?: {SAY})?",
    "What does clause 2.2 say",
    "What does clause 2.2 cost",
    whole=True,
)
_TOLD = rule(
    "asking what is said of a topic",
    r"what (?:(?:do|does|did) .{2,60}? (?:say|tell us|write|report|note|find|conclude|mention"
    r"|recommend)(?: to \S+)?|(?:is|was) (?:said|written|reported|found))"
    r" (?:about|on|of|regarding) (?P<topic>.+?)",
    "What did inspectors say about pay",
    "What did inspectors say they wanted",
    whole=True,
)
_SPEAKING = rule(
    "asking what somebody says",
    r"what (?:do|does|did|has) (?P<who>\w[\w’'.-]+(?: \w[\w’'.-]+){0,3})"
    r" (?:say|said|tell us|think|comment|state|write)"
    r"(?: (?:about|on|of|regarding) (?P<topic>.+?))?",
    "What did Ada Brook say about bread",
    "What did Ada Brook pay for bread",
    whole=True,
)
_ARTICLES = ("a", "an", "the", "our", "your")


def defining_question(text: str) -> DefiningQuestion | None:
    """The term that the whole of a question asks for; None where it asks anything else."""
    found = _DEFINING.fullmatch(_plain(text))
    said = next(filter(None, found.groups())) if found else ""
    words = said.strip(" \"'“”‘’").split()
    term = words[words[:1] != [] and words[0].lower() in _ARTICLES :]
    if found is None or not 0 < len(term) <= LONGEST_TERM:
        return None
    return DefiningQuestion(" ".join(term), plainly=not found["thing"])


def numbered_part(text: str) -> NumberedPart | None:
    """The part that the whole of a question asks for; None where it asks anything else."""
    found = _PART.fullmatch(_plain(text))
    return NumberedPart(found["kind"].lower(), found["number"]) if found else None


def told_topic(text: str) -> str:
    """The topic of which the whole question asks what is said; "" where it asks anything else."""
    found = _TOLD.fullmatch(_plain(text))
    return found["topic"] if found and len(found["topic"].split()) <= LONGEST_TOPIC else ""


def speaking_question(text: str) -> SpeakingQuestion | None:
    """Who is asked after, by a name, and on what; None where the question asks anything else."""
    found = _SPEAKING.fullmatch(_plain(text))
    if found is None or not all(word[0].isupper() for word in found["who"].split()):
        return None
    return SpeakingQuestion(found["who"], found["topic"] or "")


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" ?.!")
