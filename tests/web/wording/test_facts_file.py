"""A table of facts as a file to take away."""

from __future__ import annotations

import csv
from io import StringIO
from urllib.parse import unquote

import pytest

from qa_service.contract.mentions import csv_table
from qa_service.web.wording.facts_file import facts_csv


def test_the_file_has_a_line_for_each_document_and_a_column_for_each_label() -> None:
    rows = [
        {"title": "Policy, old", "date": "2019", "cells": [{"value": "Ann", "citation": 1}]},
        {"title": "Policy, new", "date": None, "cells": [None]},
    ]
    address = facts_csv({"facts": {"labels": ["Owner"], "rows": rows}})
    head, _, content = unquote(address).partition(",")
    assert head == "data:text/csv;charset=utf-8"
    assert list(csv.reader(content.splitlines())) == [
        ["document", "date", "Owner"],
        ["Policy, old", "2019", "Ann"],
        ["Policy, new", "", ""],
    ]


@pytest.mark.parametrize(
    "hidden", ["=1", " =1", "\n=1", "\u202e\r\n=1", "\u200b@A", "\x00+1", "\uff1d1", "\t1"]
)
def test_no_cell_and_no_head_of_any_table_is_a_formula(hidden: str) -> None:
    table = csv_table([hidden], [[hidden], ["plain = text"], [7]])
    shown = list(csv.reader(StringIO(table, newline="")))
    assert shown == [[f"'{hidden}"], [f"'{hidden}"], ["plain = text"], ["7"]]
