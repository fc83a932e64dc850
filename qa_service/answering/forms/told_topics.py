"""What is said of a topic: where the reader is not sure of a sentence, those that name the topic.

To “What did they say about the front door?” every sentence on the front door is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.confidence import NAMED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.indexing.passages.sentences import quotable_sentences
from qa_service.nouns.answers import Scope
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.spoken_mentions import without_stretches

MOST_TOLD = 3


def with_told_topic(finder: Finder, found: Found, scope: Scope | None, topic: str) -> Found:
    """What was found; where nothing is to be cited, the sentences that name the topic asked of.

    Only of documents that the question's own words name.
    """
    if found.chosen or not topic or scope is None or not scope.documents or scope.lifted:
        return found
    stems = terms(without_stretches(topic, scope.words))
    if not stems:
        return found
    ids = {document.id for document in scope.documents}
    within = [hit for hit in found.hits if hit.document.id in ids]
    chosen = list(_naming(finder, within, f" {' '.join(stems)} "))[:MOST_TOLD]
    if not chosen:
        return found
    return Found(found.hits, found.evidence, tuple(chosen), NAMED_CONFIDENCE)


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
