"""What is said of a topic: where the reader is not sure of a sentence, those that name the topic.

To “What did they say about the front door?” every sentence on the front door is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.confidence import (
    NAMED_CONFIDENCE,
    calibrated,
    least_confidence,
)
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.indexing.passages.sentences import quotable_sentences
from qa_service.nouns.answers import Scope
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.mentions import without_stretches

MOST_TOLD = 3
NEAR_CONFIDENCE = 0.2
"""From how sure an answer almost is on, a topic that no document is named for is told of."""


def with_told_topic(finder: Finder, found: Found, scope: Scope | None, topic: str) -> Found:
    """What was found; where nothing that names the topic is to be cited, the sentences that do.

    Of documents that the question's own words name; of any where it is of several words, none of
    them a name, and what was found is not far from an answer.
    """
    if not topic or (scope and scope.lifted):
        return found
    named = scope.documents if scope else ()
    stems = terms(without_stretches(topic, scope.words if scope else ()))
    anywhere = len(stems) > 1 and topic.islower() and found.confidence >= NEAR_CONFIDENCE
    if not stems or not (named or anywhere) or any(_names(item, stems) for item in found.chosen):
        return found
    ids = {document.id for document in named}
    within = [hit for hit in found.hits if not ids or hit.document.id in ids]
    chosen = list(_naming(finder, within, f" {' '.join(stems)} "))[:MOST_TOLD]
    least = least_confidence(finder.settings, finder.calibration)
    if not chosen or calibrated(NAMED_CONFIDENCE, finder.calibration) < least:
        return found
    sure = max(found.confidence, NAMED_CONFIDENCE) if found.chosen else NAMED_CONFIDENCE
    return Found(found.hits, found.evidence, tuple(chosen), sure)


def _names(item: Evidence, stems: Sequence[str]) -> bool:
    """Whether a place, or the heading above it, holds the stems of a topic."""
    passage = item.hit.passage
    said = passage.text[item.start - passage.start : item.end - passage.start]
    return {*stems} <= {*terms(f"{said} {' '.join(passage.heading_path)}")}


def _naming(finder: Finder, hits: Sequence[Hit], topic: str) -> Iterator[Evidence]:
    """Of each hit the sentence that fits best of those that hold the topic's stems in a row."""
    found = find_evidence(finder.opened, finder.judged, hits)
    evidence = {item.hit.passage.row: item for item in found}
    sentences = finder.opened.cache.sentences(hit.passage.row for hit in hits)
    for hit, said in zip(hits, sentences, strict=True):
        item = evidence.get(hit.passage.row)
        able = quotable_sentences(hit.passage)
        places = [at for at, stems in enumerate(said.spaced) if able[at] and topic in stems]
        if item and places:
            best = max(places, key=lambda at: item.fits[at])
            start, end = hit.passage.sentences[best]
            yield replace(item, start=start, end=end, stated=NAMED_CONFIDENCE, exact=None)
