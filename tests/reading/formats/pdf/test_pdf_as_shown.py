"""PDF: what a page shows, and only that, is its text."""

from __future__ import annotations

import pytest

OPEN = "The mill is open."
SHOWN = f"BT /F 11 Tf 72 700 Td ({OPEN}) Tj ET\n"
LAYER = "<< /Type /OCG /Name (Draft) >>"
GROUND = "0 g 60 590 300 30 re f\n"
SCAN = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q\n"


def drawn(text: str, before: str = "", *, size: float = 11, x: int = 72, y: float = 600) -> str:
    return f"BT {before} /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def read_drawn(read, pdf, content: str, **more: object):
    return read("a.pdf", pdf([], more_content=content, **more))


@pytest.mark.parametrize(
    "hidden",
    [
        drawn("It is sold.", "3 Tr"),
        drawn("It is sold.", "1 1 1 rg"),
        drawn("It is sold.", y=-50),
        drawn("It is sold.", x=700),
        drawn("It is sold.", size=0.5),
        drawn("It is sold.", "7 Tr"),
        drawn("It is sold.", "0.98 0.98 0.98 rg"),
        GROUND + drawn("It is sold."),
        drawn("It is sold.") + GROUND,
        "q 60 690 300 30 re W n\n" + drawn("It is sold.") + "Q\n",
        "q 60 600 300 0 re W n\n" + drawn("It is sold.") + "Q\n",
        "60 598.5 300 14 re f\n" + drawn("It is gray, by day."),
    ],
    ids=[
        *("no ink", "white on white", "below the page", "beside the page", "specks"),
        *("a mere mask", "nearly white", "black on black", "painted over", "cut away"),
        *("cut to nothing", "tails alone"),
    ],
)
def test_what_nobody_sees_is_not_text_and_is_told(read, pdf, hidden: str) -> None:
    document = read_drawn(read, pdf, SHOWN + hidden)
    assert document.text == OPEN
    assert document.extraction.warnings == ("text that is not to be seen on page 1 was left out",)


def test_words_that_a_clip_cuts_off_are_not_text(read, pdf) -> None:
    content = "q 60 590 60 30 re W n\n" + drawn("It is open on Mondays and on Fridays.") + "Q\n"
    document = read_drawn(read, pdf, content + drawn("So is the barn.", y=500))
    assert document.text == "It is open\n\nSo is the barn."
    assert document.extraction.warnings


@pytest.mark.parametrize(
    "ground", ["0 0 1 rg 60 590 300 30 re f 0 g\n", "60 590 300 30 re S\n", "60 590 300 1 re f\n"]
)
def test_what_stands_on_another_colour_or_on_a_line_is_text(read, pdf, ground: str) -> None:
    assert read_drawn(read, pdf, ground + drawn("It is sold.")).text == "It is sold."


def test_white_on_a_dark_ground_is_text(read, pdf) -> None:
    ground = "0 0 0 rg 60 590 300 30 re f\n"
    document = read_drawn(read, pdf, ground + drawn("It is open.", "1 1 1 rg"))
    assert document.text == "It is open."


def test_the_words_below_a_scan_are_its_text(read, pdf) -> None:
    assert read_drawn(read, pdf, SCAN + drawn("The mill is open on Mondays.", "3 Tr")).text


@pytest.mark.parametrize(("state", "text"), [("OFF", ""), ("ON", "It is sold.")])
def test_a_layer_that_is_switched_off_is_not_text(read, pdf, state: str, text: str) -> None:
    resources = "/Font << /F 3 0 R /B 4 0 R >> /Properties << /L 8 0 R >>"
    document = read_drawn(
        read,
        pdf,
        f"{SHOWN}/OC /L BDC {drawn('It is sold.')} EMC\n",
        catalog=f"/OCProperties << /OCGs [8 0 R] /D << /{state} [8 0 R] >> >>",
        page_entries=f"/Resources << {resources} >>",
        more=[LAYER],
    )
    assert document.text == f"{OPEN}\n\n{text}".strip()


def test_a_line_drawn_twice_to_look_bold_is_read_once(read, pdf) -> None:
    again = SHOWN.replace("/F 11", "/B 11").replace("72 700", "72.4 700")
    assert read_drawn(read, pdf, SHOWN + again).text == OPEN


