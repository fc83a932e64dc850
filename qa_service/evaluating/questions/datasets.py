"""Question sets in BEIR layout: corpus.jsonl, queries.jsonl and qrels/test.tsv in one folder.

Besides BEIR's fields a set may have answers, answer spans, filters and the messages before
(`history`) with its questions, a file queries_unanswerable.jsonl, and documents.jsonl (ids
and files of a corpus folder) in place of corpus.jsonl.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa_service.config import Settings
from qa_service.errors import DatasetError, UnreadableDocument
from qa_service.nouns.documents import Document
from qa_service.nouns.questions import Turn
from qa_service.reading import canonical_text, parse_date
from qa_service.reading.files import read_document


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """Where an answer stands in the canonical text of a document."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """One question: grades by document id (empty where the corpus has no answer), answer
    spans, and the documents it is limited to (empty for all).

    `answers` are the words of the answer where they differ from the spans' text; `history`
    is what was said before, oldest first; `note` is the asker's own, for the report.
    """

    id: str
    text: str
    grades: dict[str, int] = field(default_factory=dict)
    spans: tuple[AnswerSpan, ...] = ()
    document_ids: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A question set, read whole."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[EvaluationQuestion, ...]


def load_dataset(folder: Path, settings: Settings) -> Dataset:
    """Reads a set. Raises DatasetError naming the file that is missing or broken."""
    records = list(_documents(folder, settings))
    documents = {document.id: document for document, _ in records}
    grades = _grades(folder / "qrels" / "test.tsv")
    unanswerable = folder / "queries_unanswerable.jsonl"
    questions = [
        *_records(folder / "queries.jsonl"),
        *(_records(unanswerable) if unanswerable.exists() else ()),
    ]
    made = [
        replace(
            _asked(record),
            grades=grades.get(str(record["_id"]), {}),
            spans=tuple(_spans(record, documents)),
            document_ids=_limited_to(record, records),
        )
        for record in questions
    ]
    return Dataset(folder.resolve().name, tuple(documents.values()), tuple(made))


def load_questions(folder: Path) -> tuple[EvaluationQuestion, ...]:
    """The questions of a set's queries.jsonl alone, without what answers them.

    Raises DatasetError naming the file that is missing or broken.
    """
    return tuple(_asked(record) for record in _records(folder / "queries.jsonl"))


def _asked(record: dict[str, Any]) -> EvaluationQuestion:
    """What a record says of itself, without the documents."""
    return EvaluationQuestion(
        id=str(record["_id"]),
        text=record["text"],
        answers=_answers(record),
        history=_history(record),
    )


def _answers(record: dict[str, Any]) -> tuple[str, ...]:
    answers = record.get("answers") or []
    if not isinstance(answers, list) or not all(isinstance(item, str) for item in answers):
        raise DatasetError(f"question {record['_id']!r}: answers is not a list of texts")
    return tuple(answers)


def _history(record: dict[str, Any]) -> tuple[Turn, ...]:
    try:
        turns = [(turn["role"], turn["text"]) for turn in record.get("history") or ()]
    except (KeyError, TypeError) as error:
        raise DatasetError(
            f"question {record['_id']!r}: history needs role and text: {error!r}"
        ) from error
    if not all(role in ("user", "assistant") and isinstance(text, str) for role, text in turns):
        raise DatasetError(
            f"question {record['_id']!r}: history needs the role user or assistant, and a text"
        )
    return tuple(Turn(role, text) for role, text in turns)


def _documents(folder: Path, settings: Settings) -> Iterator[tuple[Document, dict[str, Any]]]:
    if (folder / "documents.jsonl").exists() and not (folder / "corpus.jsonl").exists():
        yield from _files(folder / "documents.jsonl", settings)
        return
    for record in _records(folder / "corpus.jsonl"):
        text = canonical_text(record["text"])
        if not text:
            continue
        document = Document(
            id=str(record["_id"]),
            version=sha256(record["text"].encode()).hexdigest(),
            title=canonical_text(record.get("title") or ""),
            source=str(record["_id"]),
            date=parse_date(str(record.get("date") or "")),
            text=text,
        )
        yield document, record


def _files(path: Path, settings: Settings) -> Iterator[tuple[Document, dict[str, Any]]]:
    """Documents whose records name a file under the corpus folder of the settings."""
    for record in _records(path, "file"):
        source = settings.corpus_dir / record["file"]
        try:
            read = read_document(source, settings.corpus_dir, settings.max_file_megabytes * 2**20)
        except UnreadableDocument as error:
            raise DatasetError(f"{source}: {error}; name its folder with --corpus") from error
        yield replace(read, id=str(record["_id"])), record


def _records(path: Path, text: str = "text") -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, a line each. All have an `_id`, and a string named `text`."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _record(line, text, f"{path}, line {number}")
    except OSError as error:
        raise DatasetError(f"cannot read {path}: {error.strerror}; a BEIR folder has it") from error


def _record(line: bytes, text: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise DatasetError(f"{place}: not a JSON object: {error}") from error
    if not isinstance(record, dict):
        raise DatasetError(f"{place}: not a JSON object")
    if not isinstance(record.get("_id"), str | int):
        raise DatasetError(f"{place}: there is no _id")
    if not isinstance(record.get(text), str):
        raise DatasetError(f"{place}: there is no {text}")
    return record


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    number = 0
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for number, row in enumerate(csv.reader(lines, delimiter="\t"), start=1):
                if row and number > 1:
                    query, document, grade = row
                    grades.setdefault(query, {})[document] = int(grade)
    except OSError as error:
        raise DatasetError(f"cannot read {path}: {error.strerror}; a BEIR folder has it") from error
    except ValueError as error:
        raise DatasetError(
            f"{path}, line {number}: not query-id, corpus-id, score by tabs: {error}"
        ) from error
    return grades


def _spans(record: dict[str, Any], documents: dict[str, Document]) -> Iterator[AnswerSpan]:
    try:
        places = [
            (str(span["doc_id"]), canonical_text(span["text"]), int(span["start"]))
            for span in record.get("answer_spans") or ()
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DatasetError(
            f"question {record['_id']!r}: answer_spans need doc_id, text and start: {error!r}"
        ) from error
    for name, answer, place in places:
        if name in documents and answer:
            start = _nearest(documents[name].text, answer, place)
            if start >= 0:
                yield AnswerSpan(name, start, start + len(answer))


def _nearest(text: str, part: str, place: int) -> int:
    """Where `part` stands nearest to `place`; -1 where it does not stand at all."""
    before, after = text.rfind(part, 0, place + len(part)), text.find(part, place)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - place)) if found else -1


def _limited_to(
    question: dict[str, Any], records: list[tuple[Document, dict[str, Any]]]
) -> tuple[str, ...]:
    """Ids of the documents that a question's filter lets through; () where it has none."""
    wanted = (question.get("filter") or {}).items()
    if not wanted:
        return ()
    allowed = tuple(
        document.id
        for document, record in records
        if all(record.get(name) == value for name, value in wanted)
    )
    if not allowed:
        raise DatasetError(f"question {question['_id']!r}: its filter lets no document through")
    return allowed
