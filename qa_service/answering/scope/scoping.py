"""Which documents the words of a question narrow the search to: by their dates and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.collection.catalogue import documents_on
from qa_service.answering.scope.document_dates import bearing_date
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.answers import Scope
from qa_service.nouns.dates import Period
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import DocumentReference, NamedDocuments, ParsedQuestion
from qa_service.nouns.questions import Filters, Question
from qa_service.understanding.times import joined, of_period

MOST_NAMED = 500
"""A name that more documents bear narrows nothing: their list would tell nobody anything."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A scope, and the filters that hold to it and to those that were asked for."""

    scope: Scope
    filters: Filters


@dataclass(frozen=True, slots=True)
class Narrowings:
    """What a question may be narrowed to, the narrowest first; `words` are all that ask for it.

    `names` are those of them that name documents: `titles`, `places` and bodies, and others.
    Without steps, words ask for what no document is. `tentative` where the question may mean
    something else by a date: it holds only if the best passage of all lies within.
    """

    steps: tuple[Narrowing, ...] = ()
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tentative: bool = False

    def lifted(self, kept: Sequence[str]) -> tuple[str, ...]:
        """The stretches that narrow no more where only these do."""
        return tuple(word for word in self.words if word not in kept)

    def settled(self, kept: tuple[str, ...]) -> tuple[str, ...]:
        """Of the stretches that narrow, those that no sentence needs to say.

        None where they are names of places and bodies alone: what is said of them says their
        names. With a date they pick a report, all of which is about them.
        """
        return () if {*kept} <= {*self.places} else kept

    def alone(self, kept: tuple[str, ...]) -> tuple[str, ...]:
        """Of the stretches that narrow, the names that are no titles where no others do."""
        return kept if {*kept} <= {*self.names} - {*self.titles} else ()


def narrowings(opened: OpenedBuild, question: Question, parsed: ParsedQuestion) -> Narrowings:
    """What the question's words may narrow the search to.

    Each step holds some passages, and not all that the question's own filters let through.
    A year counts where the question says that reports of it are meant (“the 2016 report”),
    asks what they said (“what did inspectors find in 2016”), or names whose they are; never
    where it is a law's. Other years only move documents of their date up (dating.py).
    """
    if not question.scope:
        return Narrowings()
    named = _named(parsed)
    period, tentative = _meant(parsed, bool(named))
    scopes = list(_scopes(opened, named, period, parsed.speaks_of))
    found = (_narrowing(opened, scope, question.filters) for scope in scopes)
    steps = tuple(step for step in found if step)
    if steps:
        names, titles, places = (
            tuple(item.words for item in kind if item in named)
            for kind in (named, parsed.titles, parsed.places)
        )
        return Narrowings(steps, scopes[0].words, names, titles, places, tentative)
    missing = period is not None and period.of_reports and _is_empty(opened, scopes[0])
    return Narrowings(words=scopes[0].words) if missing else Narrowings()


def compared_scopes(opened: OpenedBuild, parsed: ParsedQuestion) -> list[Scope]:
    """What the words of a question may limit a comparison over time to, the narrowest first.

    A year alone is the one from which on, unless places are compared; of several years each is
    meant, and none between.

    Each of them says what of the first is lifted.
    """
    periods = [_with_what_was_before(period) for period in parsed.periods]
    of_year = len(periods) == 1 and periods[0].is_of_years and not periods[0].ranging
    if of_year and len(parsed.places) < 2:
        periods = [replace(periods[0], last=None, ranging=True)]
    scopes = list(_scopes(opened, _named(parsed), joined(periods) if periods else None))
    if scopes and scopes[0].documents and not any(period.ranging for period in periods):
        scopes.insert(0, _of_each(opened, scopes[0], periods))
    words = scopes[0].words if scopes else ()
    return [
        replace(scope, lifted=tuple(word for word in words if word not in scope.words))
        for scope in scopes
    ]


