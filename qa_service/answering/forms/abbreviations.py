"""A question for the words of an abbreviation -> the sentence that spells it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa_service.answering.collection.stretches import (
    admitted_passages,
    stretch_evidence,
)
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.nouns.answers import Scope
from qa_service.nouns.documents import Passage, Span
from qa_service.nouns.questions import NO_FILTERS
from qa_service.stems import terms

_WORD = re.compile(r"[^\W\d_]+")


def with_words_of_abbreviation(finder: Finder, found: Found, scope: Scope | None) -> Found:
    """What was found; where the words of an abbreviation are asked for, and stand before or
    after it in brackets, the sentence that has them alone."""
    letters = finder.query.expectation.abbreviation
    if not letters:
        return found
    spelled = next(_spelled_out(finder, scope, letters), None)
    if spelled is None:
        return found
    passage, sentence, exact = spelled
    evidence = stretch_evidence(
        finder.opened, finder.judged, passage.row, sentence, exact, found.hits
    )
    return replace(found, chosen=(evidence,), confidence=STATED_CONFIDENCE) if evidence else found


def _spelled_out(
    finder: Finder, scope: Scope | None, letters: str
) -> Iterator[tuple[Passage, Span, Span]]:
    """Passages with a sentence that spells letters out, and with their words."""
    filters = scope.filters if scope else NO_FILTERS
    forms = [terms(letters), terms(f"{letters}s")]
    rows = sorted({row for form in forms for row in finder.opened.rows_with(form).tolist()})
    for passage in admitted_passages(finder.opened, rows, filters):
        for start, end in passage.sentences:
            sentence = passage.text[start - passage.start : end - passage.start]
            if words := words_of(letters, sentence):
                yield passage, (start, end), (start + words[0], start + words[1])


def words_of(letters: str, text: str) -> Span | None:
    """Where a text has the words of an abbreviation, one of both in brackets: “early help hub
    (EHH)”, “EHH (early help hub)”; None where it has none.

    The words are found as Schwartz and Hearst do (2003, A simple algorithm for identifying
    abbreviation definitions in biomedical text).
    """
    short = re.escape(letters)
    if found := re.search(rf"\(\W?{short}s?\W?\)", text, re.IGNORECASE):
        end = len(text[: found.start()].rstrip())
        start = _long_form(letters, text[:end])
        return None if start is None else (start, end)
    if found := re.search(rf"\b{short}s?\s\(([^)]+)\)", text, re.IGNORECASE):
        return found.span(1) if _long_form(letters, found[1]) == 0 else None
    return None


def _long_form(letters: str, text: str) -> int | None:
    """Where at the end of a text the fewest words begin that have the letters in their order,
    the first of them at the beginning of a word."""
    at = len(text)
    wanted = [letter for letter in letters.lower() if letter.isalnum()]
    small = text.lower()
    for number in range(len(wanted) - 1, -1, -1):
        at = small.rfind(wanted[number], 0, at)
        while number == 0 and at > 0 and small[at - 1].isalnum():
            at = small.rfind(wanted[0], 0, at)
        if at < 0:
            return None
    most = min(len(wanted) + 5, 2 * len(wanted))
    return at if len(_WORD.findall(text, at)) <= most else None
