"""Tables: rows carry the names of their columns, whatever file they stand in."""

from __future__ import annotations

from datetime import date

import pytest
from made_files import workbook

from qa_service.reading.formats.office.sheets import sheet_blocks

ROWS = [["School", "Grade"], ["North", "Good"]]
NAMED = "School | Grade\nSchool: North; Grade: Good"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separated_values_are_rows_with_the_names_of_their_columns(read, separator) -> None:
    text = "\n".join(separator.join(row) for row in ROWS)
    assert read("a.csv", text).text == NAMED


def test_a_cell_may_hold_the_separator_and_line_ends(read) -> None:
    document = read("a.csv", 'School,Remark\nNorth,"Good, on the\nwhole"\n')
    assert document.text.endswith("School: North; Remark: Good, on the whole")


def test_each_visible_sheet_is_a_heading_and_a_table(read) -> None:
    sheets = {"2022": ROWS, "Empty": [], "2023": ROWS, "Secret": ROWS}
    document = read("a.xlsx", workbook(sheets, hidden="Secret"))
    assert document.text == f"2022\n\n{NAMED}\n\n2023\n\n{NAMED}"
    assert [heading.text for heading in document.headings] == ["2022", "2023"]
    assert document.extraction.tables == 2
    assert document.extraction.warnings == ("hidden sheets were not read: Secret",)


def test_numbers_and_dates_are_written_as_people_do(read) -> None:
    row = [3.0, 0.25, date(2023, 5, 24), True]
    document = read("a.xlsx", workbook({"A": [["Pupils", "Share", "Day", "Open"], row]}))
    assert document.text.endswith("Pupils: 3; Share: 0.25; Day: 2023-05-24; Open: yes")


def texts(*rows: list[str]) -> list[str]:
    return [block.text for block in sheet_blocks(rows)]


def test_a_line_of_one_cell_above_the_names_is_a_caption() -> None:
    assert texts(["Grades 2023", ""], *ROWS)[::2] == ["Grades 2023", "School: North; Grade: Good"]


def test_names_in_two_rows_are_joined() -> None:
    rows = texts(["School", "Grade", ""], ["", "2022", "2023"], ["North", "Good", "Weak"])
    assert rows[1] == "School: North; Grade 2022: Good; Grade 2023: Weak"


def test_empty_rows_part_tables_and_empty_columns_go() -> None:
    rows = texts(["A", "", "B"], ["one", "", "two"], ["", "", ""], ["C", "D", ""], ["x", "y", ""])
    assert rows == ["A | B", "A: one; B: two", "C | D", "C: x; D: y"]


def test_rows_below_numbers_have_no_names() -> None:
    assert texts(["2022", "17"], ["2023", "18"]) == ["2022 | 17", "2023 | 18"]


@pytest.mark.parametrize("sign", ["^", "~", "\x1f", "sep=;"])
def test_separators_that_are_stated_or_rare(read, sign: str) -> None:
    stated = f"{sign}\n" if "=" in sign else ""
    rows = ("Boat Fee", "Punt 3", "Raft 4")
    table = "\n".join(row.replace(" ", sign[-1]) for row in rows)
    text = read("a.csv", f"{stated}{table}\n").text
    assert text == "Boat | Fee\nBoat: Punt; Fee: 3\nBoat: Raft; Fee: 4"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("'Boat','Fee'\n'Punt, small','£3'\n", "Boat: Punt, small; Fee: £3"),
        ("'Boat';'Fee'\n'Punt; small';'3,50'\n", "Boat: Punt; small; Fee: 3,50"),
        ("'Boat','Fee'\n'O''Brien''s','3'\n", "Boat: O'Brien's; Fee: 3"),
        ("Boat,Fee\nO'Brien,3\n", "Boat: O'Brien; Fee: 3"),
        ("Boat,Fee\n'Tis,3\n'Twas,4\n", "Boat: 'Twas; Fee: 4"),
        ('"Boat","Fee"\n"The \\"Ark\\", old","3"\n', 'Boat: The "Ark", old; Fee: 3'),
    ],
)
def test_cells_may_be_held_together_by_single_marks_or_hold_escaped_ones(read, text, row) -> None:
    assert read("a.csv", text).text.endswith(row)