def test_lines_that_are_outlined_once_all_are_drawn_are_read_once(read, pdf) -> None:
    below = drawn("It is shut at noon.", y=686)
    lines = SHOWN + below
    outlines = lines.replace("BT", "BT 1 Tr")
    assert read_drawn(read, pdf, lines + outlines).text == f"{OPEN} It is shut at noon."


def test_words_drawn_twice_within_a_line_are_read_once(read, pdf) -> None:
    line = "BT /F 11 Tf 72 700 Td (The mill ) Tj (is open.) Tj ET BT /F 11 Tf 72 700 Td (The) Tj"
    again = line + " ( mill is open.) Tj ET\n"
    assert read_drawn(read, pdf, again).text == OPEN


def test_the_sign_of_a_note_is_no_figure_of_the_number_before(read, pdf) -> None:
    content = (
        "BT /F 11 Tf 72 700 Td (The fee is 320) Tj /F 7 Tf 5 Ts (1) Tj /F 11 Tf 0 Ts"
        " ( pounds a year.) Tj ET\n"
        "BT /F 5 Tf 72 100 Td 3 Ts (1) Tj /F 8 Tf 0 Ts ( Half for members.) Tj ET\n"
    )
    document = read_drawn(read, pdf, content)
    assert "320¹ pounds" in document.text
    assert "¹ Half for members." in document.text
    assert "3201" not in document.text


def test_the_letter_of_a_note_leaves_its_word_and_an_ordinal_stays(read, pdf) -> None:
    def up(letters: str) -> str:
        return f"/F 7 Tf 5 Ts ({letters}) Tj /F 11 Tf 0 Ts"

    content = (
        f"BT /F 11 Tf 72 700 Td (Due on the 1) Tj {up('st')} ( of May: 320) Tj {up('a')}"
        f" ( pounds for 118) Tj {up('b,c')} ( berths.) Tj ET\n"
    )
    assert (
        read_drawn(read, pdf, content).text
        == "Due on the 1st of May: 320ᵃ pounds for 118ᵇ,ᶜ berths."
    )


@pytest.mark.parametrize("after", [",", ".", ":"])
def test_a_sign_of_a_note_before_a_stop_is_no_figure_either(read, pdf, after: str) -> None:
    content = (
        "BT /F 11 Tf 72 700 Td (It cost 1,240) Tj /F 7 Tf 5 Ts (12) Tj /F 11 Tf 0 Ts"
        f" ({after} more than 2019) Tj /F 7 Tf 5 Ts (13) Tj ET\n"
    )
    assert f"1,240¹²{after} more than 2019¹³" in read_drawn(read, pdf, content).text


def test_the_figures_of_a_formula_stay_below(read, pdf) -> None:
    content = "BT /F 11 Tf 72 700 Td (Less CO) Tj /F 7 Tf -2 Ts (2) Tj ET\n"
    assert read_drawn(read, pdf, content).text == "Less CO2"


@pytest.mark.parametrize("header", ["Recommendation #", "Visits in 202#", "Ward # of 3"])
def test_headings_that_differ_by_their_number_are_no_running_lines(read, pdf, header: str) -> None:
    text = read("a.pdf", pdf([OPEN], [OPEN], [OPEN], header=header)).text
    assert all(header.replace("#", number) in text for number in "123")


@pytest.mark.parametrize(
    "footer", ["Cost: #00 pounds", "Deaths: #", "Next visit in 202#", "Lot # costs #9 pounds"]
)
def test_a_line_that_gives_another_figure_on_each_page_is_said(read, pdf, footer: str) -> None:
    text = read("a.pdf", pdf([OPEN], [OPEN], [OPEN], footer=footer)).text
    assert footer.replace("#", "2") in text


@pytest.mark.parametrize("footer", ["Members pay half of all fees.", "Telephone: 01632 960001"])
def test_a_running_line_that_says_something_is_kept_once(read, pdf, footer: str) -> None:
    assert read("a.pdf", pdf([OPEN], [OPEN], [OPEN], footer=footer)).text.count(footer) == 1


