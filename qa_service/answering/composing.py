"""Evidence -> Answer: which places to cite, in which order, or a reason to decline."""

from __future__ import annotations

import time
from collections.abc import Sequence

from qa_service.answering.confidence import confidence
from qa_service.answering.dating import date_bonus, named_dates
from qa_service.answering.evidence import Evidence
from qa_service.config import Settings
from qa_service.indexing.opened import OpenedBuild
from qa_service.indexing.passages import page_at
from qa_service.indexing.terms import terms
from qa_service.schema import Answer, Citation, Hit, IndexInfo, Question, Quote, Reason

NO_EVIDENCE_HINT = (
    "The nearest passages are listed as such; other words, or a more exact question, may find more."
)
FURTHER_SHARE = 0.85
"""A further place is cited from this share of the best evidence's score."""


def choose_evidence(
    question: str, evidence: Sequence[Evidence], settings: Settings
) -> list[Evidence]:
    """What to cite, newest document first; empty where the best is not certain enough.

    `evidence` comes best first. Documents of the same date, and those of unknown date at
    the end, keep that order.
    """
    if not evidence or confidence(evidence[0]) < settings.minimum_confidence:
        return []
    strong = [item for item in evidence if item.score >= FURTHER_SHARE * evidence[0].score]
    strong = _on_the_subject(question, _of_named_dates(question, strong))
    chosen: list[Evidence] = []
    per_document: dict[str, int] = {}
    for item in strong:
        document = item.hit.document.id
        count = per_document.get(document, 0)
        new_document = count == 0 and len(per_document) < settings.max_documents
        if new_document or 0 < count < settings.max_quotes_per_document:
            chosen.append(item)
            per_document[document] = count + 1
    chosen = chosen[: settings.max_quotes]
    return sorted(chosen, key=lambda item: item.hit.document.date or "", reverse=True)


def _of_named_dates(question: str, evidence: list[Evidence]) -> list[Evidence]:
    """Only documents of the years or months the question names, where there are any."""
    named = named_dates(question)
    dated = [item for item in evidence if date_bonus(item.hit.document.date, named)]
    return dated or evidence


def _on_the_subject(question: str, evidence: list[Evidence]) -> list[Evidence]:
    """Drops what lacks a word that the question shares with the best document's title.

    So a question about one authority is not answered from its neighbour's report.
    """
    subject = set(terms(question)) & set(terms(evidence[0].hit.document.title))
    return [item for item in evidence if not item.absent & subject]


def compose(
    question: Question,
    chosen: Sequence[Evidence],
    hits: Sequence[Hit],
    opened: OpenedBuild,
    started: float,
) -> Answer:
    """The answer that quotes the chosen evidence, each with a citation of its own."""
    citations = tuple(_cite(opened, number, item) for number, item in enumerate(chosen, start=1))
    return Answer(
        question=question.text,
        standalone_question=question.text,
        answered=True,
        confidence=max(confidence(item) for item in chosen),
        reason=None,
        quotes=tuple(Quote(citation.quote, citation.number) for citation in citations),
        citations=citations,
        hits=tuple(hits),
        index=opened.info,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def decline(
    question: Question,
    reason: Reason,
    hint: str,
    hits: Sequence[Hit],
    index: IndexInfo,
    started: float,
    best_confidence: float = 0.0,
) -> Answer:
    """An answer that quotes nothing and says why. `started` is a perf_counter reading."""
    return Answer(
        question=question.text,
        standalone_question=question.text,
        answered=False,
        confidence=best_confidence,
        reason=reason,
        quotes=(),
        citations=(),
        hits=tuple(hits),
        index=index,
        took_ms=(time.perf_counter() - started) * 1000,
        hint=hint,
    )


def _cite(opened: OpenedBuild, number: int, evidence: Evidence) -> Citation:
    document = opened.store.document(evidence.hit.document.id)
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
    )
