"""Rich text as Word and others write it: lists, tables, notes, and what nobody sees."""

from __future__ import annotations

import pytest

FONTS = r"{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset204 A;}{\f3\fcharset128 G;}}"
COLOURS = r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red0\green0\blue255;}"
STYLES = r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2\outlinelevel1 heading 2;}}"


def rich(body: str) -> str:
    return rf"{{\rtf1\ansi\ansicpg1252{FONTS}{COLOURS}{STYLES}{body}}}"


def row(*cells: str, merges: tuple[str, ...] = ("", "", "")) -> str:
    defined = "".join(rf"{merge}\cellx{place}000" for place, merge in enumerate(merges, 1))
    return rf"\trowd{defined}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row"


def test_headings_and_items_have_their_numbers(read) -> None:
    source = (
        r"\pard\s1{\listtext\pard 1.\tab}Rooms\par\pard\s2{\listtext 1.1\tab}Cleaning\par"
        r"\pard Sweep the floor.\par{\pntext\f1\'b7\tab}Open\par{\pntext a)\tab}Lock up\par"
    )
    document = read("a.rtf", rich(source))
    assert [(it.level, it.text) for it in document.headings] == [
        (1, "1. Rooms"),
        (2, "1.1 Cleaning"),
    ]
    assert document.text.endswith("Sweep the floor.\n\n• Open\na) Lock up")


def test_a_cell_over_two_rows_counts_in_both(read) -> None:
    source = (
        row("Area", "Town", "Berths")
        + row("North", "Amble", "10", merges=(r"\clvmgf", "", ""))
        + row("", "Blyth", "20", merges=(r"\clvmrg", "", ""))
    )
    assert read("a.rtf", rich(source)).text == (
        "Area | Town | Berths\nArea: North; Town: Amble; Berths: 10\n"
        "Area: North; Town: Blyth; Berths: 20"
    )


def test_numbers_in_cells_and_tables_within_are_read(read) -> None:
    inner = r"{\itap2 In one\nestcell In two\nestcell{\*\nesttableprops\nestrow}}"
    source = row("No", "Duty", "") + row(r"{\listtext 1.\tab}", "Lock up", inner)
    assert "1. | Lock up | In one | In two" in read("a.rtf", rich(source)).text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (r"{\v secret}", "hidden text was not read: 1 word"),
        (r"{\cf2 secret}", "hidden text was not read: 1 word"),
        (r"{\fs2 secret}", "hidden text was not read: 1 word"),
        (r"{\strike secret}", "struck-out text was not read: 1 word"),
        (r"{\deleted secret}", "deleted text was not read: 1 word"),
    ],
)
def test_what_nobody_sees_is_told(read, words: str, told: str) -> None:
    document = read("a.rtf", rich(rf"\pard The fee is {words}£320.\par".replace("£", r"\'a3")))
    assert document.text == "The fee is £320."
    assert document.extraction.warnings == (told,)


@pytest.mark.parametrize("ground", [r"\highlight3", r"\chcbpat3"])
def test_white_words_on_a_colour_are_read(read, ground: str) -> None:
    assert (
        read("a.rtf", rich(rf"\pard The fee is {{\cf2{ground} due}}.\par")).text
        == "The fee is due."
    )


def test_notes_have_their_signs(read) -> None:
    source = (
        r"\pard Fee 320{\super\chftn}{\footnote{\super\chftn} Half.} and 118"
        r"{\super\chftn}{\footnote\ftnalt{\super\chftn} Counted.} berths{\super *}"
        r"{\footnote{\super *} Estimate.}{\deleted gone{\super\chftn}{\footnote Old.}}.\par"
    )
    document = read("a.rtf", rich(source))
    assert document.text == (
        "Fee 320¹ and 118ⁱ berths*.\n\n[1] Half.\n\n[i] Counted.\n\n[*] Estimate."
    )


def test_letters_of_every_set_are_read(read) -> None:
    source = (
        r"\pard {\f1\'a3} 5, {\f2\'cf\'f0\'e8}, {\f3\'93\'fa}, \u8364?5, \uc2\u8211\'96\'96x\par"
    )
    assert read("a.rtf", rich(source)).text == "≤ 5, При, 日, €5, –x"


def test_boxes_are_read_once(read) -> None:
    box = (
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard Boxed.\par}}{\shprslt\pard Boxed.\par}}"
    )
    assert read("a.rtf", rich(rf"\pard Before.{box}\par After.\par")).text == (
        "Before.\n\nBoxed.\n\nAfter."
    )


def test_a_deleted_end_of_a_paragraph_joins_two(read) -> None:
    assert read("a.rtf", rich(r"\pard The fee is {\deleted\par}due.\par")).text == "The fee is due."


def test_lines_that_a_program_broke_are_joined(read) -> None:
    lines = (
        r"This is a long text that a program broke into lines\par "
        r"of some fifty letters each, and which goes on a while\par until it ends.\par\par "
        r"A second text comes here, which is broken as well at\par some place within it.\par"
    )
    first, second = read("a.rtf", rich(lines)).text.split("\n\n")
    assert first.endswith("goes on a while until it ends.")
    assert second.startswith("A second text")


def test_the_day_of_a_template_is_nobodys(read) -> None:
    made = r"{\info{\creatim\yr2013\mo12\dy23\hr23\min15}}\pard The fee is due.\par"
    assert read("a.rtf", rich(made)).date is None


@pytest.mark.parametrize(
    "odd", [r"}}} after", r"{{{ open", r"\u99999999999? x", r"\bin999 x", r"\cell\row"]
)
def test_odd_rich_text_costs_no_words(read, odd: str) -> None:
    assert read("a.rtf", rich(rf"\pard The fee is due.\par {odd}")).text.startswith(
        "The fee is due."
    )