def _of_each(opened: OpenedBuild, scope: Scope, periods: Sequence[Period]) -> Scope:
    """The documents of a scope that bear a date of any of the periods."""
    found = [it.id for each in periods for it in bearing_date(opened, scope.documents, each)]
    return replace(scope, filters=Filters(document_ids=tuple(dict.fromkeys(found))))


def _with_what_was_before(period: Period) -> Period:
    """A period that begins after a year, with that year: what changed after it is asked."""
    if not (period.ranging and period.last is None and period.first):
        return period
    year = int(period.first[:4]) - period.words.lower().startswith(("after", "later"))
    return replace(period, first=f"{year}-01-01")


def _named(parsed: ParsedQuestion) -> list[NamedDocuments]:
    """The documents named by title, place, body or subject, where that tells something."""
    found = [*parsed.titles, *parsed.places, *parsed.subjects]
    return [item for item in found if len(item.document_ids) <= MOST_NAMED]


def _meant(parsed: ParsedQuestion, named: bool) -> tuple[Period | None, bool]:
    """The period that documents should be of, if any, and whether that is uncertain."""
    periods = parsed.periods
    of_reports = [period for period in periods if period.of_reports]
    if of_reports:
        return joined(of_reports), False
    tied = [period for period in periods if named or not period.loose]
    if tied and (named or parsed.of_documents):
        return joined(tied), False
    ranging = [period for period in periods if period.ranging]
    return (joined(ranging), True) if ranging else (None, False)


def _scopes(
    opened: OpenedBuild,
    named: Sequence[NamedDocuments],
    period: Period | None,
    spoken: DocumentReference | None = None,
) -> Iterator[Scope]:
    """By the documents spoken of, such as the newest of what is named; by name and date, then
    with the whole year of a month; then by name alone."""
    ids = named_together(named)
    documents = tuple(opened.summaries(ids))
    names = tuple(item.words for item in named)
    if spoken and (meant := _meant_by(opened, spoken, documents, period)):
        dates = (period.words,) if period else ()
        others = tuple(word for word in (*names, *dates) if word not in spoken.words)
        yield Scope(_of(meant), meant, (spoken.words, *others))
    for when in _times(period):
        yield Scope(_dated(opened, documents, when), documents, (*names, when.words))
    if named:
        yield Scope(_of(documents), documents, names)


def _dated(opened: OpenedBuild, documents: Sequence[DocumentSummary], period: Period) -> Filters:
    """What is of a period: of documents named, those that bear any date of a year or month."""
    of_it = () if period.ranging else bearing_date(opened, documents, period)
    if of_it:
        return _of(of_it)
    return replace(_of(documents), date_from=period.first, date_to=period.last)


def _times(period: Period | None) -> tuple[Period, ...]:
    """A period and, of a month, its year; not of “before May 2016”, which has an end."""
    if period is None:
        return ()
    return (period,) if period.ranging else tuple(dict.fromkeys((period, period.year)))


def _meant_by(
    opened: OpenedBuild,
    spoken: DocumentReference,
    named: Sequence[DocumentSummary],
    period: Period | None,
) -> tuple[DocumentSummary, ...]:
    """Those on the topic, or named, or all, of the period; none where they are too many."""
    about = documents_on(opened, spoken.noun, spoken.topic) if spoken.topic else named
    dated = of_period(about or opened.catalogue, period)
    meant = spoken.among(dated)
    return meant if len(meant) <= MOST_NAMED else ()


def _of(documents: Sequence[DocumentSummary]) -> Filters:
    return Filters(document_ids=tuple(document.id for document in documents))


def _is_empty(opened: OpenedBuild, scope: Scope) -> bool:
    return opened.info.passages > 0 and not opened.count(scope.filters)


def _narrowing(opened: OpenedBuild, scope: Scope, asked: Filters) -> Narrowing | None:
    """None where nothing of the scope may be searched, or all that may be is of it."""
    filters = scope.filters.both(asked)
    if filters is None:
        return None
    narrows = 0 < opened.count(filters) < opened.count(asked)
    return Narrowing(scope, filters) if narrows else None
