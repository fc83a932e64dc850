"""What a question names that the collection does not have, and what it has in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.declining.decline import decline
from qa_service.answering.evidence.finding import Finder
from qa_service.answering.spelling import is_foreign
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.answers import Alternative, Answer
from qa_service.nouns.dates import Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Question
from qa_service.translation.catalogue import _

MOST_NEAREST = 5
HEAD_ROWS = 3
"""The first passages of a document say when it was made."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Names or a year that no document has, a sentence that says so, and what there is."""

    names: tuple[str, ...]
    hint: str
    nearest: tuple[Alternative, ...] = ()


def missing_of(opened: OpenedBuild, parsed: ParsedQuestion) -> Missing | None:
    """What a question names that is not there; None where nothing is missing, or where its words
    are of another language, which no document could have for names."""
    if is_foreign(parsed.text):
        return None
    if parsed.unknown:
        return _without_names(opened, parsed)
    periods = [period for period in parsed.periods if not period.ranging or period.of_reports]
    compares = parsed.asks == "comparison"
    if not periods or not (compares or len(periods) == len(parsed.periods) == 1):
        return None
    named = [*parsed.titles, *parsed.places]
    documents = opened.summaries(named_together(named)) if named else opened.catalogue
    absent = (period for period in periods if _is_absent(opened, documents, period, parsed))
    period = next(absent, None)
    if period is None:
        return None
    titled = [place for item in parsed.titles for place in opened.names.named_in(item.words)]
    on = [item.words for item in parsed.places or titled]
    return _without_year(documents, period, on)


def _is_absent(
    opened: OpenedBuild,
    documents: Sequence[DocumentSummary],
    period: Period,
    parsed: ParsedQuestion,
) -> bool:
    """Whether none of the documents asked about is of a period that the question takes for one of
    theirs."""
    named = bool(parsed.titles or parsed.places)
    spoken = parsed.asks != "comparison" and (parsed.of_documents or period.loose)
    of_reports = period.of_reports or (named and spoken)
    if not documents or not (named or of_reports):
        return False
    return not _is_there(opened, documents, period, of_reports=of_reports)


def not_there(question: Question, finder: Finder, missing: Missing) -> Answer:
    """No answer, as what the question names is not in the collection; the nearest passages."""
    hits = finder.others(question.filters, (), question.limit)
    index, watch = finder.opened.info, finder.watch
    answer = decline(question, "no_evidence", missing.hint, hits, index, watch)
    return replace(
        answer, reason="not_in_collection", missing=missing.names, nearest=missing.nearest
    )


def _is_there(
    opened: OpenedBuild, documents: Sequence[DocumentSummary], period: Period, *, of_reports: bool
) -> bool:
    """Whether a document is of the year, or says it: for reports, where they begin."""
    year = period if period.ranging else period.year
    if any(year.holds(document.date) for document in documents):
        return True
    if period.ranging:
        return False
    number = (period.first or period.last or "")[:4]
    if any(number in document.source + document.title for document in documents):
        return True
    ids = {document.id for document in documents}
    rows = opened.rows_with([number])
    if of_reports:
        rows = opened.first_of_documents(rows, HEAD_ROWS)
    return bool(ids & opened.documents_of(rows))


def _without_names(opened: OpenedBuild, parsed: ParsedQuestion) -> Missing:
    missing = parsed.unknown
    named = _(" or ").join(missing)
    there = [item.words for item in parsed.places] or _some_names(opened)
    some = _("; there are some on %(names)s", names=_listed(there)) if there else ""
    nearest = tuple(Alternative(words) for words in there[:MOST_NEAREST])
    return Missing(missing, _("No document on %(names)s%(some)s.", names=named, some=some), nearest)


def _some_names(opened: OpenedBuild) -> list[str]:
    """Places and bodies that documents are on, those with the most documents first."""
    found: dict[frozenset[str], str] = {}
    for document in opened.catalogue:
        for item in opened.names.named_in(document.title)[:1]:
            found.setdefault(item.document_ids, item.words)
    return [found[ids] for ids in sorted(found, key=lambda ids: (-len(ids), found[ids]))]


def _without_year(
    documents: Sequence[DocumentSummary], period: Period, named: Sequence[str]
) -> Missing:
    dated = sorted((d for d in documents if d.date), key=lambda document: document.date or "")
    years = sorted({document.date[:4] for document in dated if document.date})
    are = _years_words(years, named) if years else ""
    nearest = tuple(Alternative(d.title, d) for d in dated[-MOST_NEAREST:])
    ranging = _("None %(period)s%(others)s.", period=period.words.lower(), others=are)
    of_it = _("None of %(period)s%(others)s.", period=period.words, others=are)
    return Missing((period.words,), ranging if period.ranging else of_it, nearest)


def _years_words(years: Sequence[str], named: Sequence[str]) -> str:
    of = _listed(years)
    if not named:
        return _(": the documents are of %(years)s", years=of)
    return _(
        ": the documents on %(names)s are of %(years)s", names=_(" and ").join(named), years=of
    )


def _listed(words: Sequence[str]) -> str:
    shown = list(words[:MOST_NEAREST])
    return _(" and ").join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
