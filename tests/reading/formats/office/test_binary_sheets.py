"""Binary workbooks (.xlsb): what their sheets hide is left out and named; made by hand."""

from __future__ import annotations

import struct

from made_files import zip_file

from qa_service.reading.formats.office.older.binary_sheet_details import hidden_in, records
from qa_service.reading.formats.office.spreadsheet import NO_FORMATS, read_spreadsheet

RELATIONS = "http://schemas.openxmlformats.org"
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01


def record(kind: int, body: bytes = b"") -> bytes:
    assert len(body) < 0x80
    first = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return first + bytes([len(body)]) + body


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row(number: int, cells: tuple[str, ...], flags: int = 0) -> bytes:
    head = record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
    return head + b"".join(
        record(6, struct.pack("<II", column, 0) + text(cell)) for column, cell in enumerate(cells)
    )


def columns(first: int, last: int, flags: int) -> bytes:
    return record(60, struct.pack("<4IH", first, last, 2000, 0, flags))


def workbook(sheet: bytes) -> bytes:
    relation = (
        f'<Relationships xmlns="{RELATIONS}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.bin"/></Relationships>'
    )
    named = struct.pack("<II", 0, 1) + text("r1") + text("Fees")
    return zip_file(
        {
            "xl/workbook.bin": record(156, named) + record(144) + record(157),
            "xl/_rels/workbook.bin.rels": relation,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def test_hidden_rows_and_columns_are_left_out_and_named() -> None:
    cells = row(0, ("Berth", "Code", "Fee")) + row(1, ("North", "N1", "£12"))
    cells += row(2, ("East", "E1", "£99"), HIDDEN_ROW)
    head = record(148, struct.pack("<4I", 0, 2, 0, 2)) + columns(0, 0, 0)
    sheet = head + columns(1, 1, HIDDEN_COLUMN) + record(145) + cells + record(146)
    content = read_spreadsheet(workbook(sheet))
    said = " ".join(block.text for block in content.blocks)
    assert "North" in said
    assert not {"East", "£99", "N1", "Code"} & set(said.replace(";", " ").split())
    assert content.warnings == (
        NO_FORMATS,
        "hidden rows of sheet Fees were not read: 3",
        "hidden columns of sheet Fees were not read: 1",
    )


def test_records_that_are_cut_off_cost_nothing_more() -> None:
    whole = row(4, ("x",), HIDDEN_ROW)
    for length in range(len(whole)):
        assert hidden_in(whole[:length]).hidden_rows <= {4}
    assert list(records(b"\xff\xff\xff\xff\xff\xff")) == [(0x3FFF, b"")]
