"""A table of facts as the answer to a question."""

from __future__ import annotations

from qa_service.answering.collection.fact_tables import facts_table
from qa_service.answering.collection.facts import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder
from qa_service.nouns.answers import Answer, Quote
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Question


def facts_answer(question: Question, parsed: ParsedQuestion, finder: Finder) -> Answer | None:
    """The table that a question across documents asks for, with the nearest passages beside it.

    Every cell's line is quoted. None where the question asks for anything else.
    """
    with finder.watch.stage("facts"):
        tabled = facts_table(finder.opened, parsed, question.filters)
    if tabled is None:
        return None
    hits = finder.others(question.filters, (), question.limit)
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
