"""Binary workbooks (.xlsb): what their sheets hide is left out and named; made by hand."""

from __future__ import annotations

import struct

from made_files import zip_file

from qa_service.reading.formats.office.workbook.binary import Book, details_of, records
from qa_service.reading.formats.office.workbook.binary_styles import (
    Styles,
    styles_of,
    text_pieces,
)
from qa_service.reading.formats.office.workbook.document import read_spreadsheet

RELATIONS = "http://schemas.openxmlformats.org"
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01
PLAIN = Book(Styles(), [])


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
        "hidden rows of sheet Fees were not read: 3",
        "hidden columns of sheet Fees were not read: 1",
    )


def test_records_that_are_cut_off_cost_nothing_more() -> None:
    whole = row(4, ("x",), HIDDEN_ROW)
    for length in range(len(whole)):
        assert details_of(whole[:length], PLAIN).hidden_rows <= {4}
    assert list(records(b"\xff\xff\xff\xff\xff\xff")) == [(0x3FFF, b"")]


def colour(red: int, green: int, blue: int) -> bytes:
    return struct.pack("<BBh4B", 5, 0, 0, red, green, blue, 255)


def look(height: int = 220, flags: int = 0, ink: bytes = bytes(8), place: int = 0) -> bytes:
    head = struct.pack("<4H4B", height, flags, 400, place, 0, 2, 0, 0)
    return record(43, head + ink + b"\2" + text("Arial"))


def style(code: int = 0, font: int = 0, fill: int = 0) -> bytes:
    return record(47, struct.pack("<5H", 0, code, font, fill, 0) + bytes(6))


WHITE, BLUE = colour(255, 255, 255), colour(0, 0, 255)
STYLES = (
    record(44, struct.pack("<H", 164) + text("0.0%"))
    + look()
    + look(ink=WHITE)
    + look(flags=8)
    + look(place=1)
    + record(45, bytes(68))
    + record(45, struct.pack("<I", 1) + BLUE + bytes(56))
    + record(617)
    + style()
    + style(164)
    + style(font=1)
    + style(font=2)
    + style(font=1, fill=1)
    + record(618)
)


def numbers(*styles: int) -> bytes:
    cells = (record(5, struct.pack("<IId", at, style, 0.125)) for at, style in enumerate(styles))
    return record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)) + b"".join(cells)


def test_styles_tell_how_numbers_look_and_what_nobody_sees() -> None:
    book = Book(styles_of(records(STYLES), {}), [])
    details = details_of(numbers(1, 2, 3, 4), book)
    assert details.formats == {(0, 0): "0.0%"}
    assert list(details.unseen.values()) == ["B1"]
    assert list(details.struck.values()) == ["C1"]


def test_merged_cells_and_errors_are_known() -> None:
    error = record(3, struct.pack("<IIB", 1, 0, 7))
    details = details_of(numbers(0) + error + record(176, struct.pack("<4I", 0, 2, 0, 0)), PLAIN)
    assert details.merged == [((0, 0), (2, 0))]
    assert details.errors == ["B1 #DIV/0!"]


def test_runs_of_a_text_have_looks_of_their_own() -> None:
    fonts = styles_of(records(STYLES), {}).fonts
    runs = struct.pack("<I6H", 3, 4, 2, 8, 0, 12, 3)
    found = text_pieces(b"\1" + text("Fee £90 £3201") + runs, fonts)
    assert [(it.text, it.struck) for it in found] == [
        ("Fee ", False),
        ("£90 ", True),
        ("£320", False),
        ("¹", False),
    ]
