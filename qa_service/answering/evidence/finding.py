"""Question -> hits and evidence: ranked, read and chosen, within the filters given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.evidence.calibration import Calibration
from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.choice import best_evidence, choose_evidence
from qa_service.answering.evidence.confidence import confidence
from qa_service.answering.evidence.match_explanation import explained, explained_evidence
from qa_service.answering.evidence.reader import Reader
from qa_service.answering.evidence.reviewing import review
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import Query, QueryEncoder, make_query
from qa_service.answering.stopwatch import Stopwatch
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import Filters
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.wording import without_stretches

EVIDENCE_HITS = 10
"""From how many of the best passages sentences are quoted."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits and evidence, best first; `chosen` is to be cited, and empty where to decline."""

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    chosen: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Finder:
    """Looks for one question in one build, as often as its scope needs.

    `query` ranks the passages; places in them are judged by `judged`, which is the same
    unless a scope has settled some of its words.
    """

    opened: OpenedBuild
    query: Query
    encoder: QueryEncoder
    settings: Settings
    watch: Stopwatch
    reader: Reader | None = None
    calibration: Calibration | None = None
    settled: Query | None = None

    @property
    def judged(self) -> Query:
        """The question as sentences are to answer it."""
        return self.settled or self.query

    def settling(self, words: Sequence[str]) -> Finder:
        """Itself, with stretches of the question that the documents searched fulfil anyway.

        No sentence needs to say them: "Doncaster" and "2022" in a report on Doncaster of
        that year. Where they are all that the question says, it stays as it is.
        """
        rest = without_stretches(self.query.text, words)
        if not set(terms(rest)) or rest == self.query.text:
            return self
        with self.watch.stage("encoding"):
            settled = make_query(rest, self.encoder)
        return replace(self, settled=replace(settled, context=self.query.context, settled=True))

    def find(self, filters: Filters, limit: int) -> Found:
        """At least `limit` hits where there are so many, and what of them may be cited."""
        hits = self.ranked(filters, limit)
        with self.watch.stage("evidence"):
            distinct = [hit for hit in hits if hit.folded_into is None]
            evidence = find_evidence(self.opened, self.judged, distinct[:EVIDENCE_HITS])
            hits = explained(self.opened, self.query, hits, evidence)
            evidence = explained_evidence(evidence, hits)
        with self.watch.stage("reading"):
            evidence = self._reviewed(evidence)
        question = self.query.text
        chosen = choose_evidence(question, evidence, self.settings, self.calibration)
        best = best_evidence(question, evidence)
        sure = confidence(best) if best else 0.0
        return Found(tuple(hits), tuple(evidence), tuple(chosen), sure)

    def ranked(self, filters: Filters, limit: int) -> list[Hit]:
        """The hits of `find`, before any is looked into."""
        with self.watch.stage("ranking"):
            wanted = max(limit, EVIDENCE_HITS)
            return rank(self.opened, self.query, wanted, filters, self.settings)

    def others(self, filters: Filters, hits: Sequence[Hit], limit: int) -> list[Hit]:
        """Hits that fill up to `limit` those given, which come before them."""
        known = {hit.passage.id for hit in hits}
        with self.watch.stage("ranking"):
            ranked = rank(self.opened, self.query, limit + len(hits), filters, self.settings)
            new = [hit for hit in ranked if hit.passage.id not in known][: limit - len(hits)]
        lowest = min((hit.score for hit in hits), default=1.0)
        placed = [
            replace(hit, rank=number, score=min(hit.score, lowest))
            for number, hit in enumerate(new, start=len(hits) + 1)
        ]
        return explained(self.opened, self.query, placed)

    def _reviewed(self, evidence: list[Evidence]) -> list[Evidence]:
        if self.reader is None:
            return evidence
        return review(self.reader, self.judged.text, evidence, self.settings.reader_places)
