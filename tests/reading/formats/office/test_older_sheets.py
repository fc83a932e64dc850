"""Older workbooks: what their sheets hide, by records written by hand."""

from __future__ import annotations

import struct

from qa_service.reading.formats.office.older.sheet_details import hidden_in


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def row(number: int, flags: int) -> bytes:
    return record(0x208, struct.pack("<6HI", number, 0, 3, 255, 0, 0, flags))


def columns(first: int, last: int, flags: int) -> bytes:
    return record(0x7D, struct.pack("<6H", first, last, 2000, 15, flags, 0))


def test_hidden_rows_and_columns_of_each_sheet_are_known() -> None:
    name = b"Fees"
    named = struct.pack("<IHBB", 8 + 4 + 8 + 4 + 4, 0, len(name), 0) + name
    head = record(0x809, b"BOF!") + record(0x85, named) + record(0x0A)
    sheet = row(1, 0) + row(2, 0x20) + columns(0, 0, 0) + columns(3, 4, 1) + record(0x0A)
    (details,) = hidden_in(head.ljust(28, b"\0")[:28] + sheet + row(5, 0x20)).values()
    assert details.hidden_rows == {2}
    assert details.hidden_columns == {3, 4}


def test_records_that_are_cut_off_cost_nothing_more() -> None:
    assert hidden_in(record(0x85, b"\xff" * 9) + b"\x08\x02\xff") != {}
    assert hidden_in(b"") == {}
