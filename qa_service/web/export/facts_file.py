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
    """Make both available to every template."""
    for words in (facts_csv, sort_key):
        app.jinja_env.filters[words.__name__] = words


def facts_csv(answer: JsonObject) -> str:
    """The table of an answer as CSV in an address of its own: a line for each document, behind
    each value the address of its place."""
    facts = answer["facts"]
    pairs = [(label, _("%(label)s: address", label=label)) for label in facts["labels"]]
    columns = [_("document"), _("date"), *(name for pair in pairs for name in pair)]
    rows = [[row["title"], row["date"], *_values(row["cells"], answer)] for row in facts["rows"]]
    return f"data:text/csv;charset=utf-8,{quote(csv_file(columns, rows))}"


def _values(cells: Sequence[JsonObject | None], answer: JsonObject) -> Iterator[str]:
    for cell in cells:
        place = citation_of(answer, cell["citation"])["permalink"] if cell else ""
        yield from (cell["value"], urljoin(site_address(), place)) if cell else ("", "")


def sort_key(value: str) -> str:
    """What a value is put in order by: "24 May 2023" as "2023-05-24", "1,204" as "1204"."""
    return only_date(value) or _COMMA_IN_NUMBER.sub("", value)
