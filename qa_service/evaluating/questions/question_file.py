"""The operator's own questions: a file of one question a line, as CSV or JSON Lines.

Columns: `question`; `document` (title, file or id of what must be found, several separated
by semicolons); `quote` (words that the answer must contain); `answerable` (yes, or no for
what is not in the documents); `history` (what was said before); `note`. A line needs a
document, a quote, or answerable = no. Reading and writing of the format are here alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from qa_service.errors import DatasetError, InputError
from qa_service.input_checks import question_text
from qa_service.nouns.questions import Role, Turn

COLUMNS = ("question", "document", "quote", "answerable", "history", "note")
SUFFIXES = (".csv", ".jsonl")
YES = frozenset({"", "yes", "y", "true", "1", "answerable", "in the documents"})
NO = frozenset(
    {"no", "n", "false", "0", "unanswerable", "not answerable", "not in the documents", "none"}
)
_ROLES = ("user", "assistant")
_SHOWN_ERRORS = 20
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question as its asker wrote it. `line` counts from 1; 0 where it is not yet in a file.

    `document` and `quote` are empty where nothing is expected; `answerable` is false for a
    question that the documents do not answer.
    """

    question: str
    document: str = ""
    quote: str = ""
    answerable: bool = True
    history: tuple[Turn, ...] = ()
    note: str = ""
    line: int = 0


def is_question_file(path: Path) -> bool:
    """Whether a path is meant as a question file rather than as a folder in BEIR layout."""
    return path.suffix.lower() in SUFFIXES and not path.is_dir()


def read_question_file(path: Path) -> tuple[QuestionLine, ...]:
    """The questions of a file. Raises DatasetError naming each bad line with its fix."""
    text = _text(path)
    is_json = path.suffix.lower() == ".jsonl"
    lines: Iterable[tuple[int, Any]] = _json_lines(text) if is_json else _csv_lines(path, text)
    made: list[QuestionLine] = []
    errors: list[str] = []
    for number, line in lines:
        try:
            made.append(_question_line(number, line if isinstance(line, dict) else _parsed(line)))
        except DatasetError as error:
            errors.append(f"{path}, line {number}: {error}")
    raise_errors(errors)
    if not made:
        raise DatasetError(f"{path} holds no questions; write one a line below its columns")
    return tuple(made)


def write_question_file(path: Path, questions: Iterable[QuestionLine]) -> None:
    """Writes questions as CSV or, where the name ends in .jsonl, as JSON Lines."""
    if path.suffix.lower() == ".jsonl":
        records = [_record(question) for question in questions]
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        path.write_text(text, encoding="utf-8")
        return
    path.write_bytes(question_csv(questions))


def question_csv(questions: Iterable[QuestionLine]) -> bytes:
    """Questions as the bytes of a CSV file."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    records = [_record(question) for question in questions]
    writer.writerows({name: _cell(record[name]) for name in COLUMNS} for record in records)
    return table.getvalue().encode("utf-8-sig")  # the mark tells Excel UTF-8


def raise_errors(errors: list[str]) -> None:
    """Raises one DatasetError of these lines, the first twenty of them; none for no line."""
    if len(errors) > _SHOWN_ERRORS:
        errors = [*errors[:_SHOWN_ERRORS], f"and {len(errors) - _SHOWN_ERRORS} more bad lines"]
    if errors:
        raise DatasetError("\n".join(errors))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DatasetError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8; save it as “CSV UTF-8”") from error


def _csv_lines(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number of the line on which it begins, cell by column) of every line but the first."""
    header = text.splitlines()[0] if text else ""
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count), strict=True)
    number = 1
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        if "question" not in columns:
            raise DatasetError(f"{path}, line 1: no column “question”; name {_named(COLUMNS)}")
        number = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield number, _by_column(columns, cells)
            number = reader.line_num + 1
    except csv.Error as error:
        raise DatasetError(f"{path}, line {number}: not CSV ({error}); see its quotes") from error


