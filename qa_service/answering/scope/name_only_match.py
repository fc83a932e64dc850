"""Quotes that share little with a question but the names in it: “How good is the zoo in Leeds?”.

Such a name narrows the search, and some sentence of the documents on it always bears it. So
what the question says beside it must be found too, in words or in meaning, or the sentence
must fit surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from qa_service.answering.evidence.calibration import calibrated, least_confidence
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.choice import best_evidence
from qa_service.answering.evidence.confidence import confidence
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.answering.ranking.retrieval import make_query, share, term_weights
from qa_service.stems import terms
from qa_service.understanding.wording import without_stretches

LEAST_HELD = 0.4
"""Share of what is asked beside the names that the passage, its title and headings hold …"""
LEAST_COSINE = 0.4
"""… or how near the quote comes to that in meaning; how both were found: docs/quality.md."""


def beyond_names(finder: Finder, names: Sequence[str], found: Found) -> Found:
    """What was found, without quotes that these names alone make fit and that do not fit surely.

    Where none is left, the confidence is that of the best of them by its names alone.
    """
    rest = without_stretches(finder.query.text, names)
    if not found.chosen or not names or not terms(rest):
        return found
    asked = _Asked(finder, rest)
    alone = [item for item in found.chosen if asked.is_missed_by(item)]
    doubtful = [item for item in alone if not _is_sure(finder, item)]
    kept = tuple(item for item in found.chosen if item not in doubtful)
    best = best_evidence(finder.query.text, found.evidence)
    if kept or best is None:
        return replace(found, chosen=kept)
    return replace(found, chosen=(), confidence=confidence(best, names_alone=True))


class _Asked:
    """What a question says beside its names; encoded once, when first needed."""

    def __init__(self, finder: Finder, rest: str) -> None:
        self._opened = finder.opened
        self._weights = term_weights(finder.opened, tuple(terms(rest)))
        self._vector = cache(lambda: make_query(rest, finder.encoder).vector)

    def is_missed_by(self, item: Evidence) -> bool:
        """Whether a place holds little of it in words, and is not near to it in meaning."""
        held = share(self._weights.keys() - item.absent, self._weights)
        return held < LEAST_HELD and self._nearness(item) < LEAST_COSINE

    def _nearness(self, item: Evidence) -> float:
        """The highest cosine of a quoted sentence."""
        passage = item.hit.passage
        stored = self._opened.store.sentences([passage.row])
        (cosines,) = self._opened.sentence_cosines(stored, self._vector())
        quoted = [
            cosine
            for cosine, (start, end) in zip(cosines, passage.sentences, strict=True)
            if item.start <= start and end <= item.end
        ]
        return max(quoted, default=0.0)


def _is_sure(finder: Finder, item: Evidence) -> bool:
    sure = calibrated(confidence(item, names_alone=True), finder.calibration)
    return sure >= least_confidence(finder.settings, finder.calibration)
