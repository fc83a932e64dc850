"""Verdicts that people gave on answers, as questions of the file that `evaluate` reads.

A question comes to expect something only where somebody said what is right: that a quote
answers it, or that the documents do not. Everything else is left for a person to complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa_service.config import Settings
from qa_service.disk.kept_records import FEEDBACK_FILE
from qa_service.errors import DatasetError, FeedbackError
from qa_service.evaluating.questions.expected_places import place_questions
from qa_service.evaluating.questions.question_file import (
    QuestionLine,
    is_question_file,
    write_question_file,
)
from qa_service.evaluating.stored_run import require_writable
from qa_service.feedback.records import CitedQuote, Feedback
from qa_service.feedback.store import FeedbackStore
from qa_service.indexing.builds.beside import records_beside
from qa_service.indexing.builds.kept import kept_builds_of
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import NO_FILTERS, Turn

_SHOWN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class FeedbackQuestions:
    """The latest verdict on each question, the earliest first.

    `settled` say what must be found; `unsettled` expect nothing yet, their note says why.
    `gone` names each document that was cited and is not in the index.
    """

    settled: tuple[QuestionLine, ...]
    unsettled: tuple[QuestionLine, ...]
    gone: tuple[str, ...]


def export_feedback(
    settings: Settings,
    path: Path,
    unsettled_path: Path | None = None,
    since: date | None = None,
    force: bool = False,
) -> FeedbackQuestions:
    """Writes the settled questions to `path` and, where it is named, the others to another file.

    Raises FeedbackError where there is nothing to write, or where a file is there already and
    `force` is false; NoIndex before the first build.
    """
    paths = [path, *([unsettled_path] if unsettled_path else [])]
    _require_new_files(paths, force)
    stored = FeedbackStore(records_beside(settings, FEEDBACK_FILE)).read(since)
    questions = feedback_questions([item.feedback for item in stored], _documents(settings))
    if unsettled_path and questions.unsettled:
        _write(unsettled_path, questions.unsettled)
    _require_settled(questions, unsettled_path)
    _write(path, questions.settled)
    return questions


def feedback_questions(
    feedback: Iterable[Feedback], documents: Sequence[Document]
) -> FeedbackQuestions:
    """Verdicts, the earliest first, as questions over these documents; the latest one counts."""
    by_id = {document.id: document for document in documents}
    settled, unsettled = [], []
    gone: dict[str, None] = {}
    for verdict in _latest(feedback):
        line, doubt = _expecting(verdict, by_id), _doubt(verdict, by_id)
        if not doubt and _can_be_placed(line, documents):
            settled.append(line)
        else:
            unsettled.append(_expecting_nothing(verdict, doubt or _NOT_FOUND))
        if verdict.citation and verdict.citation.document_id not in by_id:
            gone[_name(verdict.citation)] = None
    return FeedbackQuestions(tuple(settled), tuple(unsettled), tuple(gone))


_NOT_FOUND = "marked right, but its quote stands in the document no more"


def _latest(feedback: Iterable[Feedback]) -> list[Feedback]:
    """One verdict for each question, said after the same and limited to the same."""
    latest: dict[object, Feedback] = {}
    for verdict in feedback:
        asked = " ".join(verdict.question.casefold().split())
        key = (asked, _history(verdict), verdict.filters)
        latest.pop(key, None)
        latest[key] = verdict
    return list(latest.values())


def _doubt(verdict: Feedback, documents: Mapping[str, Document]) -> str:
    """Why a verdict does not say what must be found; empty where it does."""
    cited = verdict.citation
    if verdict.verdict == "down":
        return f"marked wrong: {_quoted(cited) if cited else 'no answer was found'}"
    if verdict.filters != NO_FILTERS:
        limits = "the question was limited to some documents"
        return f"marked right, but {limits}{f': {_quoted(cited)}' if cited else ''}"
    if cited and cited.document_id not in documents:
        return f"marked right, but the index has the document no more: {_quoted(cited)}"
    if not cited and (verdict.answered or verdict.reason not in (None, "no_evidence")):
        return "marked right, but nothing was looked up in the documents"
    return ""


def _expecting(verdict: Feedback, documents: Mapping[str, Document]) -> QuestionLine:
    """The question with what was found, or that nothing can be."""
    cited = verdict.citation
    document = documents.get(cited.document_id) if cited else None
    return QuestionLine(
        question=verdict.question,
        document=_document_cell(document, documents.values()) if document else "",
        quote=cited.quote if cited else "",
        answerable=cited is not None,
        history=_history(verdict),
        note=_note("marked right", verdict.note),
    )


def _expecting_nothing(verdict: Feedback, doubt: str) -> QuestionLine:
    return QuestionLine(
        question=verdict.question, history=_history(verdict), note=_note(doubt, verdict.note)
    )


def _can_be_placed(line: QuestionLine, documents: Sequence[Document]) -> bool:
    """Whether `evaluate` would take the line."""
    try:
        place_questions(Path("feedback"), [line], documents)
    except DatasetError:
        return False
    return True


def _document_cell(document: Document, documents: Iterable[Document]) -> str:
    """The document's file, which people know it by; its id where another one is called so."""
    source = document.source.casefold()
    namesakes = [
        item for item in documents if source in (item.id.casefold(), item.source.casefold())
    ]
    return document.source if namesakes == [document] else document.id


def _history(verdict: Feedback) -> tuple[Turn, ...]:
    """What was said before, where the question was understood from it."""
    if _words(verdict.standalone_question) == _words(verdict.question):
        return ()
    return tuple(turn for turn in verdict.history if turn.text.strip())


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _quoted(cited: CitedQuote) -> str:
    quote = " ".join(cited.quote.split())
    short = quote if len(quote) <= _SHOWN_CHARACTERS else f"{quote[: _SHOWN_CHARACTERS - 1]}…"
    return f"“{short}” ({_name(cited)})"


def _name(cited: CitedQuote) -> str:
    return f"{cited.title}, {cited.document_id}" if cited.title else cited.document_id


def _note(ours: str, theirs: str) -> str:
    return f"{ours}; note: {theirs}" if theirs else ours


def _documents(settings: Settings) -> list[Document]:
    with kept_builds_of(settings).texts() as store:
        return [store.document(item.id) for item in store.summaries()]


def _require_new_files(paths: Sequence[Path], force: bool) -> None:
    if len({path.resolve() for path in paths}) < len(paths):
        raise FeedbackError("both files are the same; choose another for --unsettled")
    require_writable(*paths)
    for path in paths:
        if not is_question_file(path):
            raise FeedbackError(f"{path} is no question file; end its name in .csv or .jsonl")
        if path.exists() and not force:
            raise FeedbackError(f"{path} is there already; choose another, or add --force")


def _require_settled(questions: FeedbackQuestions, unsettled_path: Path | None) -> None:
    if questions.settled:
        return
    if not questions.unsettled:
        raise FeedbackError("no feedback is stored; the chat page asks for it below each answer")
    count = len(questions.unsettled)
    where = f"they are in {unsettled_path}" if unsettled_path else "--unsettled FILE writes them"
    raise FeedbackError(
        f"no verdict says what must be found; {count} must be completed by a person: {where}"
    )


def _write(path: Path, questions: Sequence[QuestionLine]) -> None:
    try:
        write_question_file(path, questions)
    except OSError as error:
        raise FeedbackError(f"cannot write {path}: {error.strerror}; choose another") from error
