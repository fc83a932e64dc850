"""Every place that mentions a word, a name or a phrase, in any form of its words, with accents
or without."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from weakref import WeakKeyDictionary

from qa_service.answering.collection.stretches import batched
from qa_service.answering.stopwatch import Stopwatch
from qa_service.deadline import in_time
from qa_service.errors import InputError
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.answers import Citation
from qa_service.nouns.documents import Document, DocumentSummary, Passage, page_at
from qa_service.nouns.lookups import Mentions
from qa_service.nouns.questions import NO_FILTERS, Filters
from qa_service.stems import placed_terms, terms, unaccented

MOST_PASSAGES = 50_000
"""Words that stand together in more passages are refused, as each of these is read."""
READ_AT_ONCE = 200
REMEMBERED = 8
"""Look-ups of a build whose places are kept, so that further pages of them take no time."""
_SENTENCE_ENDS = re.compile(r"[.!?]['\"’”)\]]*\s|\n\s*\n")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MentionPlace:
    """Where the words stand (start, end in the document), and in the passage of which row."""

    row: int
    start: int
    end: int


Places = dict[str, list[MentionPlace]]
"""The places in each document, by its id, in the order of its text."""
_kept: WeakKeyDictionary[OpenedBuild, dict[tuple[str, ...], Places]] = WeakKeyDictionary()
_keeping = Lock()


def find_mentions(
    opened: OpenedBuild,
    query: str,
    limit: int | None = None,
    cursor: str | None = None,
    filters: Filters = NO_FILTERS,
) -> Mentions:
    """Up to `limit` places, or all, from the one on that the cursor of an earlier page names.

    A place holds all words of the query in their order, in any form, with nothing but function
    words between them and no end of a sentence. Raises InputError for a query of function words
    alone, for one that stands almost everywhere, and for a cursor that leads nowhere, TookTooLong
    where a deadline is over.
    """
    watch = Stopwatch()
    found = _by_document(opened, query, filters)
    places = [(document, place) for document, held in found for place in held]
    first, last = page_of(opened, len(places), limit, cursor)
    return Mentions(
        query=query,
        counts={document.id: len(held) for document, held in found},
        citations=tuple(_cited(opened, places[first:last], first + 1)),
        cursor=cursor_to(opened, last, len(places)),
        index=opened.info,
        took_ms=watch.elapsed_ms,
    )


def plain_terms(query: str) -> tuple[str, ...]:
    """The stems that are looked for, without accents; none for function words alone."""
    return tuple(map(unaccented, terms(unicodedata.normalize("NFC", query))))


def places_in(text: str, stems: Sequence[str]) -> Iterator[Span]:
    """Where in a text the plain stems stand one after another within a sentence (start, end)."""
    words = placed_terms(text)
    plain = [unaccented(stem) for stem, _, _ in words]
    wanted = list(stems)
    for first in range(len(words) - len(wanted) + 1):
        if plain[first] != wanted[0] or plain[first : first + len(wanted)] != wanted:
            continue
        run = words[first : first + len(wanted)]
        if not _is_parted(text, run):
            yield run[0][1], run[-1][2]


def _is_parted(text: str, run: Sequence[tuple[str, int, int]]) -> bool:
    gaps = ((before[2], after[1]) for before, after in pairwise(run))
    return any(_SENTENCE_ENDS.search(text, end, start) for end, start in gaps)


def _by_document(
    opened: OpenedBuild, query: str, filters: Filters
) -> list[tuple[DocumentSummary, list[MentionPlace]]]:
    """The documents that mention the words, newest first, each with its places in order."""
    held = _places(opened, query)
    documents = newest_first(opened, held)
    return [(document, held[document.id]) for document in documents if filters.admits(document)]


def _places(opened: OpenedBuild, query: str) -> Places:
    """Every place of the words, found once for several pages."""
    stems = plain_terms(query)
    if not stems:
        raise InputError("q", "holds function words alone; name a thing, a person or a subject")
    with _keeping:
        kept = _kept.setdefault(opened, {})
    if stems not in kept:
        found = _all_places(opened, stems)
        with _keeping:
            while len(kept) >= REMEMBERED:
                del kept[next(iter(kept))]
            kept[stems] = found
        return found
    return kept.get(stems) or _all_places(opened, stems)


def _all_places(opened: OpenedBuild, stems: Sequence[str]) -> Places:
    rows = opened.rows_with_accents(stems)
    if len(rows) > MOST_PASSAGES:
        found = f"stands in {len(rows):,} passages"
        raise InputError("q", f"{found}; add a word to it, so that it is in {MOST_PASSAGES:,}")
    held: Places = {}
    for some in in_time(batched(rows.tolist(), READ_AT_ONCE)):
        for row, passage in zip(some, opened.store.passages(some), strict=True):
            for start, end in places_in(passage.text, stems):
                place = MentionPlace(row, passage.start + start, passage.start + end)
                held.setdefault(passage.document_id, []).append(place)
    return held


def newest_first(opened: OpenedBuild, ids: Iterable[str]) -> list[DocumentSummary]:
    """Documents of some ids by date, those without one at the end; by title within a date."""
    documents = sorted(opened.summaries(ids), key=lambda it: (it.title, it.id))
    return sorted(documents, key=lambda document: document.date or "", reverse=True)


def page_of(
    opened: OpenedBuild, total: int, limit: int | None, cursor: str | None
) -> tuple[int, int]:
    """Where a page begins and ends among so many entries. Raises InputError for its cursor."""
    first = _position(opened, cursor, total)
    return first, total if limit is None else min(first + limit, total)


def cursor_to(opened: OpenedBuild, last: int, total: int) -> str | None:
    """What leads to the entries behind a page; None where there are none."""
    return f"{opened.info.build}:{last}" if last < total else None


def _position(opened: OpenedBuild, cursor: str | None, total: int) -> int:
    if cursor is None:
        return 0
    build, _, position = cursor.rpartition(":")
    if build != opened.info.build:
        raise InputError("cursor", "is of another build of the index; begin again without it")
    if not re.fullmatch(r"[0-9]{1,9}", position) or int(position) >= total:
        raise InputError("cursor", "leads nowhere; send one that the page before gave")
    return int(position)


def _cited(
    opened: OpenedBuild, places: Sequence[tuple[DocumentSummary, MentionPlace]], first: int
) -> Iterator[Citation]:
    passages = opened.store.passages(place.row for _, place in places)
    document: Document | None = None
    held = in_time(zip(places, passages, strict=True))
    for number, (found, passage) in enumerate(held, start=first):
        summary, place = found
        if document is None or document.id != summary.id:
            document = opened.store.document(summary.id)
        yield _citation(number, summary, document, passage, place)


def _citation(
    number: int, summary: DocumentSummary, document: Document, passage: Passage, place: MentionPlace
) -> Citation:
    """The sentence of a place as the quote, its words marked; they alone where it has none."""
    start, end = _sentence_of(passage, place) or (place.start, place.end)
    return Citation(
        number=number,
        passage_id=passage.id,
        document=summary,
        heading_path=passage.heading_path,
        page=page_at(document, place.start),
        quote=document.text[start:end],
        start=start,
        end=end,
        source_text=document.text,
        exact=(place.start, place.end),
    )


def _sentence_of(passage: Passage, place: MentionPlace) -> Span | None:
    """The sentence of the passage that holds a place; None for one in a heading."""
    sentences = passage.sentences
    at = bisect_right([start for start, _ in sentences], place.start) - 1
    holds = at >= 0 and place.end <= sentences[at][1]
    return sentences[at] if holds else None
