"""A table of facts is put in the order of any of its columns, by the head of the column."""

import pytest
from fake_answer_service import QUESTION

pytestmark = pytest.mark.browser
TABLE = """
    const [key] = Object.keys(localStorage).filter((name) => name.startsWith("conversation"));
    const record = JSON.parse(localStorage.getItem(key));
    const [quoted] = record.answers;
    const { document_id, permalink } = quoted.citations[0];
    const rows = arguments[0].map(([title, date, value]) => ({ document_id, permalink, title, date,
      cells: [value ? { value, citation: 1 } : null] }));
    const facts = arguments[1] === undefined
      ? { labels: ["Fee"], rows }
      : { labels: ["Fee"], rows: rows.slice(0, arguments[1]), others: rows.slice(arguments[1]),
           other_citations: quoted.citations.slice(0, 1) };
    record.answers = [{ ...quoted, kind: "facts", facts }];
    localStorage.setItem(key, JSON.stringify(record));
"""
ROWS = [
    ["Boats", "2019-05-03", "£1,200"],
    ["Attics", "2023", None],
    ["Cellars", "2021-11-30", "£900"],
]


@pytest.fixture
def table(visitor):
    visitor.ask_and_wait(QUESTION)
    visitor.run(TABLE, ROWS)
    visitor.browser.refresh()
    visitor.see(".facts thead button")
    return visitor


@pytest.fixture
def narrowed(table):
    """The same where one document answers and two do not."""
    table.run(TABLE, ROWS, 1)
    table.browser.refresh()
    table.see(".facts thead button")
    return table


def press(visitor, column):
    """Press the head of a column, and say in what order the documents stand then."""
    visitor.press(f".facts thead th:nth-child({column}) button")
    return "".join(title[0] for title in visitor.texts(".facts tbody th"))


def test_a_column_is_in_order_once_pressed_and_turned_round_when_pressed_again(table):
    assert [press(table, 1), press(table, 1)] == ["ABC", "CBA"]
    assert [press(table, 2), press(table, 2)] == ["BCA", "ACB"]


def test_numbers_stand_by_their_size_and_what_is_not_said_comes_last(table):
    assert [press(table, 3), press(table, 3)] == ["CBA", "BCA"]


def test_screen_readers_are_told_which_column_is_in_order(table):
    press(table, 1)
    press(table, 3)
    heads = table.browser.find_elements("css selector", ".facts thead th")
    assert [head.get_attribute("aria-sort") for head in heads] == [None, None, "ascending"]


def test_the_documents_that_do_not_answer_are_shown_by_one_key_and_only_then(narrowed):
    assert [*filter(None, narrowed.texts(".facts tbody a"))] == ["Boats", "£1,200"]
    narrowed.see(".others input").send_keys(" ")
    assert "Attics" in narrowed.texts(".facts tbody a")
    assert len(narrowed.browser.find_elements("css selector", ".facts .mark")) == 1
