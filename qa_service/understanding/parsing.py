"""The one place that understands a question: text and history -> ParsedQuestion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.nouns.parsed_question import Asks, NamedDocuments, ParsedQuestion
from qa_service.nouns.questions import Turn
from qa_service.understanding.catalogue_questions import catalogue_question
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.comparing import asks_to_compare, is_express, timeless
from qa_service.understanding.dating import named_dates
from qa_service.understanding.document_references import spoken_documents
from qa_service.understanding.expectation import asked_abbreviation, asked_kind
from qa_service.understanding.follow_ups.follow_up import stand_alone
from qa_service.understanding.periods import named_periods
from qa_service.understanding.small_talk import small_talk_reply
from qa_service.understanding.spoken_mentions import mentions

_OF_DOCUMENTS = re.compile(
    r"\b(?:inspect(?:ors?|ed|ions?)|report(?:s|ed)?|review(?:ers?|ed|s)?|auditors?|published"
    r"|documents?|news|articles?|letters?|minutes)\b",
    re.IGNORECASE,
)


def parse(text: str, history: Sequence[Turn], names: CollectionNames) -> ParsedQuestion:
    """A question, after its conversation if there is one, with all that is understood of it."""
    if reply := small_talk_reply(text):
        return ParsedQuestion(text, text, "small talk", reply=reply)
    found = stand_alone(text, history, names.is_name, names.quoted_dates)
    if found is None:
        return _read(text, names)
    return replace(_read(found.text, names), typed=text, carried=found.carried)


def _read(text: str, names: CollectionNames) -> ParsedQuestion:
    titles = tuple(names.titles_in(text))
    untitled = _blanked(text, titles)
    subject = [part.text for part in mentions(text, names.is_name) if part.kind == "subject"]
    collection = catalogue_question(text)
    return ParsedQuestion(
        typed=text,
        text=text,
        asks=_asks(text, listed=collection is not None),
        subject=next(iter(subject), ""),
        titles=titles,
        places=tuple(names.places_in(untitled)),
        periods=tuple(named_periods(untitled)),
        dates=named_dates(text),
        speaks_of=spoken_documents(text),
        collection=collection,
        of_documents=bool(_OF_DOCUMENTS.search(text)),
        expressly_compares=is_express(text),
        timeless=timeless(text),
        abbreviation=asked_abbreviation(text),
    )


def _asks(text: str, *, listed: bool) -> Asks:
    if listed:
        return "which documents"
    return "comparison" if asks_to_compare(text) else asked_kind(text)


def _blanked(text: str, titles: Sequence[NamedDocuments]) -> str:
    """A question without the titles that it names: a year in one is no period."""
    for item in titles:
        text = text.replace(item.words, "\N{BULLET}", 1)
    return text
