"""A table of facts: what its rows are put in order by, and the file to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urljoin

from flask import Flask

from qa_service.contract.parts import JsonObject
from qa_service.reading.metadata.dates import only_date
from qa_service.translation.catalogue import _
from qa_service.web.export.as_csv import csv_file
from qa_service.web.serving.answer_service import site_address
from qa_service.web.wording.display import citation_of

_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3})")


def register(app: Flask) -> None:
    """Make these available to every template."""
    for words in (facts_csv, sort_key, table_rows):
        app.jinja_env.filters[words.__name__] = words


def facts_csv(answer: JsonObject) -> str:
    """The table of an answer as CSV in an address of its own: a line for each document, behind
    each value the address of its place; where some documents do not answer, which do."""
    facts, rows = answer["facts"], table_rows(answer)
    pairs = [(label, _("%(label)s: address", label=label)) for label in facts["labels"]]
    marked = [_("answers the question")] if facts.get("others") else []
    columns = [_("document"), _("date"), *marked, *(name for pair in pairs for name in pair)]
    lines = [
        [row["title"], row["date"], *(_yes_or_no(row) for _mark in marked), *_values(row["cells"])]
        for row in rows
    ]
    return f"data:text/csv;charset=utf-8,{quote(csv_file(columns, lines))}"


def table_rows(answer: JsonObject) -> list[JsonObject]:
    """The rows of an answer's table, those that answer first, with the permalinks of their cells;
    `answers` says whether one does."""
    facts = answer["facts"]
    others = {"citations": facts.get("other_citations", [])}
    return [
        *(_linked(row, answer, answers=True) for row in facts["rows"]),
        *(_linked(row, others, answers=False) for row in facts.get("others", [])),
    ]


def _linked(row: JsonObject, cited: JsonObject, *, answers: bool) -> JsonObject:
    cells = [
        cell and {**cell, "permalink": citation_of(cited, cell["citation"])["permalink"]}
        for cell in row["cells"]
    ]
    return {**row, "cells": cells, "answers": answers}


def _yes_or_no(row: JsonObject) -> str:
    return _("yes") if row["answers"] else _("no")


def _values(cells: Sequence[JsonObject | None]) -> Iterator[str]:
    for cell in cells:
        yield from (cell["value"], urljoin(site_address(), cell["permalink"])) if cell else ("", "")


def sort_key(value: str) -> str:
    """What a value is put in order by: "24 May 2023" as "2023-05-24", "1,204" as "1204"."""
    return only_date(value) or _COMMA_IN_NUMBER.sub("", value)
