"""Plain text: tables drawn with borders are read row by row."""

from __future__ import annotations

import pytest

SIMPLE = """\
==========  =======  ===================
Boat        Fee      Note
==========  =======  ===================
Dinghy      12       for ``members`` only
Barge       320      with water and
                     electricity
\\           15       in winter
==========  =======  ===================
"""
GRID = """\
+--------+---------------+
| Boat   | Fee           |
|        +-------+-------+
|        | May   | June  |
+========+=======+=======+
| Canoe  | 2     | 3     |
+--------+-------+-------+
| Raft   | free          |
+--------+---------------+
"""


def rows_of(document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "table_row"]


def test_each_row_of_a_simple_table_carries_the_names_of_its_columns(read) -> None:
    document = read("fees.rst", f"Fees\n====\n\n{SIMPLE}\n.. note:: Pay in May.\n")
    assert rows_of(document) == [
        "Boat | Fee | Note",
        "Boat: Dinghy; Fee: 12; Note: for members only",
        "Boat: Barge; Fee: 320; Note: with water and electricity",
        "Fee: 15; Note: in winter",
    ]
    assert document.text.endswith("Pay in May.")


def test_a_simple_table_without_heads_is_rows_of_cells(read) -> None:
    text = "Open:\n\n=====  =====\nMon    9-17\nTue    10-16\n=====  =====\n\nNot on Sundays.\n"
    assert rows_of(read("open.txt", text)) == ["Mon | 9-17", "Tue | 10-16"]


def test_cells_of_a_grid_count_in_each_row_and_column_they_cover(read) -> None:
    assert rows_of(read("fees.txt", f"Fees\n\n{GRID}\n")) == [
        "Boat | Fee May | Fee June",
        "Boat: Canoe; Fee May: 2; Fee June: 3",
        "Boat: Raft; Fee May: free; Fee June: free",
    ]


def test_a_table_set_in_below_its_directive_is_read_too(read) -> None:
    inner = "".join(f"   {line}\n" for line in SIMPLE.splitlines())
    document = read("fees.rst", f".. table:: Fees of this year\n\n{inner}\nPay in May.\n")
    assert "Boat: Dinghy; Fee: 12; Note: for members only" in rows_of(document)
    assert "Fees of this year" in document.text


@pytest.mark.parametrize(
    "text",
    [
        "====  ====\nA text that runs over both\n====  ====\n",
        "==== ====\n",
        "+----+\n| a\n",
        "====  ====\n\n\n====  ====\n",
        "+--+--+\n|a |b\n+--+--+\n",
    ],
)
def test_what_is_no_table_after_all_stays_text(read, text: str) -> None:
    document = read("a.txt", f"The mill is open.\n\n{text}\nSo is the barn.\n")
    assert document.text.startswith("The mill is open.")
    assert document.text.endswith("So is the barn.")
    assert not rows_of(document)
