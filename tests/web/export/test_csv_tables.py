"""Tables as CSV."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from qa_service.contract.mentions import csv_table


@pytest.mark.parametrize(
    "hidden", ["=1", " =1", "\n=1", "\u202e\r\n=1", "\u200b@A", "\x00+1", "\uff1d1", "\t1"]
)
def test_no_cell_and_no_head_of_any_table_is_a_formula(hidden: str) -> None:
    table = csv_table([hidden], [[hidden], ["plain = text"], [7]])
    shown = list(csv.reader(StringIO(table, newline="")))
    assert shown == [[f"'{hidden}"], [f"'{hidden}"], ["plain = text"], ["7"]]
