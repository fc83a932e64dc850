"""Plain text: its encodings, wrapped lines, lists, headings and titles."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded(read, encoding: str) -> None:
    assert read("a.txt", "The café’s findings.".encode(encoding)).text == "The café’s findings."


def test_hard_wrapped_lines_are_joined(read) -> None:
    wrapped = (
        "Inspectors visited four schools in the harbour district during the\n"
        "spring and found that reading had improved in each of them since\n"
        "the last visit."
    )
    assert "\n" not in read("a.txt", wrapped).text


def test_short_lines_stay_apart(read) -> None:
    assert (
        read("a.txt", "12 Quay Street\nHarbour\nHB1 2CD").text == "12 Quay Street\nHarbour\nHB1 2CD"
    )


def test_list_items_are_one_line_each(read) -> None:
    text = (
        "Findings include:\n\n  * reading is better,\n    much better\n  - pupils attend\n1. next"
    )
    expected = "Findings include:\n\n• reading is better, much better\n• pupils attend\n1. next"
    assert read("a.txt", text).text == expected


def test_a_short_line_above_a_paragraph_is_a_heading(read) -> None:
    document = read(
        "a.txt", "A first paragraph of words.\n\nNotes to editors\n\nThe report is out now."
    )
    assert [heading.text for heading in document.headings] == ["Notes to editors"]


def test_a_long_first_sentence_is_cut_for_a_title(read) -> None:
    document = read(
        "a.txt", "An inspection of the harbour schools has found " + "very " * 20 + "good work."
    )
    assert document.title.endswith("…")
    assert len(document.title) <= 91


def test_a_file_without_a_title_is_called_by_its_name(read) -> None:
    assert (
        read("harbour-report_2023-05.txt", "2023 1 2\n\nwords.").title == "Harbour report 2023-05"
    )


def test_a_term_right_above_its_meaning_is_its_heading(read) -> None:
    text = "Rules of the quay\n\nNight berth\nA place for one night,\nwhich is free after six."
    document = read("a.txt", text)
    assert [heading.text for heading in document.headings][1:] == ["Night berth"]
    assert document.text.endswith("A place for one night, which is free after six.")


@pytest.mark.parametrize(
    "lines",
    [
        "Jonas Feld\n12 Canal Street\nMillport",
        "Yours sincerely,\nJonas Feld keeps the quay.",
        "The boats lie in\nMillport at low tide.",
        "The boats lie\nby the wall of the old harbour.",
    ],
)
def test_other_short_lines_are_no_terms(read, lines: str) -> None:
    document = read("a.txt", f"Rules of the quay\n\nThey hold for all.\n\n{lines}")
    assert lines.split("\n")[0] not in [heading.text for heading in document.headings]


def test_a_text_that_speaks_of_pdf_is_a_text(read) -> None:
    assert read("a.txt", "A sound file begins with %PDF-1.7.").text.endswith("%PDF-1.7.")


def test_letters_printed_over_and_colours_of_terminals_are_no_text(read) -> None:
    text = "N\bNO\bOT\bTE\bE\n\n\x1b[1;31mThe last ferry\x1b[0m leaves at _\b2_\b1.15.\n"
    assert read("a.txt", text).text == "NOTE\n\nThe last ferry leaves at 21.15."


def test_what_a_calendar_begins_with_is_no_title(read) -> None:
    assert read("fair.ics", b"BEGIN:VCALENDAR\nSUMMARY:Fair\nEND:VCALENDAR\n").title == "Fair"
