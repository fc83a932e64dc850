"""What a question file expects, found in the documents of the index in use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from qa_service.errors import DatasetError
from qa_service.evaluating.questions.datasets import AnswerSpan, Dataset, EvaluationQuestion
from qa_service.evaluating.questions.question_file import QuestionLine, raise_errors
from qa_service.nouns.documents import Document
from qa_service.reading import canonical_text

_NAMES: tuple[Callable[[Document], str], ...] = (
    lambda document: document.id,
    lambda document: document.source,
    lambda document: PurePosixPath(document.source).name,
    lambda document: document.title,
)
"""What a document may be called, the surest name first."""
_ALIKE = ("'‘’", '"“”', "-‐‑–—")
"""Signs that a person types for one another."""


def place_questions(
    path: Path, lines: Sequence[QuestionLine], documents: Sequence[Document]
) -> Dataset:
    """The questions of a file as a set over these documents, named after the file.

    Where a line gives only a quote, every document that holds it is right. Raises
    DatasetError naming each document that is not there and each quote that stands nowhere.
    """
    made: list[EvaluationQuestion] = []
    errors: list[str] = []
    for line in lines:
        try:
            made.append(_placed(line, documents))
        except DatasetError as error:
            errors.append(f"{path}, line {line.line}: {error}")
    raise_errors(errors)
    return Dataset(path.stem, tuple(documents), tuple(_with_own_ids(made)))


def unplaced_questions(lines: Sequence[QuestionLine]) -> tuple[EvaluationQuestion, ...]:
    """The questions of a file without what they expect."""
    return tuple(_with_own_ids([_unplaced(line) for line in lines]))


def _placed(line: QuestionLine, documents: Sequence[Document]) -> EvaluationQuestion:
    named = _documents_named(line.document, documents) if line.document else list(documents)
    spans = tuple(_spans(line.quote, named)) if line.quote else ()
    if line.quote and not spans:
        where = f"in {line.document}" if line.document else "in no document of the index"
        raise DatasetError(
            f"the quote “{_short(line.quote)}” stands {'not ' if line.document else ''}{where}; "
            "copy the words from the document as the service shows it"
        )
    if line.document:
        relevant = {document.id for document in named}
    else:
        relevant = {span.document_id for span in spans}
    return replace(_unplaced(line), grades=dict.fromkeys(sorted(relevant), 1), spans=spans)


def _unplaced(line: QuestionLine) -> EvaluationQuestion:
    """Its id is a hash of what is asked, so that other lines may come and go."""
    name = sha256(repr((line.question, line.history)).encode()).hexdigest()[:12]
    return EvaluationQuestion(name, line.question, history=line.history, note=line.note)


def _with_own_ids(questions: Sequence[EvaluationQuestion]) -> Iterator[EvaluationQuestion]:
    """The questions with a count after the id of one that is asked again."""
    seen: dict[str, int] = {}
    for question in questions:
        seen[question.id] = count = seen.get(question.id, 0) + 1
        yield question if count == 1 else replace(question, id=f"{question.id}-{count}")


def _documents_named(cell: str, documents: Sequence[Document]) -> list[Document]:
    """The documents of a cell: one whose name has a semicolon in it, or several."""
    if whole := _candidates(cell, documents):
        return [_only(cell, whole)]
    names = [name for name in map(str.strip, cell.split(";")) if name]
    return [_only(name, _candidates(name, documents)) for name in names]


def _candidates(name: str, documents: Sequence[Document]) -> list[Document]:
    """The documents of that id; or else source, file name, title, in any case of letters."""
    wanted = name.casefold()
    for called in _NAMES:
        if found := [item for item in documents if called(item).casefold() == wanted]:
            return found
    return []


def _only(name: str, found: Sequence[Document]) -> Document:
    if not found:
        raise DatasetError(
            f"the index has no document “{name}”; write its title or file as the service "
            "lists it, or build the index with it"
        )
    if len(found) > 1:
        sources = ", ".join(document.source for document in found[:3])
        raise DatasetError(
            f"{len(found)} documents are called “{name}”; write the file of the right one, "
            f"or of several separated by semicolons ({sources}{', …' if found[3:] else ''})"
        )
    return found[0]


def _spans(quote: str, documents: Sequence[Document]) -> Iterator[AnswerSpan]:
    """Every place where the words of a quote stand, whatever the blanks and letter case."""
    words = canonical_text(quote).split()
    pattern = re.compile(r"\s+".join(map(_word_pattern, words)), re.IGNORECASE)
    if words:
        for document in documents:
            for found in pattern.finditer(document.text):
                yield AnswerSpan(document.id, *found.span())


def _word_pattern(word: str) -> str:
    """A pattern of a word in which typewriter quotes and dashes stand for printed ones."""
    return "".join(
        next((f"[{re.escape(signs)}]" for signs in _ALIKE if letter in signs), re.escape(letter))
        for letter in word
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
