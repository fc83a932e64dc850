"""Talks -> results: each question asked as a user would, and held against its stretches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from qa_service.answering.service import AnswerService
from qa_service.evaluating.written.covering import covered_share, is_covered, letters
from qa_service.evaluating.written.written_questions import Stretch, Talk, WrittenQuestion
from qa_service.indexing.building.progress import Progress
from qa_service.nouns.answers import Answer
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import Question, Turn

IN_PASSAGE = 0.5
"""A stretch lies in a passage that holds this share of its letters: one may end within it."""
FIRST_PASSAGES = 5


@dataclass(frozen=True, slots=True)
class WrittenResult:
    """What came of one written question.

    `quoted` says that every stretch is covered by the quotes given, `part` that one is, and
    `quoted_if_asked` the same as `quoted` had the service not declined. `passage` is the
    place, from 1, of the first passage in which a stretch lies; None beyond the first five.
    """

    text: str
    kind: str
    follow_up: bool
    answerable: bool
    answered: bool
    confidence: float
    quoted: bool
    part: bool
    quoted_if_asked: bool
    passage: int | None
    right: tuple[str, ...]
    given: tuple[str, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class TalkAsker:
    """`open_handed` is the service with a minimum confidence of 0."""

    service: AnswerService
    open_handed: AnswerService


def ask_talks(asker: TalkAsker, talks: Sequence[Talk], progress: Progress) -> list[WrittenResult]:
    """A result for each question, in order."""
    progress.start("asking questions", sum(map(len, talks)))
    results = []
    for talk in talks:
        history: list[Turn] = []
        for question in talk:
            answer, result = _ask(asker, question, tuple(history))
            results.append(result)
            history += [Turn("user", question.text), Turn("assistant", _said(answer))]
            progress.advance()
    progress.finish()
    return results


def _said(answer: Answer) -> str:
    """What an assistant's message holds: the quotes, or what stands in their place."""
    quotes = " ".join(quote.text for quote in answer.quotes)
    return quotes or answer.hint or "Nothing was found."


def _ask(
    asker: TalkAsker, question: WrittenQuestion, history: tuple[Turn, ...]
) -> tuple[Answer, WrittenResult]:
    asked = Question(question.text, history=history, limit=FIRST_PASSAGES)
    answer = asker.service.ask(asked)
    withheld = question.answerable and not answer.answered
    best = asker.open_handed.ask(asked) if withheld else answer
    return answer, _result(question, answer, best, bool(history))


def _result(
    question: WrittenQuestion, answer: Answer, best: Answer, follow_up: bool
) -> WrittenResult:
    held = [_is_quoted(stretch, answer) for stretch in question.stretches]
    if_asked = [_is_quoted(stretch, best) for stretch in question.stretches]
    return WrittenResult(
        text=question.text,
        kind=question.kind,
        follow_up=follow_up,
        answerable=question.answerable,
        answered=answer.answered,
        confidence=answer.confidence,
        quoted=bool(held) and all(held),
        part=any(held),
        quoted_if_asked=bool(if_asked) and all(if_asked),
        passage=_passage(question, answer),
        right=tuple(stretch.text for stretch in question.stretches),
        given=tuple(f"{quote.document.source}: {quote.quote}" for quote in answer.citations),
        took_ms=answer.took_ms,
    )


def _is_quoted(stretch: Stretch, answer: Answer) -> bool:
    quotes = [
        letters(citation.quote)
        for citation in answer.citations
        if _is_of(stretch, [citation.document, *(other.document for other in citation.also_in)])
    ]
    return is_covered(stretch.text, quotes)


def _is_of(stretch: Stretch, documents: Iterable[DocumentSummary]) -> bool:
    """Whether a document lies under the stretch's file name."""
    return any(
        PurePosixPath(source).name == stretch.file
        for document in documents
        for source in (document.source, *document.sources)
    )


def _passage(question: WrittenQuestion, answer: Answer) -> int | None:
    for place, hit in enumerate(answer.hits[:FIRST_PASSAGES], start=1):
        text = [letters(hit.passage.text)]
        for stretch in question.stretches:
            if _is_of(stretch, [hit.document]) and covered_share(stretch.text, text) >= IN_PASSAGE:
                return place
    return None
