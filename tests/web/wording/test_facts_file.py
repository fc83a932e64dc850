"""A table of facts as a file to take away."""

from __future__ import annotations

import csv
from urllib.parse import unquote

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
