"""A question across documents -> a table of their facts: a row each, every cell cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa_service.answering.collection.fact_matching import Match, matches
from qa_service.answering.collection.fact_rows import Row, Tabled, cited, ordered
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.dates import Period, years_in
from qa_service.nouns.documents import DocumentSummary, StoredFact
from qa_service.nouns.parsed_question import FactsOrder, FactsQuestion, ParsedQuestion
from qa_service.nouns.questions import Filters
from qa_service.stems import terms
from qa_service.translation.catalogue import _, number_words

MOST_COLUMNS = 4
MOST_OTHERS = 100
"""Rows beside those that answer; more are in `GET /api/facts`."""
NAMED_SHARE = 0.5
"""Of a label so much must be named to be asked for; all of it where nothing else says so."""
NEARLY, APART_SHARE = 0.75, 0.2


def facts_table(opened: OpenedBuild, parsed: ParsedQuestion, filters: Filters) -> Tabled | None:
    """The facts that a question asks for across documents; None where it asks anything else.

    It does where each of its words is one of a label, of a value, of what documents are on or
    called, or of asking; where it names documents, only of these, of two at least.
    """
    asked = parsed.facts
    if asked is None or parsed.unknown:
        return None
    documents = asked_documents(opened, parsed, filters)
    if len(documents) < 2:
        return None
    found = matches(opened.fact_labels, parsed, asked, opened.title_stems.common)
    chosen = _chosen(found, parsed, asked, documents)
    if not chosen:
        return None
    called = frozenset(stem for noun in asked.nouns if noun.isupper() for stem in terms(noun))
    documents = _of_kind(documents, chosen[0].titled | called)
    return _tabled(opened, chosen, parsed, asked, documents)


def compared_facts(
    opened: OpenedBuild,
    parsed: ParsedQuestion,
    sides: Sequence[Sequence[DocumentSummary]],
) -> Tabled | None:
    """What the sides of a comparison state of what may be unlike in them.

    That is the label that the question names or, where it names no subject, the one of the
    whole. Of each side, its documents newest first, one speaks: the newest that states it. None
    where no side does.
    """
    documents = [document for side in sides for document in side]
    if parsed.facts is None or not documents:
        return None
    asked = replace(parsed.facts, graded=True, order=FactsOrder(ascending=True))
    found = matches(opened.fact_labels, parsed, asked, opened.title_stems.common, comparing=True)
    names_something = any(match.share for match in found)
    fitting = [
        match
        for match in found
        if not match.value and (match.share if names_something else match.label.of_whole)
        if match.label.of_whole or match.label.is_graded
        if any(document.id in match.label.facts for document in documents)
    ]
    most = max((match.named for match in fitting), default=0)
    telling = [match for match in fitting if match.named == most]
    speaking = [(_stating(telling, side) or list(side))[0] for side in sides]
    chosen = _of_each(telling, speaking)
    if not chosen:
        return None
    timeless = replace(parsed, periods=())
    return _tabled(opened, chosen, timeless, replace(asked, latest=False), speaking)


def _of_each(telling: Sequence[Match], documents: Sequence[DocumentSummary]) -> list[Match]:
    """Of each document the first label that it states: what one calls leadership may be called
    otherwise in the next."""
    of_each = (
        next((match for match in telling if document.id in match.label.facts), None)
        for document in documents
    )
    return list({match.label.name: match for match in of_each if match}.values())[:MOST_COLUMNS]


def asked_documents(
    opened: OpenedBuild, parsed: ParsedQuestion, filters: Filters
) -> list[DocumentSummary]:
    """The documents asked about, newest first."""
    named = [*parsed.titles, *parsed.places]
    ids = named_together(named)
    documents = [
        item for item in opened.catalogue if filters.admits(item) and (not named or item.id in ids)
    ]
    return sorted(documents, key=lambda item: (item.date or "", item.title), reverse=True)


def _of_kind(documents: list[DocumentSummary], stems: frozenset[str]) -> list[DocumentSummary]:
    """Those whose title has words of the question that most titles lack: “leave policies”."""
    titles = [{*terms(item.title)} for item in documents]
    telling = {stem for stem in stems if 2 * sum(stem in title for title in titles) < len(titles)}
    return [item for item, title in zip(documents, titles, strict=True) if title >= telling]


def _stating(
    chosen: Sequence[Match], documents: Sequence[DocumentSummary]
) -> list[DocumentSummary]:
    """The documents that state one of the labels, whatever they say of it."""
    return [item for item in documents if any(item.id in match.label.facts for match in chosen)]


def _latest(opened: OpenedBuild, documents: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    """The first of each place or body; all of no place."""
    first: dict[str, DocumentSummary] = {}
    for item in documents:
        place = next(iter(opened.names.named_in(item.title)), None)
        first.setdefault(place.words if place else item.id, item)
    return list(first.values())


def _chosen(
    found: Sequence[Match],
    parsed: ParsedQuestion,
    asked: FactsQuestion,
    documents: Sequence[DocumentSummary],
) -> list[Match]:
    """The columns: the best label, or several that the question fits as well."""
    named = bool(parsed.places or parsed.titles)
    wanted = [
        match
        for match in found
        if _is_asked(match, parsed, asked, named=named)
        if any(_fact(match, item, asked, parsed.periods) for item in documents)
    ]
    if wanted and (wanted[0].share or wanted[0].label.of_whole):
        return [wanted[0], *_other_names(wanted)]
    return sorted(wanted, key=lambda match: -len(match.label.facts))[:MOST_COLUMNS]


def _other_names(wanted: Sequence[Match]) -> list[Match]:
    """Labels that the question fits nearly as well, or names as much of, in documents that do not
    state the best: what is asked for, as documents of another time name it."""
    best = wanted[0]
    near = (
        match
        for match in wanted[1:]
        if match.share >= NEARLY * best.share > 0 or match.named == best.named > 1
    )
    others = [match for match in near if _stand_apart(match.label.facts, best.label.facts)]
    return [] if best.value or best.share == 1 else others[:1]


def _stand_apart(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether hardly any document is among both."""
    return len(one.keys() & other.keys()) <= APART_SHARE * len(one)


