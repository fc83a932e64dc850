"""A question for what a term means -> the term with its meaning, as a document sets them out.

A term stands before its meaning in one line or row, or alone above it, as the heading of one
short paragraph among others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from qa_service.answering.collection.stretches import (
    admitted_passages,
    stretch_evidence,
)
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.nouns.answers import Scope
from qa_service.nouns.documents import Block, Passage, Span
from qa_service.nouns.parsed_question import DefiningQuestion
from qa_service.nouns.questions import NO_FILTERS
from qa_service.stems import terms

SURE = 0.6
"""Where a term may be asked for what it is worth, an answer as sure as this stays alone."""
MOST_PASSAGES = 400
MOST_DOCUMENTS = 3
"""A term that more documents set out is none of this question's own."""
LONGEST_MEANING = 400
"""Characters of a paragraph that is the meaning of the heading right above it."""
_BEFORE_MEANING = re.compile(
    r"[\"“‘']?(?P<term>[^:|;–—\n]{2,60}?)[\"”’']?\s*"
    r"(?::\s|\s\|\s|\s[–—-]\s|\bmeans\b|\bis defined as\b|\brefers to\b)\s*(?=\S)"
)
_IN_CELL = re.compile(r"[^:;|]{1,60}:\s(?P<term>[^:;|]{2,60});\s[^:;|]{1,60}:\s")


def with_definition(
    finder: Finder, found: Found, scope: Scope | None, asked: DefiningQuestion | None
) -> Found:
    """What was found; the meaning of a term alone where the question asks for it.

    Where it asks what something is, only if nothing that answers for sure was found.
    """
    if asked is None or (not asked.plainly and found.chosen and found.confidence >= SURE):
        return found
    stems = set(terms(asked.term))
    chosen = list(islice(_defined(finder, found, scope, stems), MOST_DOCUMENTS + 1))
    if not 0 < len(chosen) <= MOST_DOCUMENTS:
        return found
    return Found(found.hits, found.evidence, tuple(chosen), STATED_CONFIDENCE)


def _defined(
    finder: Finder, found: Found, scope: Scope | None, stems: set[str]
) -> Iterator[Evidence]:
    """The first place in each document admitted that sets the term out."""
    opened, filters = finder.opened, scope.filters if scope else NO_FILTERS
    rows = opened.rows_with(sorted(stems)).tolist() if stems else []
    known: set[str] = set()
    for passage in admitted_passages(opened, rows[:MOST_PASSAGES], filters):
        name = passage.document_id
        if name in known:
            continue
        if place := _place(passage, stems):
            evidence = stretch_evidence(opened, finder.judged, passage.row, *place, found.hits)
            if evidence:
                known.add(name)
                yield evidence


def _place(passage: Passage, stems: set[str]) -> tuple[Span, Span] | None:
    """The term with its meaning in a passage, and the meaning alone; None for none."""
    heads = {block.lead for block in passage.blocks if block.kind == "table_row"}
    for at, block in enumerate(passage.blocks):
        if (block.start, block.end) in heads:
            continue  # "Term | Meaning" names columns.
        said = _said(passage, block)
        if block.kind == "heading":
            below = passage.blocks[at + 1 : at + 3]
            if set(terms(said)) == stems and _is_meaning(below, passage):
                return (block.start, below[0].end), (below[0].start, below[0].end)
        elif meaning := meaning_at(said, stems):
            start = block.end - len(said)
            return (start, block.end), (start + meaning, block.end)
    return None


def meaning_at(text: str, stems: set[str]) -> int | None:
    """Where in a line the meaning of a term begins that stands before it; None elsewhere."""
    for form in (_IN_CELL, _BEFORE_MEANING):
        found = form.match(text)
        if found and set(terms(found["term"])) == stems:
            return found.end()
    return None


def _said(passage: Passage, block: Block) -> str:
    """The words of a block that stand in a passage, its marker left out."""
    start = block.marker[1] if block.marker else block.start
    if block.start < passage.start or block.end > passage.end:
        return ""
    return passage.text[start - passage.start : block.end - passage.start].lstrip()


def _is_meaning(below: Sequence[Block], passage: Passage) -> bool:
    """Whether one short paragraph stands below a term, and then a further heading or nothing."""
    if not below or below[0].kind not in ("paragraph", "list_item", "label_value"):
        return False
    short = below[0].end - below[0].start <= LONGEST_MEANING and below[0].end <= passage.end
    return short and (len(below) == 1 or below[1].kind == "heading")
