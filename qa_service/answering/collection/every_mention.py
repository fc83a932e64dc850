"""What an answer offers to look up every place of, and the answer to a question for all of them."""

from __future__ import annotations

from dataclasses import replace

from qa_service.answering.collection.catalogue import (
    MOST_LISTED,
    QUOTATION_MARKS,
    listed,
    with_setting,
)
from qa_service.answering.collection.places import MOST_PASSAGES, find_mentions, plain_terms
from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.stopwatch import Stopwatch
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.answers import Answer, Catalogue, Mentioned
from qa_service.nouns.lookups import Mentions
from qa_service.nouns.parsed_question import CollectionQuestion, ParsedQuestion
from qa_service.nouns.questions import Filters
from qa_service.stems import terms, unaccented
from qa_service.understanding.times import joined, named_periods

MOST_LOOKED_AT = 2_000
"""Passages in which it is looked whether words stand side by side."""
LOOKED_AT_ONCE = 200
LONGEST_PHRASE = 20
"""Words that every place can be asked of in a question."""


def answer_by_mentions(
    opened: OpenedBuild, parsed: ParsedQuestion, filters: Filters, watch: Stopwatch
) -> Answer | None:
    """The documents that mention what a question asks every mention of, newest first, with how
    many places there are; None where it asks anything else. The filters hold."""
    asked = parsed.collection
    if asked is None or asked.asked != "mentions":
        return None
    asked = with_setting(opened, asked)
    words = asked.mentioned.strip(QUOTATION_MARKS)
    if not plain_terms(words) or len(words.split()) > LONGEST_PHRASE:
        return None
    limits = filters.both(_setting(opened, asked.topic))
    if limits is None:
        return listed(parsed, _found(words, asked, None), opened.info, watch)
    found = find_mentions(opened, words, limit=0, filters=limits)
    answer = listed(parsed, _found(words, asked, found, opened), opened.info, watch)
    return replace(answer, mentions=Mentioned(words, limits) if found.total else None)


def with_mentions(
    opened: OpenedBuild, parsed: ParsedQuestion, filters: Filters, answer: Answer
) -> Answer:
    """The answer with what every place can be looked up of: what documents are asked to mention,
    or the subject of the question, if it stands in the documents that are meant."""
    if answer.mentions or answer.parts or answer.reason not in (None, "no_evidence"):
        return answer
    limits = filters.both(answer.scope.filters) if answer.scope else filters
    if parsed.collection and parsed.collection.mentioned:
        asked = with_setting(opened, parsed.collection)
        limits = filters.both(_setting(opened, asked.topic))
        words = asked.mentioned
    else:
        words = parsed.subject
    phrase = _phrase(words)
    if limits is None or not phrase or not stands_in(opened, phrase, limits):
        return answer
    return replace(answer, mentions=Mentioned(phrase, limits))


def stands_in(opened: OpenedBuild, phrase: str, filters: Filters) -> bool:
    """Whether the words stand side by side in documents that the filters admit, as far as that
    is seen in the first passages that hold them all."""
    stems = plain_terms(phrase)
    rows = opened.among(opened.rows_with_accents(stems), filters)
    if not 0 < len(rows) <= MOST_PASSAGES:
        return False
    said = f" {' '.join(stems)} "
    return len(stems) == 1 or any(
        said in f" {unaccented_line} "
        for first in range(0, min(len(rows), MOST_LOOKED_AT), LOOKED_AT_ONCE)
        for record in opened.store.sentences(rows[first : first + LOOKED_AT_ONCE])
        for unaccented_line in map(_plain, record.lines.split("\n"))
    )


def _plain(line: str) -> str:
    return line if line.isascii() else " ".join(map(unaccented, line.split()))


def _phrase(words: str) -> str:
    """The words without quotation marks, and without function words at either end."""
    kept = words.strip(QUOTATION_MARKS).split()
    while kept and not terms(kept[0]):
        kept.pop(0)
    while kept and not terms(kept[-1]):
        kept.pop()
    return " ".join(kept)


def _setting(opened: OpenedBuild, topic: str) -> Filters:
    """The documents of the place and time that a topic names."""
    periods, named = named_periods(topic, NamesOfBuild(opened)), opened.names.named_in(topic)
    period = joined(periods) if periods else None
    return Filters(
        document_ids=tuple(sorted(named_together(named))) if named else (),
        date_from=period.first if period else None,
        date_to=period.last if period else None,
    )


def _found(
    words: str,
    asked: CollectionQuestion,
    found: Mentions | None,
    opened: OpenedBuild | None = None,
) -> Catalogue:
    """What was found, in a sentence, and the documents, newest first."""
    setting = f" {asked.topic}" if asked.topic else ""
    if found is None or opened is None or not found.total:
        return Catalogue(f"No document{setting} mentions “{words}”, in any form.", (), 0)
    number = len(found.counts)
    documents = "1 document" if number == 1 else f"{number:,} documents"
    places = "1 place" if found.total == 1 else f"{found.total:,} places"
    text = f"“{words}” stands in {places} of {documents}{setting}, in any form."
    summaries = {item.id: item for item in opened.catalogue}
    shown = [summaries[name] for name in list(found.counts)[:MOST_LISTED]]
    return Catalogue(text, tuple(shown), number)
