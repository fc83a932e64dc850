"""A question for what somebody says -> their statement, as a document sets it out.

A line with the name stands above paragraphs that begin with quotation marks, or begins the
statement itself: “Ada Brook, head baker, said: …”. What follows under another name is another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from qa_service.answering.collection.stretches import admitted_passages, stretch_evidence
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.answering.evidence.quoting.sections import row_at
from qa_service.nouns.answers import Scope
from qa_service.nouns.documents import Block, Span
from qa_service.nouns.parsed_question import SpeakingQuestion
from qa_service.nouns.questions import NO_FILTERS
from qa_service.stems import terms

LONGEST = 2_400
"""Characters of a statement; of a longer one the paragraphs that fit are quoted."""
MOST_DOCUMENTS = 3
_OPENING = ("“", '"', "‘", "«", "„")


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says in a document: where the line with the name begins, the block that it is
    in, and the paragraphs after it that are theirs."""

    document_id: str
    start: int
    blocks: tuple[Block, ...]

    @property
    def end(self) -> int:
        """Where it ends, or as far as it is quoted."""
        fitting = [item.end for item in self.blocks if item.end - self.start <= LONGEST]
        return max(fitting, default=self.blocks[0].end)

    def holds(self, item: Evidence) -> bool:
        """Whether a place is among its words."""
        within = self.start <= item.start and item.end <= self.blocks[-1].end
        return within and item.hit.document.id == self.document_id


def with_statement(
    finder: Finder, found: Found, scope: Scope | None, asked: SpeakingQuestion | None
) -> Found:
    """What was found; where the question asks for what somebody says, and a document sets that
    out, their words alone: all, or those that name the topic, or that were found on it."""
    statements = list(_statements(finder, scope, asked)) if asked else []
    if asked is None or not statements:
        return found
    spans = [(each, span) for each in statements for span in _told(finder, each, asked.topic)]
    chosen = [
        item for each, span in spans if (item := _evidence(finder, each.document_id, span, found))
    ]
    if chosen:
        return replace(found, chosen=tuple(chosen), confidence=STATED_CONFIDENCE)
    theirs = tuple(item for item in found.chosen if any(it.holds(item) for it in statements))
    return replace(found, chosen=theirs, confidence=found.confidence if theirs else 0.0)


def _statements(
    finder: Finder, scope: Scope | None, asked: SpeakingQuestion
) -> Iterator[Statement]:
    """The first statement of the person in each of the first documents that name them."""
    rows = finder.opened.rows_with(terms(asked.who)).tolist()
    filters = scope.filters if scope else NO_FILTERS
    passages = admitted_passages(finder.opened, rows, filters)
    for document_id in islice(dict.fromkeys(it.document_id for it in passages), MOST_DOCUMENTS):
        if statement := _statement(finder, document_id, asked.who):
            yield statement


def _statement(finder: Finder, document_id: str, who: str) -> Statement | None:
    ((document, blocks),) = finder.opened.cache.documents([document_id])
    text = document.text
    for at, block in enumerate(blocks):
        named = text.find(who, block.start, block.end)
        if named < 0 or text[block.start] in _OPENING:
            continue
        said = takewhile(lambda item: text[item.start] in _OPENING, blocks[at + 1 :])
        if after := tuple(said):
            line = text.rfind("\n", block.start, named) + 1
            return Statement(document_id, max(block.start, line), (block, *after))
    return None


def _told(finder: Finder, statement: Statement, topic: str) -> Iterator[Span]:
    """The whole of a statement, or its paragraphs that name a topic."""
    text, stems = finder.opened.cache.document(statement.document_id).text, {*terms(topic)}
    if not stems:
        yield statement.start, statement.end
        return
    for block in statement.blocks:
        start = max(block.start, statement.start)
        if stems <= {*terms(text[start : block.end])}:
            yield start, block.end


def _evidence(finder: Finder, document_id: str, span: Span, found: Found) -> Evidence | None:
    row = row_at(finder.opened, document_id, span[0])
    if row is None:
        return None
    made = stretch_evidence(finder.opened, finder.judged, row, span, span, found.hits)
    # The stretch is quoted as it is: what stands before or after it is another's.
    return replace(made, listed=span, exact=None) if made else None
