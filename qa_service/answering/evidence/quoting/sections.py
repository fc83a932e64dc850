"""The lists that a question asks for by their heading: “What needs to improve?”, “the risks”.

A heading asks for nothing by itself; that a question asks for what stands under it is told by
their words, in any form, or by how near they lie to each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from qa_service.answering.evidence.candidates import HEADING_BONUS, Evidence, holds_most
from qa_service.answering.ranking.retrieval import QueryEncoder
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.lists import HeadedList
from qa_service.nouns.parsed_question import Expectation
from qa_service.nouns.results import Hit
from qa_service.stems import stem_set, terms

NEAR = 0.45
"""From this cosine on a question that shares a word with a heading asks for its list …"""
VERY_NEAR = 0.65
"""… and from this one on any question does."""
MOST_SECTIONS = 3
SURE = 0.75
"""How sure the list is that a question asks for and nothing else."""
AS_HEADINGS = ("what needs to improve", "recommendations")
"""What stands over what is to be done, near enough: who asks for that asks for these."""
ACTIONS = stem_set(
    "recommendation recommendations area areas for improvement improvements need needs to improve "
    "priority immediate action actions required next steps must do"
)
"""Stems of the headings under which documents put what they want done."""
OPENING_REASONS = ("because", "reason", "reasons", "as follows", "due to")
"""How headings end, or leads of lists, that reasons stand under."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the list under it (start, end in its document); `row` is that of the
    passage in which the list begins, at `first`. `alone` where nothing else is asked for."""

    document_id: str
    start: int
    end: int
    first: int
    row: int
    alone: bool = False


class Wanted(NamedTuple):
    """A question, or what stands for it, its stems, and those of headings over what is to be
    done, where it asks for that; whether it asks why."""

    ways: tuple[str, ...]
    asked: frozenset[str]
    actions: frozenset[str]
    reasons: bool


def asked_sections(
    opened: OpenedBuild,
    encoder: QueryEncoder,
    question: str,
    expectation: Expectation,
    document_ids: Sequence[str],
) -> list[Section]:
    """The lists of some documents whose heading a question asks for, best and newest first.

    The question comes without the names that the documents were found by.
    """
    asked = frozenset(terms(question))
    actions = ACTIONS if expectation.actions else frozenset[str]()
    alone = bool(actions) and all(map(opened.document_nouns.noun_of, asked - actions))
    ways, said = (AS_HEADINGS, actions) if alone else ((question,), asked)
    wanted = Wanted(ways, said, actions, expectation.reasons and not alone)
    found = []
    for name, lists in zip(document_ids, opened.cache.lists(document_ids), strict=True):
        for each in lists:
            may_be = each.may_be_named(asked | actions)
            fit = _fit(encoder, wanted, each) if may_be else 0.0
            row = row_at(opened, name, each.first) if fit > 0 else None
            if row is not None:
                found.append((fit, Section(name, each.start, each.end, each.first, row, alone)))
    dates = {name: opened.by_id[name].date or "" for name in document_ids}
    found.sort(key=lambda item: dates[item[1].document_id], reverse=True)
    found.sort(key=lambda item: -round(item[0], 1))
    return [section for _, section in found[:MOST_SECTIONS]]


def _fit(encoder: QueryEncoder, wanted: Wanted, each: HeadedList) -> float:
    """How well a question asks for a heading; 0 where it does not."""
    if not each.stems:
        return 0.0
    heading, shared = encoder.encode_query(each.heading), bool(wanted.asked & each.stems)
    near = max(float(np.dot(encoder.encode_query(way), heading)) for way in wanted.ways)
    reasons = wanted.reasons and shared and _opens_reasons(each.heading)
    named = holds_most(wanted.asked, each.heading) or holds_most(wanted.actions, each.heading)
    if reasons or named:
        return 1 + near
    return near if near >= (NEAR if shared else VERY_NEAR) else 0.0


def _opens_reasons(heading: str) -> bool:
    said = f" {heading.lower().rstrip(' .:;,–-')}"
    return said.endswith(tuple(f" {words}" for words in OPENING_REASONS))


def row_at(opened: OpenedBuild, document_id: str, offset: int) -> int | None:
    """The row of the passage that holds an offset of a document."""
    summary = opened.by_id[document_id]
    first = opened.store.first_row(document_id)
    rows = range(first, first + summary.passages)
    at = bisect_right(rows, offset, key=lambda row: opened.cache.passages([row])[0].end)
    found = opened.cache.passages(rows[at : at + 1])
    return found[0].row if found and found[0].start <= offset else None


def list_hits(
    opened: OpenedBuild, sections: Sequence[Section], brought: Sequence[Hit], score: float
) -> list[Hit]:
    """The passages in which lists begin that are not among those `brought`, as if they were."""
    known = {hit.passage.row for hit in brought}
    new = (section.row for section in sections if section.row not in known)
    passages = opened.cache.passages(new)
    return [
        Hit(passage, opened.by_id[passage.document_id], 1, score, None, None)
        for passage in passages
    ]


def in_sections(evidence: Sequence[Evidence], sections: Sequence[Section]) -> list[Evidence]:
    """The evidence, best first, that of the lists as asked for by their heading."""
    marked = [
        next((_listed(item, each) for each in sections if _stands_in(item, each)), item)
        for item in evidence
    ]
    return sorted(marked, key=lambda item: -item.score)


def list_first(evidence: Sequence[Evidence], sections: Sequence[Section]) -> list[Evidence]:
    """The evidence in its order, but for the beginning of the best list where nothing else is
    asked for: that comes first, so that it is read before reading ends."""
    rows = [section.row for section in sections[:1] if section.alone]
    return sorted(evidence, key=lambda item: item.hit.passage.row not in rows)


def _stands_in(item: Evidence, section: Section) -> bool:
    """Whether the passage of a place holds a part of the list."""
    passage = item.hit.passage
    same = passage.document_id == section.document_id
    return same and passage.start < section.end and section.first < passage.end


def _listed(item: Evidence, section: Section) -> Evidence:
    bonus = 0.0 if item.heading_asked else HEADING_BONUS
    span = (section.start, section.end)
    stated = SURE if section.alone else None
    return replace(item, score=item.score + bonus, heading_asked=True, listed=span, stated=stated)
