"""Answers to the questions of one message, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.answers import Answer, Citation, Quote, TimelineEntry
from qa_service.nouns.results import Hit


def joined(opened: OpenedBuild, typed: str, parts: Sequence[Answer], limit: int) -> Answer:
    """One answer that holds all that its parts quote, in order, its citations counted through.

    It is sure as the least sure of the parts that are answered; where none is, it is declined
    as the first.
    """
    numbered: list[Answer] = []
    for part in parts:
        numbered.append(_numbered(opened, part, sum(len(item.citations) for item in numbered)))
    answered = [part for part in numbered if part.answered]
    first = (answered or numbered)[0]
    return replace(
        first,
        question=typed,
        standalone_question=" ".join(part.standalone_question for part in numbered),
        confidence=min(part.confidence for part in answered or numbered),
        quotes=tuple(quote for part in numbered for quote in part.quotes),
        citations=tuple(citation for part in numbered for citation in part.citations),
        hits=_hits(numbered, limit),
        timeline=None,
        parts=tuple(numbered),
    )


def _numbered(opened: OpenedBuild, part: Answer, before: int) -> Answer:
    """A part whose citations count on from those before it."""
    return replace(
        part,
        citations=tuple(_moved(opened, citation, before) for citation in part.citations),
        quotes=tuple(Quote(quote.text, quote.citation + before) for quote in part.quotes),
        timeline=part.timeline
        and tuple(
            TimelineEntry(entry.document, entry.citation and entry.citation + before)
            for entry in part.timeline
        ),
    )


def _moved(opened: OpenedBuild, citation: Citation, by: int) -> Citation:
    text = opened.store.document(citation.document.id).text
    return replace(citation, number=citation.number + by, source_text=text)


def _hits(parts: Sequence[Answer], limit: int) -> tuple[Hit, ...]:
    """The best passages of all parts, each once, as many as asked for."""
    best: dict[str, Hit] = {}
    for hit in sorted((hit for part in parts for hit in part.hits), key=lambda hit: -hit.score):
        best.setdefault(hit.passage.id, hit)
    return tuple(
        replace(hit, rank=rank) for rank, hit in enumerate(list(best.values())[:limit], start=1)
    )
