"""A table of facts as a file to take away."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask

from qa_service.contract.mentions import csv_table
from qa_service.contract.parts import JsonObject
from qa_service.translation.catalogue import _


def register(app: Flask) -> None:
    """Make the address of the file available to every template."""
    app.jinja_env.filters[facts_csv.__name__] = facts_csv


def facts_csv(answer: JsonObject) -> str:
    """The table of an answer as CSV in an address of its own: a line for each document."""
    facts = answer["facts"]
    columns = [_("document"), _("date"), *facts["labels"]]
    rows = [
        [row["title"], row["date"], *(_value(cell) for cell in row["cells"])]
        for row in facts["rows"]
    ]
    return f"data:text/csv;charset=utf-8,{quote(csv_table(columns, rows))}"


def _value(cell: JsonObject | None) -> str:
    return str(cell["value"]) if cell else ""
