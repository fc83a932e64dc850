"""Every place that mentions a word, a name or a phrase, in any form of its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa_service.answering.stopwatch import Stopwatch
from qa_service.errors import InputError
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.engine.store import batched
from qa_service.indexing.passages.cutting import page_at
from qa_service.nouns.answers import Citation
from qa_service.nouns.documents import Document, DocumentSummary, Passage
from qa_service.nouns.mentions import Mentions
from qa_service.stems import placed_terms, terms

MOST_PASSAGES = 50_000
"""Words that stand together in more passages are refused, as each of these is read."""
READ_AT_ONCE = 1_000
_SENTENCE_ENDS = re.compile(r"[.!?]['\"’”)\]]*\s|\n\s*\n")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand (start, end in the document), and in which passage."""

    passage: Passage
    start: int
    end: int


def find_mentions(
    opened: OpenedBuild, query: str, limit: int | None = None, cursor: str | None = None
) -> Mentions:
    """Up to `limit` places, or all, from the one on that the cursor of an earlier page names.

    A place holds all words of the query in their order, in any form, with nothing but function
    words between them and no end of a sentence. Raises InputError for a query of function words
    alone, for one that stands almost everywhere, and for a cursor that leads nowhere.
    """
    watch = Stopwatch()
    found = _by_document(opened, query)
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


def places_in(text: str, stems: Sequence[str]) -> Iterator[Span]:
    """Where in a text the stems stand one after another within a sentence (start, end)."""
    words = placed_terms(text)
    for first in range(len(words) - len(stems) + 1):
        run = words[first : first + len(stems)]
        if [stem for stem, _, _ in run] == list(stems) and not _is_parted(text, run):
            yield run[0][1], run[-1][2]


def _is_parted(text: str, run: Sequence[tuple[str, int, int]]) -> bool:
    gaps = ((before[2], after[1]) for before, after in pairwise(run))
    return any(_SENTENCE_ENDS.search(text, end, start) for end, start in gaps)


def _by_document(opened: OpenedBuild, query: str) -> list[tuple[DocumentSummary, list[Place]]]:
    """The documents that mention the words, newest first, each with its places in order."""
    stems = terms(query)
    if not stems:
        raise InputError("q", "holds function words alone; name a thing, a person or a subject")
    rows = opened.rows_with(stems)
    if len(rows) > MOST_PASSAGES:
        found = f"stands in {len(rows):,} passages"
        raise InputError("q", f"{found}; add a word to it, so that it is in {MOST_PASSAGES:,}")
    held: dict[str, list[Place]] = {}
    for some in batched(rows.tolist(), READ_AT_ONCE):
        for passage in opened.store.passages(some):
            for start, end in places_in(passage.text, stems):
                place = Place(passage, passage.start + start, passage.start + end)
                held.setdefault(passage.document_id, []).append(place)
    return [(document, held[document.id]) for document in newest_first(opened, held)]


def newest_first(opened: OpenedBuild, ids: Iterable[str]) -> list[DocumentSummary]:
    """Documents of some ids by date, those without one at the end; by title within a date."""
    documents = sorted(opened.store.summaries(ids), key=lambda it: (it.title, it.id))
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
    opened: OpenedBuild, places: Sequence[tuple[DocumentSummary, Place]], first: int
) -> Iterator[Citation]:
    document: Document | None = None
    for number, (summary, place) in enumerate(places, start=first):
        if document is None or document.id != summary.id:
            document = opened.store.document(summary.id)
        yield _citation(number, summary, document, place)


def _citation(number: int, summary: DocumentSummary, document: Document, place: Place) -> Citation:
    """The sentence of a place as the quote, its words marked; they alone where it has none."""
    start, end = _sentence_of(place) or (place.start, place.end)
    return Citation(
        number=number,
        passage_id=place.passage.id,
        document=summary,
        heading_path=place.passage.heading_path,
        page=page_at(document, place.start),
        quote=document.text[start:end],
        start=start,
        end=end,
        source_text=document.text,
        exact=(place.start, place.end),
    )


def _sentence_of(place: Place) -> Span | None:
    """The sentence of the passage that holds a place; None for one in a heading."""
    sentences = place.passage.sentences
    at = bisect_right([start for start, _ in sentences], place.start) - 1
    holds = at >= 0 and place.end <= sentences[at][1]
    return sentences[at] if holds else None