def _is_asked(match: Match, parsed: ParsedQuestion, asked: FactsQuestion, *, named: bool) -> bool:
    """Whether the question wants this label's values, or the documents of one."""
    if match.value:
        sure = asked.graded or match.share > 0 or match.is_whole_value
        wanted = asked.which or asked.counted
        return wanted and sure and bool(asked.nouns or match.share or not named)
    if asked.is_bounded:
        return asked.which and match.share > 0
    if match.headed or (asked.graded and (match.share > 0 or match.label.of_whole)):
        return named or asked.each or (asked.which and asked.graded)
    kind = parsed.asks in ("who", "when", "how many")
    if match.share >= NAMED_SHARE and (asked.each or (named and kind and not match.titled)):
        return True
    if match.label.is_dated and parsed.periods:
        return asked.which and match.share >= NAMED_SHARE
    return match.share == 1 and (asked.each or named)


def _tabled(
    opened: OpenedBuild,
    chosen: Sequence[Match],
    parsed: ParsedQuestion,
    asked: FactsQuestion,
    documents: Sequence[DocumentSummary],
) -> Tabled | None:
    if asked.latest:
        documents = _latest(opened, _stating(chosen, are_of(documents, parsed.periods)))
    rows = [
        (item, [_fact(match, item, asked, parsed.periods) for match in chosen])
        for item in documents
    ]
    rows = [row for row in rows if any(row[1])]
    if parsed.periods and not chosen[0].label.is_dated:
        documents = are_of(documents, parsed.periods)
    one_is_enough = asked.graded and len(documents) > 1
    narrowed = _narrows(chosen[0], parsed, asked)
    if len(rows) < (1 if one_is_enough or narrowed else 2):
        return None
    hint = _hint(chosen, len(rows), documents)
    held = [at for at in range(len(chosen)) if any(row[1][at] for row in rows)]
    names = [chosen[at].label.name for at in held]
    rows = [(document, [facts[at] for at in held]) for document, facts in rows]
    others = _others([chosen[at] for at in held], rows, documents) if narrowed else []
    others = ordered(others, asked.order)[:MOST_OTHERS]
    return cited(opened, names, ordered(rows, asked.order), others, hint)


def _others(
    chosen: Sequence[Match], rows: Sequence[Row], documents: Sequence[DocumentSummary]
) -> list[Row]:
    """The documents that state one of the labels and are in no row, with what they say of each."""
    known = {document.id for document, _ in rows}
    return [
        (item, [next(iter(match.label.facts.get(item.id, ())), None) for match in chosen])
        for item in _stating(chosen, documents)
        if item.id not in known
    ]


def _narrows(best: Match, parsed: ParsedQuestion, asked: FactsQuestion) -> bool:
    """Whether the documents of some values are asked for, be it one, and not every value."""
    dated = best.label.is_dated and asked.which and bool(parsed.periods)
    return bool(best.value) or asked.is_bounded or dated


def _fact(
    match: Match, document: DocumentSummary, asked: FactsQuestion, periods: Sequence[Period]
) -> StoredFact | None:
    """The document's first fact of the label that says what is asked for.

    A period is one of the values where they are dates, else of the document.
    """
    facts = match.label.facts.get(document.id, ())
    if periods and match.label.is_dated and asked.which:
        facts = tuple(fact for fact in facts if _is_within(fact.fact.date, periods))
    elif periods and not _is_of(document, periods):
        return None
    return next((each for each in facts if match.holds(each, asked)), None)


def _is_within(date: str | None, periods: Sequence[Period]) -> bool:
    return any(period.holds(date) for period in periods)


def are_of(
    documents: Sequence[DocumentSummary], periods: Sequence[Period]
) -> list[DocumentSummary]:
    """The documents of one of the periods, in their order; all where there is none."""
    return [item for item in documents if not periods or _is_of(item, periods)]


def _is_of(document: DocumentSummary, periods: Sequence[Period]) -> bool:
    """Whether a document is of a period by its date, or by a year that its file name has."""
    if _is_within(document.date, periods):
        return True
    years = years_in(f"{document.title} {document.source}")
    return any(not period.ranging and (period.first or "")[:4] in years for period in periods)


def _hint(chosen: Sequence[Match], rows: int, documents: Sequence[DocumentSummary]) -> str:
    """How many documents state it, and how many of them say what is asked for."""
    stating = len(_stating(chosen, documents))
    label = _("“%(word)s”", word=chosen[0].label.name) if len(chosen) == 1 else _("this")
    if rows < stating:
        return _(
            "%(number)s of the %(total)s documents that state %(label)s.",
            number=number_words(rows),
            total=number_words(stating),
            label=label,
        )
    if stating == len(documents):
        return ""
    return _(
        "%(number)s of %(total)s documents state %(label)s.",
        number=number_words(stating),
        total=number_words(len(documents)),
        label=label,
    )
