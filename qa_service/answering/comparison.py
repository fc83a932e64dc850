"""The same question answered from each dated document: how something changed over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from qa_service.answering.collection.fact_rows import Tabled
from qa_service.answering.collection.fact_tables import compared_facts
from qa_service.answering.evidence.candidates import Evidence, find_evidence
from qa_service.answering.evidence.confidence import calibrated, confidence, least_confidence
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.evidence.match_explanation import explained, explained_evidence
from qa_service.answering.evidence.quoting.sections import (
    Section,
    asked_sections,
    in_sections,
    list_hits,
)
from qa_service.answering.ranking.ranking import rank
from qa_service.answering.scope.scoping import compared_scopes
from qa_service.nouns.answers import Scope, TimelineEntry
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import NO_FILTERS, Filters, Question
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.understanding.comparing import ANYTHING
from qa_service.understanding.lexicon import CHANGED
from qa_service.understanding.mentions import without_stretches

MOST_COMPARED = 24
"""Documents in one comparison; of more, those with the best passages."""
LOOKED_THROUGH = 100
"""Best passages among which the documents on a subject are found, where it names none."""
FEWEST_READ, MOST_READ, READ_IN_ALL = 2, 6, 24
"""Passages of each document that are read: so many that of all together it is no more."""

LEAST_FOR_ANYTHING = 0.1
"""The confidence from which a place is cited for ANYTHING: so wide a question fits none well."""

OTHER_SIDE_CONFIDENCE = 0.15
"""The confidence from which the other sides are cited where one is sure enough."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A timeline whose entries name no citation yet, the evidence of each, and its scope.

    `evidence` has one place, or None, for each entry, `nearest` the best passage of each;
    `hits` are the passages to show, `facts` what the documents state of what may be unlike;
    `places` say whose side each entry is, none over time.
    """

    documents: tuple[DocumentSummary, ...]
    evidence: tuple[Evidence | None, ...]
    hits: tuple[Hit, ...]
    scope: Scope | None
    nearest: Mapping[str, Hit] = field(default_factory=dict)
    facts: Tabled | None = None
    places: Sequence[str] = ()

    @property
    def chosen(self) -> tuple[Evidence, ...]:
        """What is to be cited, oldest first."""
        return tuple(item for item in self.evidence if item)

    @property
    def timeline(self) -> tuple[TimelineEntry, ...]:
        """The entries, whose citations count from 1 as `chosen` does."""
        numbers = iter(range(1, len(self.chosen) + 1))
        places = self.places or [""] * len(self.documents)
        return tuple(
            TimelineEntry(
                document,
                next(numbers) if item else None,
                None if item else self.nearest.get(document.id),
                place,
            )
            for document, item, place in zip(self.documents, self.evidence, places, strict=True)
        )


def compare(finder: Finder, question: Question, parsed: ParsedQuestion) -> Comparison | None:
    """Each dated document on the subject with its best place, oldest first.

    On the subject are all that the question, or its filters, name by place, body or period,
    those without evidence too; where that is nothing, or too many, those with the best
    passages. A period without documents is lifted. None where nothing else is on the subject,
    and where documents are not of two dates at least, or none of them answers, unless a
    comparison was asked for expressly.
    """
    scope, named = _limits(finder, question, parsed)
    if not named and (scope or question.filters != NO_FILTERS):
        return None
    finder = _without_names(finder, scope)
    listed = 0 < len(named) <= MOST_COMPARED
    hits = _hits_of_each(finder, named) if listed else _best_hits(finder, question, named)
    lists = lists_asked_for(finder, named, scope.words if scope else ()) if listed else []
    with finder.watch.stage("facts"):
        each = [[document] for document in reversed(_oldest_first(named))]
        facts = compared_facts(finder.opened, parsed, each) if listed and not lists else None
    sides = {hit.document.id: hit.document.id for hit in hits}
    places = best_places(finder, hits, facts, sides, lists)
    documents = named if listed else [hit.document for hit in hits if hit.document.id in places]
    ordered = _oldest_first(documents)
    evidence = tuple(places.get(document.id) for document in ordered)
    dates = {document.date for document in ordered}
    expressly = question.compare or parsed.expressly_compares
    if not expressly and (len(dates) < 2 or not (facts or any(evidence))):
        return None
    ids = tuple(document.id for document in ordered)
    filters = replace(question.filters, document_ids=ids or question.filters.document_ids)
    shown = finder.others(filters, (), question.limit)
    nearest = {hit.document.id: hit for hit in reversed(hits)}
    return Comparison(tuple(ordered), evidence, tuple(shown), scope, nearest, facts)


def _oldest_first(documents: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    return sorted(documents, key=lambda item: (item.date or "", item.title, item.id))


def _limits(
    finder: Finder, question: Question, parsed: ParsedQuestion
) -> tuple[Scope | None, list[DocumentSummary]]:
    """The narrowest scope that holds documents, and these; the widest where none does."""
    scopes = compared_scopes(finder.opened, parsed) if question.scope else []
    for scope in scopes:
        if named := _named_documents(finder, question, scope):
            return scope, named
    return (scopes[-1], []) if scopes else (None, _named_documents(finder, question, None))


def _without_names(finder: Finder, scope: Scope | None) -> Finder:
    """The finder, asking each document nothing by name where several are compared by name."""
    names = [word for word in scope.words if word in finder.query.text] if scope else []
    return finder.settling(names) if len(names) > 1 else finder


def _named_documents(
    finder: Finder, question: Question, scope: Scope | None
) -> list[DocumentSummary]:
    """Dated documents within the scope and the filters; none where neither limits anything."""
    filters = question.filters.both(scope.filters) if scope else question.filters
    if filters is None or filters == NO_FILTERS:
        return []
    return [
        document
        for document in finder.opened.catalogue
        if document.date and document.passages and filters.admits(document)
    ]


def _hits_of_each(finder: Finder, documents: Sequence[DocumentSummary]) -> list[Hit]:
    """The best passages of every document, ranked within it."""
    most = max(FEWEST_READ, min(MOST_READ, READ_IN_ALL // len(documents)))
    with finder.watch.stage("ranking"):
        return [
            hit
            for document in documents
            for hit in rank(
                finder.opened,
                finder.query,
                most,
                Filters(document_ids=(document.id,)),
                finder.settings,
            )
        ]


def lists_asked_for(
    finder: Finder, documents: Sequence[DocumentSummary], names: Sequence[str]
) -> list[Section]:
    """Of each document the list that the question asks for by its heading, and for nothing else.

    `names` are stretches of the question that the documents were found by.
    """
    if not finder.query.expectation.actions:
        return []
    asked = without_stretches(finder.query.text, names).split()
    text = " ".join(word for word in asked if word.strip("?.!,").lower() not in CHANGED)
    return [
        section
        for document in documents
        for section in asked_sections(
            finder.opened, finder.encoder, text, finder.query.expectation, [document.id]
        )[:1]
        if section.alone
    ]


def _best_hits(finder: Finder, question: Question, named: Sequence[DocumentSummary]) -> list[Hit]:
    """The best passage of each of the dated documents that stand first in the ranking."""
    ids = tuple(document.id for document in named)
    filters = replace(question.filters, document_ids=ids) if ids else question.filters
    with finder.watch.stage("ranking"):
        ranked = rank(finder.opened, finder.query, LOOKED_THROUGH, filters, finder.settings)
    firsts: dict[str, Hit] = {}
    for hit in ranked:
        if hit.document.date:
            firsts.setdefault(hit.document.id, hit)
    return list(firsts.values())[:MOST_COMPARED]


def best_places(
    finder: Finder,
    hits: Sequence[Hit],
    facts: Tabled | None,
    sides: Mapping[str, str],
    lists: Sequence[Section] = (),
) -> dict[str, Evidence]:
    """For each side the best place among its hits that is certain enough to be cited, and says
    more than its documents' facts. `sides` names the side of each document by its id, `lists`
    are what the question asks for by heading."""
    with finder.watch.stage("evidence"):
        hits = [*hits, *list_hits(finder.opened, lists, hits, 1.0)]
        evidence = in_sections(find_evidence(finder.opened, finder.judged, hits), lists)
    with finder.watch.stage("reading"):
        evidence = _read_apart(finder, evidence, sides)
    with finder.watch.stage("evidence"):
        evidence = explained_evidence(
            evidence, explained(finder.opened, finder.query, hits, evidence)
        )
    least = least_confidence(finder.settings, finder.calibration)
    if finder.query.text == ANYTHING:
        least = min(least, LEAST_FOR_ANYTHING)
    sure = [calibrated(confidence(item), finder.calibration) for item in evidence]
    if max(sure, default=0.0) >= least:
        least = min(least, OTHER_SIDE_CONFIDENCE)
    places: dict[str, Evidence] = {}
    for item, certainty in zip(evidence, sure, strict=True):
        if certainty >= least and not _repeats(item, facts):
            places.setdefault(sides[item.hit.document.id], item)
    return places


def _repeats(item: Evidence, facts: Tabled | None) -> bool:
    """Whether a place says nothing that a fact of its document does not."""
    passage = item.hit.passage
    said = {*terms(passage.text[item.start - passage.start : item.end - passage.start])}
    stated = facts.citations if facts else ()
    return any(
        fact.document.id == item.hit.document.id and said <= {*terms(fact.quote)} for fact in stated
    )


def _read_apart(
    finder: Finder, evidence: Sequence[Evidence], sides: Mapping[str, str]
) -> list[Evidence]:
    """Read side by side, for each may answer by itself; the best first of all, lists that were
    asked for before these."""
    apart: dict[str, list[Evidence]] = {}
    for item in evidence:
        apart.setdefault(sides[item.hit.document.id], []).append(item)
    places = chain.from_iterable(finder.read(each, len(each)) for each in apart.values())
    return sorted(places, key=lambda item: (item.stated is None, -item.score))
