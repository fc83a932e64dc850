"""A file of written questions: a line each, with the stretches of text that answer it.

A JSON object a line: `q`, `file` and `quotes` (stretches of that file, or objects of `file`
and `quote`), `answerable`, `kind`. A line with `turns` is a talk: each turn is such an
object, asked after those before it. Other names (`page`, `exact`, `near`, `why_not`,
`standalone`, …) are for readers and not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_service.errors import DatasetError, InputError
from qa_service.evaluating.questions.question_file import raise_errors
from qa_service.input_checks import question_text


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a file that answer a question, or a part of it."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question and what answers it; no stretches where its file does not answer.

    `file` is the one it was written over; `kind` what sort of question it is.
    """

    text: str
    file: str
    kind: str
    stretches: tuple[Stretch, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.stretches)

    @property
    def files(self) -> frozenset[str]:
        """Every file that it needs."""
        return frozenset((self.file, *(stretch.file for stretch in self.stretches)))


Talk = tuple[WrittenQuestion, ...]
"""Questions asked one after another; most have one."""


def is_written_file(path: Path) -> bool:
    """Whether a file holds written questions: its first line is an object with `q` or `turns`."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = next((line for line in lines if line.strip()), "")
    try:
        values = json.loads(first)
    except ValueError:
        return False
    return isinstance(values, dict) and bool({"q", "turns"} & values.keys())


def read_written_file(path: Path) -> tuple[Talk, ...]:
    """The talks of a file. Raises DatasetError naming each bad line with its fix."""
    talks: list[Talk] = []
    errors: list[str] = []
    for number, line in _lines(path):
        try:
            talks.append(_talk(_object(line)))
        except (DatasetError, InputError) as error:
            errors.append(f"{path}, line {number}: {error}")
    raise_errors(errors)
    return tuple(talks)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DatasetError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8; save it as UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _object(line: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise DatasetError(f"not a JSON object: {error}") from error
    if not isinstance(values, dict):
        raise DatasetError('not a JSON object; write {"q": …, "file": …, "quotes": […]}')
    return values


def _talk(values: Mapping[str, Any]) -> Talk:
    if "turns" not in values:
        return (_question(values),)
    turns = values["turns"]
    if not isinstance(turns, list) or not turns or not all(isinstance(it, dict) for it in turns):
        raise DatasetError("turns must be a list of objects, one a question")
    return tuple(map(_question, turns))


def _question(values: Mapping[str, Any]) -> WrittenQuestion:
    file, quotes = values.get("file"), values.get("quotes", [])
    if not isinstance(quotes, list):
        raise DatasetError("quotes must be a list of texts")
    stretches = tuple(_stretch(quote, file) for quote in quotes)
    answerable = values.get("answerable", bool(stretches))
    if bool(answerable) != bool(stretches):
        raise DatasetError("give quotes exactly where answerable is true")
    if not isinstance(file, str) and not stretches:
        raise DatasetError("file is missing; name the document that the question is about")
    return WrittenQuestion(
        text=question_text(values.get("q")),
        file=file if isinstance(file, str) else stretches[0].file,
        kind=str(values.get("kind") or "other"),
        stretches=stretches,
    )


def _stretch(quote: object, file: object) -> Stretch:
    text = quote
    if isinstance(quote, dict):
        text, file = quote.get("quote"), quote.get("file", file)
    if not isinstance(text, str) or not any(map(str.isalnum, text)):
        raise DatasetError("a quote has no words; give a text, or an object of file and quote")
    if not isinstance(file, str):
        raise DatasetError("a quote has no file; name the document that it stands in")
    return Stretch(file, text)
