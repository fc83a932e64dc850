"""How the fake service understands a question: what it carries over, and what narrows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa_service.nouns.answers import Scope
from qa_service.nouns.documents import DocumentSummary, Passage
from qa_service.nouns.questions import Carried, Correction, Filters, Question, Understood
from qa_service.nouns.results import Hit, MatchExplanation

FOLLOW_UP = re.compile(r"(?:and|what about) (.+?)\?*$", re.IGNORECASE)
SUBJECT = re.compile(r" about (.+?)\?*$")
YEAR = re.compile(r"\b20\d\d\b")
PLACE = "Hillside"
WORD = re.compile(r"\w{4,}")


def understood_of(question: Question) -> Understood | None:
    """A question that begins with "And" or "What about" takes the subject asked about before."""
    asked = [turn.text for turn in question.history if turn.role == "user"]
    if not (question.follow_up and asked and FOLLOW_UP.match(question.text)):
        return None
    subjects = [found.group(1) for text in asked if (found := SUBJECT.search(text))]
    subject = subjects[-1] if subjects else asked[-1]
    text = f"{question.text.rstrip('?')}: {subject}?"
    return Understood(text, (Carried(subject, "subject"),))


def scope_of(text: str, documents: Iterable[DocumentSummary]) -> Scope | None:
    """A year, and the one place it knows, narrow a question."""
    year, place = YEAR.search(text), PLACE in text
    named = tuple(document for document in documents if place and PLACE in document.title)
    words = tuple(word for word in (year and year.group(), place and PLACE) if word)
    if not words:
        return None
    filters = Filters(
        document_ids=tuple(document.id for document in named),
        date_from=f"{year.group()}-01-01" if year else None,
        date_to=f"{year.group()}-12-31" if year else None,
    )
    return Scope(filters, named, words)


def is_answered(hits: Sequence[Hit]) -> bool:
    """Whether the best passage shares enough words with the question."""
    return bool(hits) and hits[0].score >= 0.5


def corrected(text: str, spelling: bool) -> str:
    """The text with the one known mistyped word put right."""
    return text.replace("qualtiy", "quality") if spelling else text


def corrections_of(text: str) -> tuple[Correction, ...]:
    """Where the one known mistyped word stands."""
    found = re.finditer("qualtiy", text)
    return tuple(Correction("qualtiy", "quality", *match.span()) for match in found)


def why_of(asked: set[str], passage: Passage) -> MatchExplanation:
    """Words in alphabetical order; the sentence is the first of the passage."""
    shared = asked & words_of(passage.text)
    first = re.match(r".+?[.!?](?=\s|$)", passage.text, re.DOTALL)
    sentence = (passage.start, passage.start + first.end()) if first else None
    return MatchExplanation(tuple(sorted(shared)), tuple(sorted(asked - shared)), sentence)


def words_of(text: str) -> set[str]:
    """The longer words of a text, which say what it is about."""
    return {word.lower() for word in WORD.findall(text)}
