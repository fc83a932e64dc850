"""Questions for a part of a document by its number: “What does clause 2.2 say?”."""

from __future__ import annotations

from qa_service.nouns.parsed_question import NumberedPart
from qa_service.understanding.grammar import rule
from qa_service.understanding.lexicon import SAY

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


def numbered_part(text: str) -> NumberedPart | None:
    """The part that the whole of a question asks for; None where it asks anything else."""
    found = _PART.fullmatch(" ".join(text.split()))
    return NumberedPart(found["kind"].lower(), found["number"]) if found else None