def test_a_title_at_the_head_of_every_page_is_kept_once(read, pdf) -> None:
    document = read("a.pdf", pdf([OPEN], [OPEN], [OPEN], header="The mills of Ware"))
    assert document.title == "The mills of Ware"
    assert document.text.count("The mills of Ware") == 1


def test_the_pages_before_the_first_chapter_may_be_numbered_in_roman_figures(read, pdf) -> None:
    numbers = ("ii", "iii", "iv", "1", "2", "3")
    pages = [[OPEN, *[""] * 49, (f"Mill report {number}", 9, False)] for number in numbers]
    document = read("a.pdf", pdf(*pages))
    assert document.text.split("\n\n") == [OPEN] * 6


def test_running_lines_that_are_left_out_are_told(read, pdf) -> None:
    document = read("a.pdf", pdf([OPEN], ["So is the barn."], footer="Mill report, page #"))
    assert document.text == f"{OPEN}\n\nSo is the barn."
    assert document.extraction.warnings == (
        "left out at the head or foot of pages 1-2: “Mill report, page …”",
    )


@pytest.mark.parametrize(
    ("footer", "kept"),
    [
        ("Review of the Ferry Trust 2021 | #", "Review of the Ferry Trust 2021"),
        ("Draft for comment until 9 May - Page # of 3", "Draft for comment until 9 May"),
        ("Ref: FT/2021/07 Page #", "Ref: FT/2021/07"),
    ],
)
def test_what_is_said_beside_a_page_number_alone_is_kept_once(read, pdf, footer, kept) -> None:
    text = read("a.pdf", pdf([OPEN], [OPEN], [OPEN], footer=footer)).text
    assert text.count(kept) == 1
    assert footer.replace("#", "1") not in text


def test_what_the_pages_say_themselves_is_not_kept_beside_their_numbers(read, pdf) -> None:
    said = ["Review of the ferry trust, by Ann Rye.", OPEN]
    document = read("a.pdf", pdf(said, [OPEN], [OPEN], footer="Review of the ferry trust #"))
    assert document.text.count("Review of the ferry trust") == 1


BAR = "0 g 128 597 74 11 re f\n"
"""Stands over "Mr John Smith" below."""
LENDER = drawn("The lender Mr John Smith pays 12 pounds a year.")


@pytest.mark.parametrize(
    ("bar", "text"),
    [
        (BAR, "The lender pays 12 pounds a year."),
        ("0 g 70 597 132 11 re f\n", "pays 12 pounds a year."),
        ("q 74 0 0 11 128 597 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q\n", "The lender pays"),
        ("/M gs 1 1 0 rg 128 597 74 11 re f\n", "The lender Mr John Smith pays"),
        ("0 g 400 597 74 11 re f\n", "The lender Mr John Smith pays"),
    ],
    ids=["a bar within", "a bar at the beginning", "a picture", "a marker", "a bar beside"],
)
def test_of_a_line_that_is_painted_over_in_part_the_rest_stays(read, pdf, bar, text: str) -> None:
    resources = (
        "/Font << /F 3 0 R /B 4 0 R >> /ExtGState << /M << /Type /ExtGState /BM /Multiply >> >>"
    )
    document = read_drawn(read, pdf, LENDER + bar, page_entries=f"/Resources << {resources} >>")
    assert document.text.startswith(text)
    assert bool(document.extraction.warnings) == ("Smith" not in text)


def test_letters_drawn_in_white_lines_alone_are_not_text(read, pdf) -> None:
    document = read_drawn(read, pdf, SHOWN + "1 1 1 RG\n" + drawn("It is sold.", "1 Tr"))
    assert document.text == OPEN


def test_a_page_stored_below_the_picture_of_itself_is_its_text(read, pdf) -> None:
    assert read_drawn(read, pdf, SHOWN + SCAN).text == OPEN


@pytest.mark.parametrize("kind", ["Square", "Stamp", "Ink", "Text"])
def test_what_is_written_to_a_mark_on_a_page_is_told(read, pdf, kind: str) -> None:
    note = (
        f"<< /Type /Annot /Subtype /{kind} /Contents (Paid in May) /Rect [72 500 200 520] /F 4 >>"
    )
    document = read_drawn(read, pdf, SHOWN, page_entries="/Annots [8 0 R]", more=[note])
    assert document.extraction.warnings == ('1 comment not read: "Paid in May"',)
