"""A question that takes something for granted which the documents' own facts deny."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.collection.fact_matching import Match, matches
from qa_service.answering.collection.fact_tables import are_of, asked_documents
from qa_service.answering.collection.stated_facts import fact_citation
from qa_service.answering.declining.decline import decline
from qa_service.answering.evidence.finding import Finder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import DocumentSummary, StoredFact
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Question
from qa_service.stems import terms
from qa_service.translation.catalogue import _

HEAD_ROWS = 3
"""The first passages of a document say what it found."""


def contradicted(question: Question, parsed: ParsedQuestion, finder: Finder) -> Answer | None:
    """No answer, as a fact of the documents asked about says otherwise; None where none does.

    “Why was the inn of Millford judged poor?” is contradicted where that inn's reports state
    grades, none of them poor, and do not begin with that word.
    """
    named = parsed.places or parsed.titles
    if not (parsed.expectation.reasons and parsed.facts and named):
        return None
    opened = finder.opened
    documents = are_of(asked_documents(opened, parsed, question.filters), parsed.periods)
    denying = _denying(opened, parsed, documents)
    if denying is None:
        return None
    document, fact = denying
    citation = fact_citation(opened, 1, document, fact)
    hint = _(
        "The documents say otherwise: “%(quote)s” (%(title)s).",
        quote=citation.quote,
        title=document.title,
    )
    hits = finder.others(question.filters, (), question.limit)
    answer = decline(question, "no_evidence", hint, hits, opened.info, finder.watch)
    return replace(answer, contradicted_by=citation)


def _denying(
    opened: OpenedBuild, parsed: ParsedQuestion, documents: Sequence[DocumentSummary]
) -> tuple[DocumentSummary, StoredFact] | None:
    """The newest document's fact that says something else than the question takes for granted."""
    asked = replace(parsed.facts, which=True, graded=True) if parsed.facts else None
    if asked is None or not documents:
        return None
    found = matches(opened.fact_labels, parsed, asked, opened.title_stems.common, comparing=True)
    graded = [match for match in found if match.value and match.label.is_graded]
    ids = {document.id for document in documents}
    if any(_says(match, ids) for match in graded) or _begin_with(opened, graded, ids):
        return None
    stated = ((item, match.label.facts.get(item.id)) for match in graded for item in documents)
    return next(((item, facts[0]) for item, facts in stated if facts), None)


def _says(match: Match, ids: set[str]) -> bool:
    """Whether one of the documents says what is taken for granted, of this label."""
    held = (fact for name in ids for fact in match.label.facts.get(name, ()))
    return any({*match.value} <= {*terms(fact.fact.value)} for fact in held)


def _begin_with(opened: OpenedBuild, graded: Sequence[Match], ids: set[str]) -> bool:
    """Whether a document says the words where it begins, though in no fact."""
    stems = {stem for match in graded for stem in match.value}
    if not stems:
        return False
    first = opened.first_of_documents(opened.rows_with(stems), HEAD_ROWS)
    return any(passage.document_id in ids for passage in opened.store.passages(first))
