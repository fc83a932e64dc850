"""A table of facts as the answer to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.collection.fact_rows import Tabled
from qa_service.answering.collection.fact_tables import facts_table
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.parts import numbered_after
from qa_service.nouns.answers import Answer, Quote
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Question
from qa_service.nouns.results import Hit


def facts_answer(question: Question, parsed: ParsedQuestion, finder: Finder) -> Answer | None:
    """The table that a question across documents asks for, with the nearest passages beside it.

    Every cell's line is quoted. None where the question asks for anything else.
    """
    with finder.watch.stage("facts"):
        tabled = facts_table(finder.opened, parsed, question.filters)
    if tabled is None:
        return None
    hits = finder.others(question.filters, (), question.limit)
    return _answer(question, tabled, hits, finder)


def with_facts(answer: Answer, tabled: Tabled | None, question: Question, finder: Finder) -> Answer:
    """A comparison with the facts that its documents state, first of all; they alone where
    nothing else answers."""
    if tabled is None:
        return answer
    alone = _answer(question, tabled, answer.hits, finder)
    if not answer.answered:
        return replace(alone, kind="comparison", timeline=answer.timeline, scope=answer.scope)
    after = numbered_after(answer, len(alone.citations))
    return replace(
        after,
        quotes=(*alone.quotes, *after.quotes),
        citations=(*alone.citations, *after.citations),
        facts=tabled.table,
    )


def _answer(question: Question, tabled: Tabled, hits: Sequence[Hit], finder: Finder) -> Answer:
    return Answer(
        kind="facts",
        question=question.text,
        standalone_question=question.text,
        confidence=STATED_CONFIDENCE,
        reason=None,
        quotes=tuple(Quote(citation.quote, citation.number) for citation in tabled.citations),
        citations=tabled.citations,
        hits=tuple(hits),
        index=finder.opened.info,
        took_ms=finder.watch.elapsed_ms,
        stages=finder.watch.stages,
        hint=tabled.hint or None,
        facts=tabled.table,
    )
