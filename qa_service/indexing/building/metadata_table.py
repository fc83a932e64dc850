"""What a table beside the files states of them: titles, dates, publishers, collections."""

from __future__ import annotations

import csv
import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path, PurePosixPath

from qa_service.errors import BuildFailed
from qa_service.nouns.access import (
    ACCESS,
    BETWEEN_GROUPS,
    WITHHELD,
    Groups,
    groups_of,
    named_groups,
)
from qa_service.nouns.documents import TABLE_NAME, Document
from qa_service.reading import parse_date
from qa_service.reading.blocks.canonical import one_line
from qa_service.translation.sentences import said

_FILE = "file"
_KEPT = ("publisher", "address", "collection")
_COLUMNS = (_FILE, "title", "date", *_KEPT, ACCESS)
_WITHIN = ""
"""Stands, beside what is stated of a file, for the access of all that lies in it."""

Facts = dict[str, str]


class StatedFacts:
    """The facts of all tables by the names of documents."""

    def __init__(self, facts: dict[str, Facts]) -> None:
        self._facts = facts
        self._parts: dict[str, list[Groups]] = {}
        for name in filter(self._states_access, facts):
            for above in PurePosixPath(name).parents:
                self._parts.setdefault(str(above), []).append(named_groups(facts[name]))

    def of_file(self, name: str) -> str:
        """All that is stated of a file and of files within it, as JSON; "" where nothing is."""
        found = {
            document: facts
            for document, facts in self._facts.items()
            if document == name or document.startswith(f"{name}/")
        }
        if access := self._access_of(name):
            found[_WITHIN] = {ACCESS: access}
        return json.dumps(found, sort_keys=True) if found else ""

    def _access_of(self, source: str) -> str:
        """The access stated of a document, of what it lies in, or of a folder above: the nearest.

        What a mail has attached, or an archive holds, is no more open than these are.
        """
        parts = source.split("/")
        above = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self._facts[name][ACCESS] for name in above if self._states_access(name)), "")

    def _holds_less_open(self, source: str, access: str) -> bool:
        """Whether some who may read a document may not read all that lies in its file."""
        readers = groups_of(access)
        return any(not readers or readers - part for part in self._parts.get(source, ()))

    def _states_access(self, name: str) -> bool:
        return ACCESS in self._facts.get(name, {})

    def applied(self, document: Document) -> Document:
        """The document as the table has it."""
        access = self._access_of(document.source)
        facts = self._facts.get(document.source, {})
        if not facts and not access and document.source not in self._parts:
            return document
        metadata = {name: facts[name] for name in _KEPT if name in facts}
        if access:
            metadata[ACCESS] = access
        if self._holds_less_open(document.source, access):
            metadata[WITHHELD] = "parts"
        if "date" in facts:
            metadata["date_source"] = TABLE_NAME
        if "title" in facts:
            metadata["title_source"] = TABLE_NAME
        return replace(
            document,
            title=facts.get("title", document.title),
            date=facts.get("date", document.date),
            collection=facts.get("collection", document.collection),
            metadata=document.metadata | metadata,
        )


def read_stated(folders: Sequence[tuple[str, Path]], names: Iterable[str]) -> StatedFacts:
    """The facts of the tables in all folders; `names` are those of the corpus's files.

    Raises BuildFailed, naming table, line and fix, for a column that nobody knows, a
    date that is none, and a file that is not there.
    """
    known = frozenset(names)
    facts: dict[str, Facts] = {}
    for collection, folder in folders:
        path = folder / TABLE_NAME
        if path.is_file():
            for line, row in _rows(path):
                name = f"{collection}/{row[_FILE]}" if collection else row[_FILE]
                _require_file(path, line, name, row, known)
                facts[name] = _checked(path, line, row)
    return StatedFacts(facts)


def _rows(path: Path) -> list[tuple[int, Facts]]:
    """Line number and cells that are not empty of every row of a table."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = csv.DictReader(StringIO(text, newline=""), strict=True)
        columns = [(column or "").strip().lower() for column in table.fieldnames or ()]
        _require_columns(path, columns)
        table.fieldnames = columns
        return [(table.line_num, _cells(row)) for row in table if any(row.values())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BuildFailed(
            said(
                "%(path)s cannot be read as CSV in UTF-8: %(error)s; save it anew",
                path=path,
                error=error,
            )
        ) from error


def _cells(row: dict[str, str]) -> Facts:
    cells = {name: one_line(str(value or "")) for name, value in row.items() if name}
    return {name: value for name, value in cells.items() if value} | {_FILE: cells.get(_FILE, "")}


def _require_columns(path: Path, columns: Sequence[str]) -> None:
    if _FILE not in columns:
        raise BuildFailed(
            said(
                "%(path)s has no column 'file'; name the columns %(columns)s",
                path=path,
                columns=", ".join(_COLUMNS),
            )
        )
    for column in columns:
        if column not in _COLUMNS:
            close = difflib.get_close_matches(column, _COLUMNS, n=1)
            hint = (
                said("did you mean %(name)s?", name=repr(close[0]))
                if close
                else f"use {', '.join(_COLUMNS)}"
            )
            raise BuildFailed(
                said(
                    "%(path)s: unknown column %(column)s; %(hint)s",
                    path=path,
                    column=repr(column),
                    hint=hint,
                )
            )


def _require_file(path: Path, line: int, name: str, row: Facts, known: frozenset[str]) -> None:
    """Raises BuildFailed for what is neither a file nor a folder of which access is stated."""
    parts = name.split("/")
    # A file within an archive or mail is named below it.
    if any("/".join(parts[:end]) in known for end in range(1, len(parts) + 1)):
        return
    is_folder = any(file.startswith(f"{name}/") for file in known)
    if not is_folder:
        raise BuildFailed(
            said(
                "%(path)s, line %(line)s: there is no file %(name)s; give its "
                "path below %(parent)s",
                path=path,
                line=line,
                name=repr(row[_FILE]),
                parent=path.parent,
            )
        )
    if row.keys() != {_FILE, ACCESS}:
        raise BuildFailed(
            said(
                "%(path)s, line %(line)s: %(name)s is a folder; state its access alone, and "
                "the rest of its files",
                path=path,
                line=line,
                name=repr(row[_FILE]),
            )
        )


def _checked(path: Path, line: int, row: Facts) -> Facts:
    facts = {name: value for name, value in row.items() if name != _FILE}
    if ACCESS in facts and not named_groups(facts):
        raise BuildFailed(
            said(
                "%(path)s, line %(line)s: %(access)s names no access group; name groups "
                'parted by "%(sign)s", or leave it empty',
                path=path,
                line=line,
                access=repr(facts[ACCESS]),
                sign=BETWEEN_GROUPS,
            )
        )
    if "date" in facts:
        date = parse_date(facts["date"])
        if date is None:
            raise BuildFailed(
                said(
                    "%(path)s, line %(line)s: %(date)s is no date; write it as 2023-05-24",
                    path=path,
                    line=line,
                    date=repr(facts["date"]),
                )
            )
        facts["date"] = date
    return facts