def _by_column(columns: list[str], cells: list[str]) -> dict[str, Any]:
    """Cells by column; what stands in no column is kept under a name that says so."""
    found: dict[str, Any] = dict(zip(columns, map(_plain_cell, cells), strict=False))
    surplus = [cell for cell in cells[len(columns) :] if cell.strip()]
    unnamed = found.pop("", "")
    if surplus or unnamed:
        found["a cell without a column"] = surplus or unnamed
    return found


def _json_lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, line) of every line that is not empty."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _parsed(line: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise DatasetError(f"not a JSON object: {error}") from error
    if not isinstance(values, dict):
        raise DatasetError('not a JSON object; write {"question": …, "document": …}')
    return {str(name).strip().lower(): value for name, value in values.items()}


def _question_line(number: int, values: Mapping[str, Any]) -> QuestionLine:
    """Raises DatasetError that names the fix, without the place."""
    if unknown := [name for name in values if name not in COLUMNS]:
        raise DatasetError(f"{unknown[0]}: not one of the columns {_named(COLUMNS)}")
    try:
        question = question_text(values.get("question"))
    except InputError as error:
        raise DatasetError(str(error)) from error
    made = QuestionLine(
        question=question,
        document=_joined(values.get("document"), "document"),
        quote=_joined(values.get("quote"), "quote"),
        answerable=_answerable(values.get("answerable")),
        history=_history(values.get("history")),
        note=_joined(values.get("note"), "note"),
        line=number,
    )
    _require_expectation(made)
    return made


def _require_expectation(line: QuestionLine) -> None:
    expected = line.document or line.quote
    if line.answerable and not expected:
        raise DatasetError(
            "nothing is expected; give a document, a quote, or answerable = no for what is "
            "not in the documents"
        )
    if not line.answerable and expected:
        raise DatasetError("answerable is no, yet a document or quote is given; remove one of them")


def _joined(value: object, column: str) -> str:
    """A cell's text; a list of texts, as JSON may have it, joined as CSV would."""
    parts = value if isinstance(value, list) else ["" if value is None else value]
    texts = [part.strip() for part in parts if isinstance(part, str)]
    if len(texts) < len(parts):
        raise DatasetError(f"{column} must be text")
    return "; ".join(texts)


def _answerable(value: object) -> bool:
    said = " ".join(str("" if value is None else value).lower().split())
    if said in YES:
        return True
    if said in NO:
        return False
    raise DatasetError(f"answerable is “{said}”; write yes or no")


def _history(value: object) -> tuple[Turn, ...]:
    """Turns from a cell of one message a line, or from a JSON list of role and text."""
    if isinstance(value, list):
        pairs = [(turn.get("role"), turn.get("text")) for turn in value if isinstance(turn, dict)]
        if len(pairs) < len(value):
            raise DatasetError("history needs role and text for every message")
    elif isinstance(value, str | None):
        pairs = [_spoken(line) for line in (value or "").splitlines() if line.strip()]
    else:
        raise DatasetError("history must be text, a message a line")
    if not all(role in _ROLES and isinstance(text, str) and text.strip() for role, text in pairs):
        raise DatasetError("history needs the role user or assistant and a text for every message")
    return tuple(Turn(cast(Role, role), str(text).strip()) for role, text in pairs)


def _spoken(line: str) -> tuple[str, str]:
    """Role and text of a line “user: …” or “assistant: …”; the user's where it names none."""
    role, colon, text = line.partition(":")
    if colon and role.strip().lower() in _ROLES:
        return role.strip().lower(), text
    return "user", line


def _record(question: QuestionLine) -> dict[str, str]:
    said = [f"{turn.role}: {' '.join(turn.text.split())}" for turn in question.history]
    return {
        "question": question.question,
        "document": question.document,
        "quote": question.quote,
        "answerable": "yes" if question.answerable else "no",
        "history": "\n".join(said),
        "note": question.note,
    }


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _plain_cell(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


def _named(columns: Iterable[str]) -> str:
    return ", ".join(columns)
