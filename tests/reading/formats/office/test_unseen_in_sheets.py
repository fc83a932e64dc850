"""Sheets: what is in the colour of its cell, too small, or hidden by its format is told."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

SEEN = "Boat: Punt; Fee: 320"
TOLD = "what is not to be seen on sheet Fees was not read: B2"


def read_sheet(read, look: dict[str, object], beside=None, fee: object = 320):
    """A sheet with a fee in a cell of this look, read."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Fees")
        sheet.write_row(0, 0, ["Boat", "Fee"])
        sheet.write(1, 0, "Punt")
        sheet.write(1, 1, fee, book.add_format(look))
        sheet.write_row(2, 0, ["Raft", 45])
        if beside:
            beside(book, sheet)
    return read("a.xlsx", file.getvalue())


@pytest.mark.parametrize(
    "look",
    [
        {"font_color": "#FFFFFF"},
        {"font_color": "#FEFEFE"},
        {"font_color": "#003366", "bg_color": "#003366"},
        {"font_size": 1},
        {"num_format": ";;;"},
        {"num_format": "[White]0"},
    ],
)
def test_a_cell_whose_value_nobody_sees_is_left_out_and_told(read, look) -> None:
    document = read_sheet(read, look)
    assert "320" not in document.text
    assert document.extraction.warnings == (TOLD,)


@pytest.mark.parametrize(
    ("code", "fee"), [(";;;", "three hundred"), (";;;", -4), (";;;", True), ("0;-0;", 0)]
)
def test_a_format_hides_values_of_every_kind(read, code: str, fee) -> None:
    assert read_sheet(read, {"num_format": code}, fee=fee).extraction.warnings == (TOLD,)


@pytest.mark.parametrize(("code", "fee"), [("0;-0;", 71), (";;", "five"), ('[=0]"";0', 71)])
def test_a_format_hides_no_more_than_it_says(read, code: str, fee) -> None:
    document = read_sheet(read, {"num_format": code}, fee=fee)
    assert str(fee) in document.text
    assert document.extraction.warnings == ()


def as_a_table(_book, sheet) -> None:
    sheet.add_table("A1:B3", {"columns": [{"header": "Boat"}, {"header": "Fee"}]})


def with_a_rule(book, sheet) -> None:
    rule = {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format()}
    sheet.conditional_format("B2:B9", rule)


@pytest.mark.parametrize("beside", [as_a_table, with_a_rule])
def test_a_white_cell_whose_ground_may_be_coloured_is_read(read, beside) -> None:
    document = read_sheet(read, {"font_color": "#FFFFFF"}, beside)
    assert SEEN in document.text
    assert document.extraction.warnings == ()


def test_a_white_cell_on_a_colour_is_read(read) -> None:
    document = read_sheet(read, {"font_color": "#FFFFFF", "bg_color": "#003366"})
    assert SEEN in document.text


def test_white_words_within_a_cell_are_told(read) -> None:
    def with_words(book, sheet) -> None:
        white = book.add_format({"font_color": "#FFFFFF"})
        sheet.write_rich_string(1, 0, "Punt", white, " that sinks")

    document = read_sheet(read, {}, with_words)
    assert SEEN in document.text
    assert document.extraction.warnings == (TOLD.replace("B2", "A2"),)


def test_columns_of_no_width_are_hidden(read) -> None:
    document = read_sheet(read, {}, lambda _book, sheet: sheet.set_column(1, 1, 0))
    assert "320" not in document.text
    assert document.extraction.warnings == ("hidden columns of sheet Fees were not read: 1",)
