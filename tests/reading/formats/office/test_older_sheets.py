"""Older workbooks (.xls), by records written by hand."""

from __future__ import annotations

import struct

from qa_service.reading.formats.office.workbook.details import SheetDetails
from qa_service.reading.formats.office.workbook.older_records import take_records

BEGIN, END = struct.pack("<HH", 0x809, 0), struct.pack("<HH", 0x0A, 0)
NO_TEXT = b"\3\0\0\0\0\0\xff\xff"


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def formula(row: int, value: bytes, flags: int = 0) -> bytes:
    return record(0x06, struct.pack("<3H", row, 0, 0) + value + struct.pack("<HI", flags, 0))


def taken(*records: bytes) -> SheetDetails:
    """What is told of a sheet of these records."""
    name, details = b"Fees", SheetDetails()
    head = 4 + 4 + 8 + len(name) + 4
    named = record(0x85, struct.pack("<IHBB", head, 0, len(name), 0) + name)
    take_records(BEGIN + named + END + BEGIN + b"".join(records) + END, {"Fees": details})
    return details


def test_formulas_that_wait_to_be_computed_are_named() -> None:
    assert taken(formula(1, bytes(8), 2), formula(2, b"\1" * 8)).without_value == ["A2"]


def test_formulas_of_which_none_was_computed_are_named() -> None:
    assert taken(formula(1, NO_TEXT), formula(2, NO_TEXT)).without_value == ["A2", "A3"]
    assert taken(formula(1, NO_TEXT), formula(2, b"\1" * 8)).without_value == []


def test_boxes_are_read_and_charts_and_margins_told() -> None:
    box = record(0x5D, bytes([21, 0, 18, 0, 6, 0])) + record(0x1B6, bytes(10) + b"\5\0")
    chart = record(0x5D, bytes([21, 0, 18, 0, 5, 0])) + BEGIN + record(0x06, bytes(20)) + END
    margin = record(0x14, b"\x09\0\0&LDraft &P")
    details = taken(box + record(0x3C, b"\0North"), chart, margin)
    assert [block.text for block in details.drawn] == ["North"]
    assert details.lost == ["a chart was not read"]
    assert details.margins == ["Draft"]


def test_records_that_are_cut_off_cost_nothing_more() -> None:
    whole = BEGIN + record(0x85, b"\xff" * 9) + b"\x08\x02\xff"
    for length in range(len(whole)):
        take_records(whole[:length], {"Fees": SheetDetails()})
