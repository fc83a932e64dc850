"""A question in its conversation: what it means, what adds to its search, what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.ranking.conversation_context import Conversation, in_context
from qa_service.answering.ranking.retrieval import Query, QueryEncoder, Scores, make_query
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import ParsedQuestion
from qa_service.nouns.questions import Carried, Question, Turn, Understood
from qa_service.stems import terms
from qa_service.understanding.follow_ups.left_out import TermClassifier
from qa_service.understanding.naming import written_names
from qa_service.understanding.parsing import parse

SHOWN_FROM = 0.6
"""From this strength on it is told that a question was read as part of its conversation."""
LOOKED_AT = 2
"""Nearest passages that say whether a question stays with the place of its conversation."""
MOST_READ, LONGEST_READ = 3, 120
"""Earlier questions that a reader reads, beside the last reply, and the characters of each."""
AFTER = " \N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK} "
"""Stands between messages that are read together."""
REMEMBERED = 4_000
"""Questions, messages and headings whose vectors are kept: those of a conversation come again with
every question, and those of headings with many."""


class RememberingEncoder:
    """An embedder that encodes no message twice. Safe for many threads."""

    def __init__(self, embedder: QueryEncoder) -> None:
        self._encode = lru_cache(maxsize=REMEMBERED)(embedder.encode_query)

    def encode_query(self, text: str) -> Scores:
        """The (dimension,) vector of a message, not to be written to."""
        return self._encode(text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands alone, all that is understood of it, and what was said before."""

    question: Question
    parsed: ParsedQuestion
    history: tuple[Turn, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether it is a comparison that is asked for."""
        return self.question.compare or self.parsed.asks == "comparison"


def take_up(
    opened: OpenedBuild,
    question: Question,
    encoder: QueryEncoder,
    classifier: TermClassifier | None = None,
) -> Asked:
    """A question as it stands alone after its history, if it refers to that.

    One that names a place, or a title, and takes nothing over is complete: nothing that was said
    before counts.
    """
    history = question.history if question.follow_up else ()
    names = NamesOfBuild(opened)
    parsed = parse(question.text, history, names, classifier)
    if parsed.is_only_placed and _is_of_elsewhere(opened, names, parsed):
        parsed, history = parse(question.text, (), names), ()
    elif parsed.is_only_placed and _leaves_places(opened, names, parsed.typed, encoder):
        parsed = parse(question.text, (), names)
    complete = bool(parsed.places or parsed.titles) and not parsed.carried
    return Asked(replace(question, text=parsed.text), parsed, () if complete else history)


def _is_of_elsewhere(opened: OpenedBuild, names: NamesOfBuild, parsed: ParsedQuestion) -> bool:
    """Whether a question names something that documents hold, but none on the talk's place."""
    there = named_together(parsed.places)
    held = (
        opened.documents_of(opened.rows_with(terms(name)))
        for name in written_names(parsed.typed, names)
    )
    return bool(there) and any(ids and not ids & there for ids in held)


def _leaves_places(
    opened: OpenedBuild, names: NamesOfBuild, typed: str, encoder: QueryEncoder
) -> bool:
    """Whether what comes nearest to a question is on no place at all: the subject changed."""
    rows, _ = opened.nearest(encoder.encode_query(typed), LOOKED_AT)
    ids = {passage.document_id for passage in opened.store.passages(rows)}
    return not any(names.places_in(item.title) for item in opened.summaries(ids))


def parts_of(asked: Asked) -> list[Asked]:
    """The questions of a message, each as if it were asked alone; itself where it is one."""
    parts = asked.parsed.parts
    return [
        replace(asked, question=replace(asked.question, text=part.text), parsed=part)
        for part in parts or (asked.parsed,)
    ]


def in_conversation(
    opened: OpenedBuild,
    query: Query,
    asked: Asked,
    conversation: Conversation | None,
    encoder: QueryEncoder,
) -> Query:
    """The question, or one made of it, with what was said before added to its search, and to
    what a reader reads.

    How much that is depends on what the words as they were typed find by themselves; to the
    search of a question that was filled with what it lacked, nothing.
    """
    if conversation is None:
        return query
    parsed = asked.parsed
    if parsed.filled and parsed.places:
        return replace(query, in_talk=after_talk(query.text, asked.history))
    typed = make_query(parsed.typed, encoder) if parsed.understood else query
    found = in_context(opened, query, conversation, typed)
    leans = parsed.carried or found.context
    return replace(found, in_talk=after_talk(query.text, asked.history)) if leans else found


def after_talk(text: str, history: Sequence[Turn]) -> str:
    """A question after the last messages, as a reader of passages has learned to read it."""
    questions = [turn.text for turn in history if turn.role == "user"][-MOST_READ:]
    replies = [turn.text for turn in history[-1:] if turn.role == "assistant"]
    said = [message[:LONGEST_READ] for message in (*questions, *replies)]
    return AFTER.join([*said, text])


def understood_as(asked: Asked, query: Query, answer: Answer) -> Understood | None:
    """What to show of it: what was carried over, and the document that the talk stayed on."""
    carried = asked.parsed.carried
    document = _stayed_on(query, answer)
    if document:
        carried = (*carried, Carried(document.title or document.source, "document"))
    return Understood(asked.question.text, carried) if carried else None


def _stayed_on(query: Query, answer: Answer) -> DocumentSummary | None:
    """The document that the conversation is most about, where the answer comes from it too.

    Not told where the conversation hardly counted.
    """
    if query.context is None or np.linalg.norm(query.context.vector) < SHOWN_FROM:
        return None
    shown = [citation.document for citation in answer.citations]
    shown = shown or [hit.document for hit in answer.hits[:1]]
    about = query.context.document_id
    return next((document for document in shown if document.id == about), None)
