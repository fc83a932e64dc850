"""Evidence -> Answer: which places to cite, in which order; none where to decline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import (
    Calibration,
    calibrated,
    confidence,
    least_confidence,
)
from qa_service.answering.evidence.corroboration import Agreed, place_of
from qa_service.answering.evidence.quoting.thoughts import Laid, whole_thought
from qa_service.answering.ranking.retrieval import Query
from qa_service.answering.stopwatch import Stopwatch
from qa_service.config import Settings
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.passages.cutting import search_context
from qa_service.nouns.answers import Answer, Citation, OtherSource, Quote, Scope
from qa_service.nouns.documents import page_at
from qa_service.nouns.questions import Question
from qa_service.nouns.results import Hit
from qa_service.stems import terms
from qa_service.translation.catalogue import _
from qa_service.understanding.times import date_match

FURTHER_READ_SHARE, BESIDE_READ_SHARE = 0.12, 0.15
"""A further place is cited from this share of the best one's score, which the reader gave, and
from the second in the same document …"""
FURTHER_SHARE = 0.85
"""… or from this one where none was read …"""
FURTHER_CONFIDENCE = 0.15
"""… and then from this confidence of its own."""
SAID_SHARE, FIT_SHARE = 0.6, 0.9
"""Another document says it too where its likeliest sentence has these shares of the best one's
probability and own score: passages that both answer take the list's probability from each other."""
DATED_SHARE = 0.5
"""Of the best's score: what is of the dates named stands first from this share on, if read."""


def best_evidence(query: Query, evidence: Sequence[Evidence]) -> Evidence | None:
    """What the decision to answer rests on; None where there is no evidence at all.

    `evidence` comes best first. Where the question names years or months, or may mean the
    newest, evidence that is nearly as good from a document of those dates takes the place of
    the best.
    """
    if not evidence:
        return None
    named = query.dates
    share = DATED_SHARE if evidence[0].judged else FURTHER_SHARE
    least = share * evidence[0].score
    dated = [item for item in evidence if date_match(item.hit.document.date, named)]
    return next((item for item in dated if item.score >= least), evidence[0])


def choose_evidence(
    query: Query,
    evidence: Sequence[Evidence],
    settings: Settings,
    calibration: Calibration | None = None,
) -> list[Evidence]:
    """What to cite, newest document first; empty where the best is not certain enough.

    Documents of the same date, and those of unknown date at the end, keep the order of
    their evidence.
    """
    best = best_evidence(query, evidence)
    if best is None:
        return []
    if calibrated(confidence(best), calibration) < least_confidence(settings, calibration):
        return []
    named, subject = _named_dates_of(best, query), _subject(best, query)
    first = _first_of_documents(evidence)
    beside = [
        item
        for item in evidence
        if _is_nearly_as_good(item, best) or (item in first and _says_it_too(item, best))
        if _stands_beside(item, best, named, subject)
    ]
    chosen = _spread([best, *beside], settings)
    return sorted(chosen, key=lambda item: item.hit.document.date or "", reverse=True)


def _stands_beside(
    item: Evidence, best: Evidence, named: tuple[str, ...], subject: set[str]
) -> bool:
    """Whether a further place speaks of the same as the best one.

    It does not where it lacks a word of the subject, or is of none of the named dates: so
    a question about one report is not answered from its neighbour's.
    """
    if item is best or item.absent & subject:
        return False
    return not named or date_match(item.hit.document.date, named) > 0


def _is_nearly_as_good(item: Evidence, best: Evidence) -> bool:
    if best.judged:
        same = item.hit.document.id == best.hit.document.id
        return item.score >= (BESIDE_READ_SHARE if same else FURTHER_READ_SHARE) * best.score
    return item.score >= FURTHER_SHARE * best.score and confidence(item) >= FURTHER_CONFIDENCE


def _says_it_too(item: Evidence, best: Evidence) -> bool:
    """Whether another document has a sentence that was read as nearly as likely, and fits so."""
    if not item.judged or not best.judged or item.hit.document.id == best.hit.document.id:
        return False
    said = item.judged.said >= SAID_SHARE * best.judged.said
    return said and item.fit >= FIT_SHARE * best.fit


