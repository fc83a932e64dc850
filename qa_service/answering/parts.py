"""Several questions in one message: their answers as one, its citations numbered through."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from qa_service.nouns.answers import Answer, Citation, FactCell, FactsRow, FactsTable
from qa_service.nouns.results import Hit


def answer_in_parts(question: str, answers: Sequence[Answer], limit: int = 5) -> Answer:
    """One answer that holds those given, at least one, in order.

    Its kind is that of the first part that is answered; where none is, its kind and reason are
    those of the first. Its confidence is the lowest of the parts that are answered, and its hits
    are the `limit` best of all parts, each once.
    """
    parts = _numbered_through(answers)
    first = next((part for part in parts if part.answered), parts[0])
    given = [part.confidence for part in parts if part.answered]
    return Answer(
        kind=first.kind,
        question=question,
        standalone_question=" ".join(part.standalone_question for part in parts),
        confidence=min(given, default=first.confidence),
        reason=first.reason,
        quotes=tuple(quote for part in parts for quote in part.quotes),
        citations=tuple(citation for part in parts for citation in part.citations),
        hits=_hits(parts, limit),
        index=first.index,
        took_ms=max(part.took_ms for part in parts),
        stages=parts[-1].stages,
        hint=first.hint,
        corrections=tuple(item for part in parts for item in part.corrections),
        missing=tuple(item for part in parts for item in part.missing),
        nearest=tuple(item for part in parts for item in part.nearest),
        parts=parts,
    )


def _hits(parts: Sequence[Answer], limit: int) -> tuple[Hit, ...]:
    best: dict[str, Hit] = {}
    for hit in sorted((hit for part in parts for hit in part.hits), key=lambda hit: -hit.score):
        best.setdefault(hit.passage.id, hit)
    shown = list(best.values())[:limit]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(shown, start=1))


def _numbered_through(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    numbered, before = [], 0
    for answer in answers:
        numbered.append(numbered_after(answer, before))
        before += len(answer.citations)
    return tuple(numbered)


def numbered_after(answer: Answer, before: int) -> Answer:
    """The answer, its citations counted from behind `before`, and all that names them."""
    numbers: dict[int | None, int] = {
        citation.number: place for place, citation in enumerate(answer.citations, start=before + 1)
    }
    return replace(
        answer,
        quotes=tuple(replace(quote, citation=numbers[quote.citation]) for quote in answer.quotes),
        citations=tuple(_numbered(item, numbers[item.number]) for item in answer.citations),
        timeline=answer.timeline
        and tuple(replace(it, citation=numbers.get(it.citation)) for it in answer.timeline),
        facts=answer.facts and _facts(answer.facts, numbers),
    )


def _numbered(citation: Citation, number: int) -> Citation:
    """The citation under another number. Its text was checked when it was made, and is not at
    hand any more, so that it cannot be made again."""
    other = copy(citation)
    object.__setattr__(other, "number", number)
    return other


def _facts(facts: FactsTable, numbers: dict[int | None, int]) -> FactsTable:
    def cell(old: FactCell | None) -> FactCell | None:
        return old and replace(old, citation=numbers[old.citation])

    rows = (FactsRow(row.document, tuple(map(cell, row.cells))) for row in facts.rows)
    return replace(facts, rows=tuple(rows))
