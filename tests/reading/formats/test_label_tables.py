"""Tables of labels with their values: none of their rows names the columns."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

DETAILS = (
    ("Lead warden", "Ann Lee"),
    ("Opened", "3 May 2020"),
    ("State", "Good"),
    ("Berths", "42"),
)
SAID = "Lead warden: Ann Lee\n\nOpened: 3 May 2020\n\nState: Good\n\nBerths: 42"
GOODS = (("Boat", "Hire"), ("Dinghy", "12"), ("Punt", "9"), ("Skiff", "10"))


def word_table(rows, bold: bool = False) -> bytes:
    word, file = docx.Document(), BytesIO()
    table = word.add_table(rows=0, cols=2)
    for row in rows:
        for place, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.paragraphs[0].add_run(text).bold = bold and not place
    word.save(file)
    return file.getvalue()


def page(rows, tag: str = "td") -> str:
    cells = "".join(f"<tr><{tag}>{a}</{tag}><td>{b}</td></tr>" for a, b in rows)
    said = "<p>This page tells of the harbour and of the boats that lie in it all year.</p>"
    return f"<html><body><main><h1>Harbour</h1>{said}<table>{cells}</table></main></body></html>"


def comma_separated(rows) -> str:
    return "\n".join(map(",".join, rows))


@pytest.mark.parametrize(
    ("name", "make"), [("a.docx", word_table), ("a.csv", comma_separated), ("a.html", page)]
)
def test_values_of_several_kinds_tell_a_table_of_labels(read, name: str, make) -> None:
    assert read(name, make(DETAILS)).text.endswith(SAID)


@pytest.mark.parametrize(("name", "make"), [("a.docx", word_table), ("a.csv", comma_separated)])
def test_values_of_one_kind_stand_below_the_names_of_their_columns(read, name: str, make) -> None:
    assert "Boat: Punt; Hire: 9" in read(name, make(GOODS)).text


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", lambda rows: word_table(rows, bold=True)),
        ("a.html", lambda rows: page(rows, tag="th")),
        ("a.md", lambda rows: "| | |\n|-|-|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows)),
    ],
)
def test_cells_set_as_names_tell_a_table_of_labels(read, name: str, make) -> None:
    words = (("Warden", "Ann Lee"), ("State", "Good"))
    assert read(name, make(words)).text.endswith("Warden: Ann Lee\n\nState: Good")


def test_a_form_at_the_top_is_no_title(read) -> None:
    assert read("harbour-form.docx", word_table(DETAILS)).title == "Harbour form"