def _first_of_documents(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best place of each document, of those that come best first."""
    first: dict[str, Evidence] = {}
    for item in evidence:
        first.setdefault(item.hit.document.id, item)
    return list(first.values())


def _named_dates_of(best: Evidence, query: Query) -> tuple[str, ...]:
    """The dates that the question names, if the best document is of one of them."""
    named = query.expectation.dates
    return named if date_match(best.hit.document.date, named) else ()


def _subject(best: Evidence, query: Query) -> set[str]:
    """Stems that the question shares with the title of the best document."""
    return set(terms(query.text)) & set(terms(search_context(best.hit.document, ())))


def _spread(evidence: Sequence[Evidence], settings: Settings) -> list[Evidence]:
    """The first of them, no more of one document, and of all, than the settings allow."""
    chosen: list[Evidence] = []
    per_document: Counter[str] = Counter()
    for item in evidence:
        count = per_document[item.hit.document.id]
        new_document = not count and len(per_document) < settings.max_documents
        if new_document or 0 < count < settings.max_quotes_per_document:
            chosen.append(item)
            per_document[item.hit.document.id] += 1
    return chosen[: settings.max_quotes]


def thoughts_of(
    opened: OpenedBuild, question: str, chosen: Sequence[Evidence]
) -> dict[int, Evidence]:
    """The places as whole thoughts, by their number and in its order; what a better one holds is
    not quoted again, and one that shares words with it makes it longer."""
    names = list(dict.fromkeys(item.hit.document.id for item in chosen))
    both = zip(names, opened.cache.documents(names), strict=True)
    laid = {name: Laid(document.text, blocks) for name, (document, blocks) in both}
    grown: dict[int, Evidence] = {}
    for place in sorted(range(len(chosen)), key=lambda place: -chosen[place].score):
        item = chosen[place]
        if not any(_holds(other, item) for other in grown.values()):
            start, end = _within_list(item) or whole_thought(
                laid[item.hit.document.id], (item.start, item.end), question
            )
            whole = replace(item, start=start, end=end)
            shared = next((at for at, other in grown.items() if _overlap(other, whole)), place)
            grown[shared] = _joined(grown.get(shared, whole), whole)
    return {place: grown[place] for place in sorted(grown)}


def _overlap(other: Evidence, item: Evidence) -> bool:
    same = other.hit.document.id == item.hit.document.id
    return same and other.start < item.end and item.start < other.end


def _joined(better: Evidence, item: Evidence) -> Evidence:
    """The better place with all the words of both."""
    return replace(better, start=min(better.start, item.start), end=max(better.end, item.end))


def _within_list(item: Evidence) -> tuple[int, int] | None:
    """The list that is asked for, where the place stands in it."""
    held = item.listed and item.listed[0] <= item.start and item.end <= item.listed[1]
    return item.listed if held else None


def _holds(other: Evidence, item: Evidence) -> bool:
    same = other.hit.document.id == item.hit.document.id
    return same and other.start <= item.start and item.end <= other.end


def compose(
    question: Question,
    chosen: Agreed,
    hits: Sequence[Hit],
    opened: OpenedBuild,
    watch: Stopwatch,
) -> Answer:
    """The answer that quotes the chosen evidence, each with a citation of its own."""
    best = max(chosen.chosen, key=lambda item: item.score)
    thoughts = thoughts_of(opened, question.text, chosen.chosen)
    citations = tuple(
        _cite(opened, number, thought, chosen.others.get(place_of(chosen.chosen[place]), ()))
        for number, (place, thought) in enumerate(thoughts.items(), start=1)
    )
    return Answer(
        kind="quotes",
        question=question.text,
        standalone_question=question.text,
        confidence=confidence(best),
        reason=None,
        quotes=tuple(Quote(citation.quote, citation.number) for citation in citations),
        citations=citations,
        hits=tuple(hits),
        index=opened.info,
        took_ms=watch.elapsed_ms,
        stages=watch.stages,
    )


def scope_hint(scope: Scope | None, hint: str | None) -> str | None:
    """The hint of an answer, with what its question asked for and no document gave."""
    if scope is None or not scope.lifted:
        return hint
    asked = _(" and ").join(_("“%(word)s”", word=word) for word in scope.lifted)
    beyond = _("Nothing of %(asked)s answers this; the search went beyond it.", asked=asked)
    return " ".join(filter(None, [beyond, hint]))


def _cite(
    opened: OpenedBuild, number: int, evidence: Evidence, also_in: tuple[OtherSource, ...]
) -> Citation:
    document = opened.cache.document(evidence.hit.document.id)
    return Citation(
        number=number,
        passage_id=evidence.hit.passage.id,
        document=evidence.hit.document,
        heading_path=evidence.hit.passage.heading_path,
        page=page_at(document, evidence.start),
        quote=document.text[evidence.start : evidence.end],
        start=evidence.start,
        end=evidence.end,
        source_text=document.text,
        exact=evidence.exact,
        why=evidence.hit.why,
        also_in=also_in,
    )
