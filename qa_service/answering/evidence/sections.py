"""The lists that a question asks for by their heading: “What needs to improve?”, “the risks”.

A heading asks for nothing by itself; that a question asks for what stands under it is told by
their words, in any form, or by how near they lie to each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from qa_service.answering.evidence.candidates import HEADING_BONUS, Evidence, holds_most
from qa_service.answering.ranking.retrieval import QueryEncoder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.nouns.documents import Block
from qa_service.nouns.results import Hit
from qa_service.stems import terms

LONGEST_HEADING = 8
"""Words: a longer heading is a sentence, and names no list."""
LONGEST_SECTION = 8_000
"""Characters of a list that is quoted whole."""
FEWEST_ITEMS = 2
LISTED_SHARE = 0.5
"""Of what stands under a heading so much is in items where it is a list …"""
LONGEST_MIXED = 5_000
"""… or it is no longer than this, and the question has every word of the heading."""
NEAR = 0.45
"""From this cosine on a question that shares a word with a heading asks for its list …"""
VERY_NEAR = 0.65
"""… and from this one on any question does."""
MOST_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the list under it (start, end in its document); `row` is that of the
    passage in which the list begins, at `first`: -1 until it is looked for."""

    document_id: str
    heading: str
    start: int
    end: int
    first: int
    row: int = -1


def asked_sections(
    opened: OpenedBuild, encoder: QueryEncoder, question: str, document_ids: Sequence[str]
) -> list[Section]:
    """The lists of some documents whose heading a question asks for, best and newest first.

    The question comes without the names that the documents were found by.
    """
    found = []
    for document_id in document_ids:
        for section in _sections(opened, document_id, set(terms(question))):
            fit = _fit(encoder, question, section.heading)
            row = _row_at(opened, document_id, section.first) if fit > 0 else None
            if row is not None:
                found.append((fit, replace(section, row=row)))
    dates = {item.id: item.date or "" for item in opened.store.summaries(document_ids)}
    found.sort(key=lambda item: dates[item[1].document_id], reverse=True)
    found.sort(key=lambda item: -round(item[0], 1))
    return [section for _, section in found[:MOST_SECTIONS]]


def _fit(encoder: QueryEncoder, question: str, heading: str) -> float:
    """How well a question asks for a heading; 0 where it does not."""
    asked, said = set(terms(question)), set(terms(heading))
    if not said:
        return 0.0
    near = float(np.dot(encoder.encode_query(question), encoder.encode_query(heading)))
    if holds_most(asked, heading):
        return 1 + near
    return near if near >= (NEAR if asked & said else VERY_NEAR) else 0.0


def _sections(opened: OpenedBuild, document_id: str, asked: set[str]) -> Iterator[Section]:
    text, blocks = opened.store.document(document_id).text, opened.store.blocks(document_id)
    starts = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    for at, after in pairwise([*starts, len(blocks)]):
        heading, below = text[blocks[at].start : blocks[at].end], blocks[at + 1 : after]
        if len(heading.split()) > LONGEST_HEADING or not _is_listed(heading, below, asked):
            continue
        first = next(block for block in below if block.kind == "list_item")
        yield Section(document_id, heading, blocks[at].start, below[-1].end, first.start)


def _is_listed(heading: str, below: Sequence[Block], asked: set[str]) -> bool:
    """Whether what stands under a heading is a list, or short and asked for by its whole name."""
    items = [block for block in below if block.kind == "list_item"]
    length = sum(block.end - block.start for block in below)
    if len(items) < FEWEST_ITEMS or length > LONGEST_SECTION:
        return False
    listed = sum(block.end - block.start for block in items)
    named = set(terms(heading)) <= asked and length <= LONGEST_MIXED
    return listed >= LISTED_SHARE * length or named


def _row_at(opened: OpenedBuild, document_id: str, offset: int) -> int | None:
    """The row of the passage that holds an offset of a document."""
    stretch = opened.store.stretch(document_id)
    rows = range(stretch.first_row, stretch.first_row + stretch.passages)
    at = bisect_right(rows, offset, key=lambda row: opened.store.passages([row])[0].end)
    found = opened.store.passages(rows[at : at + 1])
    return found[0].row if found and found[0].start <= offset else None


def list_hits(opened: OpenedBuild, sections: Sequence[Section], score: float) -> list[Hit]:
    """The passages in which lists begin that search did not bring, as if it had."""
    passages = opened.store.passages(section.row for section in sections)
    return [
        Hit(passage, opened.store.summary(passage.document_id), 1, score, None, None)
        for passage in passages
    ]


def in_sections(evidence: Sequence[Evidence], sections: Sequence[Section]) -> list[Evidence]:
    """The evidence, best first, that of the lists as asked for by their heading.

    The beginning of the best list stands first, so that it is read before reading ends.
    """
    marked = [
        next((_listed(item, each) for each in sections if _stands_in(item, each)), item)
        for item in evidence
    ]
    rows = [section.row for section in sections[:1]]
    return sorted(marked, key=lambda item: (item.hit.passage.row not in rows, -item.score))


def _stands_in(item: Evidence, section: Section) -> bool:
    """Whether the passage of a place holds a part of the list."""
    passage = item.hit.passage
    same = passage.document_id == section.document_id
    return same and passage.start < section.end and section.first < passage.end


def _listed(item: Evidence, section: Section) -> Evidence:
    bonus = 0.0 if item.heading_asked else HEADING_BONUS
    span = (section.start, section.end)
    return replace(item, score=item.score + bonus, heading_asked=True, listed=span)
