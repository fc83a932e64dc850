"""Every date that a document bears: its own, and those that its name and its first facts say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.dates import YEAR, Period, years_in
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.reading.metadata.stated_dates import is_of_another_time
from qa_service.stems import terms

HEAD_ROWS = 2
"""The first passages of a document say when it was made."""
_WORDS = re.compile(r"[\W_]+")
_NAMED = re.compile(rf"(?<!\d)({YEAR})(?:-([01]\d)(?:-([0-3]\d))?)?(?!\d)")


def bearing_date(
    opened: OpenedBuild, documents: Sequence[DocumentSummary], period: Period
) -> tuple[DocumentSummary, ...]:
    """Those of some documents that are of a period by any of their dates.

    A report on an inspection of 2017 that was published in 2018 is of both years; one that is
    titled “2017” is of that year alone, beside one titled “2018”.
    """
    stated = _stated(opened, documents)
    whole = period.is_of_years
    of_it = tuple(
        item
        for item in documents
        for dates in [(item.date or "", *_named(item), *stated[item.id])]
        if any(period.holds(date) for date in dates if whole or len(date) > len("2016"))
    )
    titled = {item.id: years_in(item.title) for item in of_it}
    if not any(period.holds(year) for years in titled.values() for year in years):
        return of_it
    return tuple(
        item for item in of_it if not titled[item.id] or any(map(period.holds, titled[item.id]))
    )


def newest_dates(
    opened: OpenedBuild, parsed: ParsedQuestion, documents: Sequence[DocumentSummary]
) -> tuple[str, ...]:
    """Year and month of the newest of some documents that are of the kind that a question names.

    “SEND in Leeds” is of the report whose name says SEND, though others are newer.
    """
    asked = {stem for stem in terms(parsed.text) if opened.document_nouns.calls(stem)}
    held = [len(asked & {*terms(_WORDS.sub(" ", f"{it.title} {it.source}"))}) for it in documents]
    kind = [it.date for it, count in zip(documents, held, strict=True) if count == max(held)]
    newest = max(filter(None, kind), default="")
    return tuple(dict.fromkeys(filter(None, (newest[:4], newest[:7]))))


def _named(document: DocumentSummary) -> Iterator[str]:
    """Dates in a document's title and file name, in ISO 8601."""
    for text in (document.title, document.source):
        for found in _NAMED.finditer(text):
            yield "-".join(filter(None, found.groups()))


def _stated(
    opened: OpenedBuild, documents: Sequence[DocumentSummary]
) -> defaultdict[str, list[str]]:
    """The dates that documents state where they begin, but for those of another time."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for stored in opened.store.facts(document_ids=[item.id for item in documents]):
        fact, row = stored.fact, stored.row
        if fact.date is None or row is None or is_of_another_time(fact.label):
            continue
        if opened.begins_document(row, HEAD_ROWS):
            found[stored.document_id].append(fact.date)
    return found
