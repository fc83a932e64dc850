"""Question -> hits and evidence: ranked, read and chosen, within the filters given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.evidence.candidates import Evidence, asks_for_heading, find_evidence
from qa_service.answering.evidence.choice import best_evidence, choose_evidence
from qa_service.answering.evidence.confidence import Calibration, confidence
from qa_service.answering.evidence.match_explanation import explained, explained_evidence
from qa_service.answering.evidence.passage_reader import PassageReader
from qa_service.answering.evidence.quoting.sections import (
    Section,
    asked_sections,
    in_sections,
    list_first,
    list_hits,
)
from qa_service.answering.evidence.read_places import TwiceReader, as_read, read_places
from qa_service.answering.evidence.reading_order import (
    in_reading_order,
    reasons_first,
    without_meanings,
)
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.ranking.retrieval import Query, QueryEncoder, make_query
from qa_service.answering.stopwatch import Stopwatch
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.mentions import without_stretches
from qa_service.understanding.times import date_match

EVIDENCE_HITS = 10
"""From how many of the best passages sentences are quoted …"""
LOOKED_THROUGH = 30
"""… and among how many those are found whose heading is asked for."""
MOST_SEARCHED, MOST_LISTING = 6, 3
"""Documents in which lists are looked for: those searched, if so few, or those of the best hits."""


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

    `query` ranks the passages, or within a scope `nameless`, which lacks the names that all in it
    bear; places in them are judged by `judged`, which is `query` unless a scope has settled some
    of its words.
    """

    opened: OpenedBuild
    query: Query
    encoder: QueryEncoder
    settings: Settings
    watch: Stopwatch
    reader: PassageReader | None = None
    calibration: Calibration | None = None
    settled: Query | None = None
    nameless: Query | None = None

    @property
    def judged(self) -> Query:
        """The question as sentences are to answer it."""
        return self.settled or self.query

    def settling(self, words: Sequence[str]) -> Finder:
        """Itself, with stretches of the question that the documents searched fulfil anyway.

        No sentence needs to say them: "Doncaster" and "2022" in a report on Doncaster of
        that year. Where they are all that the question says, it stays as it is.
        """
        rest = self._without(words)
        return replace(self, settled=replace(rest, settled=True)) if rest else self

    def within(self, names: Sequence[str]) -> Finder:
        """Itself, ranking by what a question says besides names that all it searches bear.

        Else the passages that say the name most often would come first: in every report on
        Doncaster, how often a passage says "Doncaster" tells nothing.
        """
        rest = self._without(names)
        return replace(self, nameless=rest) if rest else self

    def preferring(self, dates: tuple[str, ...]) -> Finder:
        """Itself, with documents of some dates, as a question names them, before their like."""
        nameless = self.nameless and replace(self.nameless, preferred=dates)
        return replace(self, query=replace(self.query, preferred=dates), nameless=nameless)

    def leaning_to(self, dates: tuple[str, ...]) -> Finder:
        """Itself, with what documents of some dates say before what others say as well: that does
        not change what is found."""
        return replace(self, query=replace(self.query, preferred=dates), nameless=self.ranking)

    @property
    def ranking(self) -> Query:
        """The question as passages are ranked by it."""
        return self.nameless or self.query

    def _without(self, words: Sequence[str]) -> Query | None:
        """The question without stretches of it; None where it is the same, or nothing is left."""
        rest = without_stretches(self.query.text, words)
        if not set(terms(rest)) or rest == self.query.text:
            return None
        with self.watch.stage("encoding"):
            expectation = self.query.expectation.without(words)
            query = make_query(rest, self.encoder, expectation)
            return replace(query, context=self.query.context)

    def find(self, filters: Filters, limit: int, names: Sequence[str] = ()) -> Found:
        """At least `limit` hits where there are so many, and what of them may be cited.

        `names` are stretches of the question that the documents were found by.
        """
        ranked = self.ranked(filters, max(limit, LOOKED_THROUGH))
        hits = ranked[: max(limit, EVIDENCE_HITS)]
        with self.watch.stage("evidence"):
            sections = self._sections(filters, ranked, names)
            looked_into = self._looked_into(ranked, sections)
            evidence = find_evidence(self.opened, self.judged, looked_into)
            evidence = self._in_reading_order(in_sections(evidence, sections))
            evidence = list_first(evidence, sections)
        with self.watch.stage("reading"):
            evidence = without_meanings(self.query, self.read(evidence))
            evidence = reasons_first(self.query, evidence)
        with self.watch.stage("evidence"):
            known = {hit.passage.id for hit in hits}
            further = {item.hit.passage.id: item.hit for item in evidence}
            others = [hit for name, hit in further.items() if name not in known]
            told = explained(self.opened, self.query, [*hits, *others], evidence)
            evidence = explained_evidence(evidence, told)
            hits = as_read(told, evidence)[: len(hits)]
        chosen = choose_evidence(self.query, evidence, self.settings, self.calibration)
        best = best_evidence(self.query, evidence)
        sure = confidence(best) if best else 0.0
        return Found(tuple(hits), tuple(evidence), tuple(chosen), sure)

    def _looked_into(self, hits: Sequence[Hit], sections: Sequence[Section]) -> list[Hit]:
        """Where a reader chooses among them, all hits; else the best, and of the next ones those
        under a heading that the question asks for. And the beginnings of lists that it asks for."""
        distinct = [hit for hit in hits if hit.folded_into is None]
        best, others = distinct[:EVIDENCE_HITS], distinct[EVIDENCE_HITS:]
        asked = [hit for hit in others if asks_for_heading(self.query.words, hit)]
        found = distinct if self.reader else best + asked
        score = distinct[0].score if distinct else 1.0
        return found + list_hits(self.opened, sections, found, score)

    def _sections(
        self, filters: Filters, hits: Sequence[Hit], names: Sequence[str]
    ) -> list[Section]:
        """The lists asked for by their heading, in the few documents searched or of the best;
        those of documents that the question may rather mean come first."""
        searched = self.opened.catalogue if filters != NO_FILTERS else ()
        named = [item.id for item in searched if filters.admits(item)]
        ids = named or [*dict.fromkeys(hit.document.id for hit in hits[:MOST_LISTING])]
        question = without_stretches(self.query.text, names)
        if len(ids) > MOST_SEARCHED or not set(terms(question)):
            return []
        expectation = self.query.expectation
        sections = asked_sections(self.opened, self.encoder, question, expectation, ids)
        dates = {name: self.opened.by_id[name].date for name in ids}
        wanted = self.query.dates
        return sorted(sections, key=lambda item: -date_match(dates[item.document_id], wanted))

    def _in_reading_order(self, evidence: list[Evidence]) -> list[Evidence]:
        """The evidence as a reader should see it; as it is without one."""
        if self.reader is None:
            return evidence
        nameless = self.nameless or self.judged
        return in_reading_order(self.opened, self.judged, nameless, evidence)

    def ranked(self, filters: Filters, limit: int) -> list[Hit]:
        """The hits of `find`, before any is looked into."""
        with self.watch.stage("ranking"):
            return rank(self.opened, self.ranking, limit, filters, self.settings)

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

    def read(self, evidence: list[Evidence], limit: int | None = None) -> list[Evidence]:
        """What the reader makes of the best `limit` passages; the evidence itself without one."""
        if self.reader is None:
            return evidence
        most = limit or self.settings.reader_places
        text, in_talk = self.query.text, self.query.in_talk
        reader = TwiceReader(self.reader, text) if in_talk else self.reader
        return read_places(reader, in_talk or text, evidence, most)
