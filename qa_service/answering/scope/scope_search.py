"""Finding within what a question's own words narrow the search to, or wider where that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa_service.answering.collection.facts import with_stated_fact
from qa_service.answering.earlier_replies import quoted_documents
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.answering.scope.document_dates import newest_dates
from qa_service.answering.scope.scoping import Narrowing, Narrowings, narrowings
from qa_service.nouns.answers import Scope
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import NO_FILTERS, Filters, Question
from qa_service.stems import terms

MOST_QUOTED = 3
"""A reply that quotes more documents keeps a talk on none of them."""
STAYING_SHARE = 0.6
"""Of how sure the best answer of all is, that of the documents quoted last must be."""


def find_in_scope(
    finder: Finder, question: Question, parsed: ParsedQuestion
) -> tuple[Found, Scope | None]:
    """What the narrowest scope answers; a wider one only where that answers and it does not.

    So a scope never takes an answer away: where nothing within is evidence, it is lifted,
    and says so. A place or a body is lifted only for a passage that speaks of it. The hits
    of a scope too small for the question's limit are filled up from all.
    """
    with finder.watch.stage("scope"):
        narrowed = narrowings(finder.opened, question, parsed)
    if narrowed.tentative and not _is_supported(finder, question, narrowed):
        narrowed = Narrowings()
    first: tuple[Found, Scope] | None = None
    for step in narrowed.steps:
        found, scope = _found_within(finder, question, parsed, narrowed, step)
        if found.chosen:
            return _filled(finder, found, question), scope
        first = first or (found, scope)
    return _found_beyond(finder, question, narrowed, first)


def _found_within(
    finder: Finder,
    question: Question,
    parsed: ParsedQuestion,
    narrowed: Narrowings,
    step: Narrowing,
) -> tuple[Found, Scope]:
    """What one scope holds."""
    words = step.scope.words
    within = finder.settling(narrowed.settled(words)).within(narrowed.alone(words))
    if {*words} <= {*narrowed.places}:
        within = _leaning(within, question, parsed, step.scope.documents)
    scope = replace(step.scope, lifted=narrowed.lifted(words))
    found = within.find(step.filters, question.limit, narrowed.words)
    if not found.chosen and not scope.lifted:
        found = with_stated_fact(finder, found, scope, parsed, question.filters)
    return found, scope


def _found_beyond(
    finder: Finder, question: Question, narrowed: Narrowings, first: tuple[Found, Scope] | None
) -> tuple[Found, Scope | None]:
    """What all documents hold, where no scope answers; `first` is what the narrowest held."""
    found = finder.find(question.filters, question.limit)
    if first is None:
        found = found if narrowed.words else _staying(finder, question, found)
        return found, Scope(NO_FILTERS, (), (), narrowed.words) if narrowed.words else None
    if found.chosen and not narrowed.titles and _speaks_of(narrowed.names, found):
        return found, Scope(NO_FILTERS, (), (), lifted=narrowed.words)
    return _filled(finder, first[0], question), first[1]


def _leaning(
    finder: Finder,
    question: Question,
    parsed: ParsedQuestion,
    documents: Sequence[DocumentSummary],
) -> Finder:
    """The finder with the dates that a question may mean, though it names none: that of the newest
    document where it asks how things are, and in a talk those of the documents quoted last."""
    newest = newest_dates(finder.opened, parsed, documents) if parsed.of_now else ()
    last = question.history[-1] if question.history else None
    said = last.text if last and last.role == "assistant" else ""
    quoted = quoted_documents(finder.opened, parsed.places, said) if said else ()
    within = {item.id for item in documents}
    dates = [item.date[:7] for item in quoted if item.date and item.id in within]
    if not dates:
        return finder.leaning_to(newest)
    told = (part for date in dates for part in (date[:4], date))
    return finder.preferring(tuple(dict.fromkeys([*newest, *told])))


def _staying(finder: Finder, question: Question, found: Found) -> Found:
    """What the documents quoted last answer, where that is nearly as sure as what all do."""
    last = question.history[-1] if question.history else None
    if last is None or last.role == "user" or question.filters.document_ids:
        return found
    quoted = quoted_documents(finder.opened, (), last.text)
    if not 0 < len(quoted) <= MOST_QUOTED:
        return found
    named = Filters(document_ids=tuple(document.id for document in quoted))
    filters = named.both(question.filters)
    within = finder.find(filters, question.limit) if filters else found
    stays = within.chosen and within.confidence >= STAYING_SHARE * found.confidence
    return _filled(finder, within, question) if stays else found


def _is_supported(finder: Finder, question: Question, narrowed: Narrowings) -> bool:
    """Whether the best passage of all lies within the narrowest scope."""
    hits = finder.ranked(question.filters, question.limit)
    rows = np.array([hit.passage.row for hit in hits[:1]], np.int64)
    return len(finder.opened.among(rows, narrowed.steps[0].filters)) > 0


def _speaks_of(names: Sequence[str], found: Found) -> bool:
    """Whether what would be cited holds the names that the scope was made of, if any."""
    stems = set(terms(" ".join(names)))
    return not any(stems & evidence.absent for evidence in found.chosen)


def _filled(finder: Finder, found: Found, question: Question) -> Found:
    lacking = question.limit - len(found.hits)
    if lacking <= 0:
        return found
    others = finder.others(question.filters, found.hits, question.limit)
    return replace(found, hits=(*found.hits, *others))
