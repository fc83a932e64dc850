"""Why each passage matched: words shared with the question, words absent, the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.ranking.retrieval import Query
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.results import Hit, MatchExplanation
from qa_service.stems import terms

_WORD = re.compile(r"\w+(?:['’]\w+)?")


def explained(
    opened: OpenedBuild, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence] = ()
) -> list[Hit]:
    """The hits, in their order, each with why it matched.

    The sentence is the one nearest to the question, of those that the evidence rests on
    where there is evidence from that hit.
    """
    words = question_words(query.text)
    rows = np.array([hit.passage.row for hit in hits], np.int64)
    held = {stem: opened.keyword.holding(stem, rows) for stem in words.values()}
    places = {item.hit.passage.id: (item.start, item.end) for item in reversed(evidence)}
    cosines = opened.sentence_cosines(opened.cache.sentences(rows), query.vector)
    return [
        replace(
            hit,
            why=MatchExplanation(
                shared_terms=tuple(word for word, stem in words.items() if held[stem][at]),
                absent_terms=tuple(word for word, stem in words.items() if not held[stem][at]),
                sentence=_sentence(hit, near, places.get(hit.passage.id)),
            ),
        )
        for at, (hit, near) in enumerate(zip(hits, cosines, strict=True))
    ]


def explained_evidence(evidence: Sequence[Evidence], hits: Sequence[Hit]) -> list[Evidence]:
    """The evidence, each on its hit as it was explained."""
    found = {hit.passage.id: hit for hit in hits}
    return [replace(item, hit=found[item.hit.passage.id]) for item in evidence]


def question_words(text: str) -> dict[str, str]:
    """Words of a question as they stand in it -> stem, in order, each stem once."""
    stems: dict[str, str] = {}
    for word in _WORD.findall(text):
        for stem in terms(word):
            stems.setdefault(stem, word)
    return {word: stem for stem, word in stems.items()}


def _sentence(
    hit: Hit, cosines: Sequence[float], place: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The sentence with the highest cosine, of those that the place touches if one is given."""
    start, end = place or (hit.passage.start, hit.passage.end)
    within = [
        (cosine, sentence)
        for cosine, sentence in zip(cosines, hit.passage.sentences, strict=True)
        if sentence[0] < end and start < sentence[1]
    ]
    return max(within, key=lambda item: item[0])[1] if within else None
