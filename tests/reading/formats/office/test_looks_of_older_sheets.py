"""Older workbooks (.xls): how their sheets show numbers and texts; made by hand."""

from __future__ import annotations

import struct

import xlrd

from qa_service.reading.formats.office.workbook.details import SheetDetails
from qa_service.reading.formats.office.workbook.older import details_of

BEGIN, END = 0x809, 0x0A
PLAIN, MONEY, SHARE, DAY, WHITE, STRUCK, SPECK, ON_BLUE = range(8)
CODES = {164: '"£"#,##0.00', 165: "0.0%", 166: "d mmm yyyy"}
WHITE_INK, BLUE = 9, 12


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def text(words: str, size: str = "H") -> bytes:
    return struct.pack(f"<{size}B", len(words), 1) + words.encode("utf-16-le")


def font(height: int = 220, flags: int = 0, ink: int = 0x7FFF) -> bytes:
    head = struct.pack("<5H4B", height, flags, ink, 400, 0, 0, 2, 0, 0)
    return record(0x31, head + text("Arial", "B"))


def style(font: int = 0, code: int = 0, fill: int = 0, colour: int = 0) -> bytes:
    looks = struct.pack("<IIH", 0, fill << 26, colour)
    return record(0xE0, struct.pack("<3H4B", font, code, 1, 0x20, 0, 0, 0) + looks)


def workbook(*cells: bytes) -> xlrd.book.Book:
    """A workbook of one sheet of these cells."""
    begin = struct.pack("<4HII", 0x600, 5, 0, 1997, 0, 0x600)
    fonts = font() + font(ink=WHITE_INK) + font(flags=0x08) + font(height=20)
    codes = b"".join(record(0x41E, struct.pack("<H", n) + text(c)) for n, c in CODES.items())
    looks = style() + style(code=164) + style(code=165) + style(code=166) + style(1) + style(2)
    looks += style(3) + style(1, fill=1, colour=BLUE)
    head = record(BEGIN, begin) + fonts + codes + looks
    named = struct.pack("<IBB", len(head) + 4 + 6 + 10 + 4, 0, 0) + text("Fees", "B")
    sheet = record(BEGIN, struct.pack("<4HII", 0x600, 0x10, 0, 1997, 0, 0x600))
    stream = head + record(0x85, named) + record(END) + sheet + b"".join(cells) + record(END)
    return xlrd.open_workbook(file_contents=stream, formatting_info=True)


def number(row: int, value: float, style: int) -> bytes:
    return record(0x203, struct.pack("<3Hd", row, 0, style, value))


def label(row: int, words: str, style: int) -> bytes:
    return record(0x204, struct.pack("<3H", row, 0, style) + text(words))


def details(*cells: bytes) -> SheetDetails:
    return details_of(workbook(*cells))["Fees"]


def test_numbers_are_shown_by_their_formats() -> None:
    cells = number(0, 1234.5, MONEY), number(1, 0.125, SHARE), number(2, 45605, DAY)
    assert list(details(*cells).shown.values()) == ["£1,234.50", "12.5%", "2024-11-09"]


def test_what_nobody_sees_is_told() -> None:
    found = details(label(0, "a", WHITE), label(1, "b", SPECK), label(2, "c", ON_BLUE))
    assert list(found.unseen.values()) == ["A1", "A2"]


def test_struck_out_cells_and_errors_are_told() -> None:
    error = record(0x205, struct.pack("<3HBB", 1, 0, PLAIN, 7, 1))
    found = details(label(0, "a", STRUCK), error)
    assert list(found.struck.values()) == ["A1"]
    assert found.errors == ["A2 #DIV/0!"]


def test_hidden_rows_and_columns_and_merged_cells_are_known() -> None:
    row = record(0x208, struct.pack("<6HI", 3, 0, 1, 255, 0, 0, 0x20))
    columns = record(0x7D, struct.pack("<6H", 2, 3, 2000, 0, 1, 0))
    merged = record(0xE5, struct.pack("<5H", 1, 0, 2, 0, 0))
    found = details(row, columns, label(0, "North", PLAIN), merged)
    assert (found.hidden_rows, found.hidden_columns) == ({3}, {2, 3})
    assert found.merged == [((0, 0), (2, 0))]
