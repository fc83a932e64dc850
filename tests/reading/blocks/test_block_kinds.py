"""Blocks know what they are, and which stretch of them is a mark and not text."""

from __future__ import annotations

import pytest

from qa_service.nouns.documents import Block, Document
from qa_service.reading.blocks.assembling import assemble
from qa_service.reading.blocks.kinds import is_label_value
from qa_service.reading.content import Block as ReadBlock
from qa_service.reading.content import BlockKind, Content


def read(*parts: tuple[BlockKind, str]) -> Document:
    blocks = tuple(ReadBlock(kind, text) for kind, text in parts)
    return assemble(Content("text", blocks), "id", "version", "notes.txt")


def kinds(document: Document) -> list[str]:
    return [block.kind for block in document.blocks]


def marker(document: Document, block: Block) -> str | None:
    return document.text[slice(*block.marker)] if block.marker else None


@pytest.mark.parametrize(
    ("kind", "text", "mark"),
    [
        ("item", "• Fresh bread daily", "•"),
        ("item", "80. The kitchen is clean.", "80."),
        ("paragraph", "2.1 The kitchen is clean.", "2.1"),
        ("heading", "4.2. Kitchens", "4.2."),
        ("item", "(b) a spare key", "(b)"),
        ("note", "12 See the annex.", "12"),
        ("paragraph", "24 loaves were sold.", None),
        ("paragraph", "2.5 million loaves were sold.", None),
        ("paragraph", "A. Baker signed it.", None),
    ],
)
def test_the_number_or_bullet_of_a_block_is_its_marker(
    kind: BlockKind, text: str, mark: str | None
) -> None:
    document = read((kind, text))
    assert marker(document, document.blocks[0]) == mark


def test_a_list_keeps_together_and_knows_what_introduces_it() -> None:
    document = read(
        ("paragraph", "You need:"), ("item", "• flour"), ("item", "• salt"), ("paragraph", "Bake.")
    )
    flour, salt = document.blocks[1:3]
    assert kinds(document) == ["paragraph", "list_item", "list_item", "paragraph"]
    assert flour.group == salt.group == 0
    assert salt.lead is not None
    assert document.text[slice(*salt.lead)] == "You need:"


def test_a_list_within_a_list_is_introduced_by_the_item_above_it() -> None:
    document = read(
        ("item", "7. You need:"), ("item", "• flour"), ("item", "• salt"), ("item", "8. Bake.")
    )
    seven, flour, salt, eight = document.blocks
    assert seven.group == eight.group != flour.group == salt.group
    assert document.text[slice(*salt.lead)] == "7. You need:"
    assert eight.lead is None


def test_items_marked_in_two_ways_are_one_list_where_none_opens_another() -> None:
    document = read(("item", "• flour"), ("item", "1. salt"))
    assert len({block.group for block in document.blocks}) == 1


def test_the_name_at_the_top_is_a_heading_whatever_its_colon() -> None:
    title = ReadBlock("heading", "Report: Larch House, Dunsley", level=1)
    text = ReadBlock("paragraph", "The house is clean.")
    document = assemble(Content("text", (title, text)), "id", "version", "notes.txt")
    assert kinds(document) == ["heading", "paragraph"]


def test_a_list_below_a_whole_sentence_has_no_lead() -> None:
    document = read(("paragraph", "The shop is open."), ("item", "• flour"))
    assert document.blocks[1].lead is None


def test_a_long_numbered_text_is_a_paragraph() -> None:
    document = read(("item", "80. " + "Bread is baked every day. " * 10))
    assert kinds(document) == ["paragraph"]
    assert marker(document, document.blocks[0]) == "80."


def test_rows_know_the_heads_of_their_columns() -> None:
    document = read(("row", "Loaf | Price"), ("row", "Rye | £3.20"), ("row", "Oat | £2.90"))
    assert document.blocks[0].lead is None
    assert [document.text[slice(*row.lead)] for row in document.blocks[1:] if row.lead] == [
        "Loaf | Price",
        "Loaf | Price",
    ]


def test_lines_of_labels_and_values_are_blocks_of_their_own() -> None:
    document = read(("paragraph", "Baker: Ann Rye\nOpened: 3 May 2019"))
    assert kinds(document) == ["label_value", "label_value"]
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "Baker: Ann Rye",
        "Opened: 3 May 2019",
    ]


@pytest.mark.parametrize(
    "line",
    ["10:30 to noon", "see https://example.org/", "He said: go home.", "The bread: " + "w " * 40],
)
def test_what_only_holds_a_colon_is_no_label(line: str) -> None:
    assert not is_label_value(line)


def test_lines_that_lead_to_pages_are_contents() -> None:
    document = read(
        ("heading", "Contents"),
        ("paragraph", "Ovens 3"),
        ("paragraph", "What the baker told us about flour and"),
        ("paragraph", "water 5"),
        ("paragraph", "Prices 12"),
        ("heading", "Ovens"),
        ("paragraph", "There are three ovens."),
    )
    assert kinds(document) == ["heading", *["contents"] * 4, "heading", "paragraph"]


def test_lines_of_contents_that_run_together_are_contents() -> None:
    text = " ".join(f"{n}.1 The history of the ovens of Millford … {n + 4}" for n in range(1, 9))
    document = read(("paragraph", text), ("paragraph", "The ovens are hot."))
    assert kinds(document) == ["contents", "paragraph"]


def test_the_name_of_a_chapter_above_its_pages_is_not_read_as_a_fact() -> None:
    document = read(
        ("heading", "2 Care of the ovens"),
        ("paragraph", "The ovens are hot."),
        ("paragraph", "Chapter 2: Care of the ovens"),
    )
    assert kinds(document) == ["heading", "paragraph", "contents"]
    assert document.facts == ()


def test_a_numbered_item_that_a_heading_names_too_is_text() -> None:
    document = read(("heading", "Care of the ovens"), ("paragraph", "3. Care of the ovens"))
    assert kinds(document) == ["heading", "paragraph"]


def test_rows_that_end_in_figures_are_no_contents() -> None:
    document = read(*[("paragraph", f"Loaves sold in week {n} {n * 20}") for n in range(1, 6)])
    assert "contents" not in kinds(document)


def test_dots_that_lead_to_a_page_make_a_line_of_contents() -> None:
    assert kinds(read(("paragraph", "Ovens … 3"))) == ["contents"]


@pytest.mark.parametrize(
    "text",
    [
        "This report is available at https://example.org/reports.",
        "© Flour Board 2020",
        "If you need this in large print, write to us.",
    ],
)
def test_an_imprint_is_boilerplate(text: str) -> None:
    assert kinds(read(("paragraph", text))) == ["boilerplate"]


@pytest.mark.parametrize(
    "text",
    [
        "Copyright in what is written at the school belongs to the school.",
        "The author keeps the copyright in what she writes at the school.",
        "“Work” means what is under copyright when the contract begins.",
        "No member of staff may copy a film without leave of the copyright holder.",
    ],
)
def test_a_rule_about_copyright_is_none(text: str) -> None:
    assert kinds(read(("paragraph", text))) == ["paragraph"]


def test_a_line_that_names_a_figure_is_a_caption() -> None:
    assert kinds(read(("paragraph", "Figure 3: Loaves by week"))) == ["caption"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Head baker: Ann Rye, Millford", "label_value"),
        ("Visited: 3 May 2019", "label_value"),
        ("Part B: Findings", "heading"),
        ("The care of the ovens: good", "heading"),
    ],
)
def test_a_label_with_its_value_is_no_heading_however_it_is_set(heading: str, kind: str) -> None:
    assert kinds(read(("heading", heading), ("paragraph", "The ovens are hot. " * 9)))[0] == kind


def test_a_label_below_a_line_of_its_kind_is_no_heading() -> None:
    lines = [("heading", "Visited: 3 May 2019"), ("heading", "Head baker: Ann Rye Master Baker")]
    assert kinds(read(*lines, ("paragraph", "The ovens are hot."))) == [
        *("label_value", "label_value", "paragraph")
    ]


def test_a_label_below_a_heading_with_a_colon_stays_a_heading() -> None:
    lines = [("heading", "Bakeries: A Survey"), ("heading", "Ovens: What We Found")]
    assert kinds(read(*lines, ("paragraph", "They are hot.")))[1] == "heading"


def test_a_line_that_says_a_heading_again_is_of_the_contents() -> None:
    document = read(("paragraph", "Fees"), ("heading", "Fees"), ("paragraph", "Nine pounds."))
    assert kinds(document) == ["contents", "heading", "paragraph"]


@pytest.mark.parametrize("row", ["Care of pupils | Good", "Care of pupils: Good"])
def test_a_row_with_the_words_of_a_heading_is_a_row(row: str) -> None:
    document = read(
        ("heading", "Care of pupils: Good"), ("paragraph", "All are safe."), ("row", row)
    )
    assert kinds(document)[-1] == "table_row"


@pytest.mark.parametrize("bar", ["Care of pupils", "CARE OF PUPILS", "Chapter 2: Care of pupils"])
def test_a_line_that_repeats_a_heading_is_no_text(bar: str) -> None:
    document = read(
        ("heading", "2 Care of pupils"), ("heading", "Care of pupils"), ("paragraph", bar)
    )
    assert kinds(document)[-1] == "contents"


def test_a_sentence_with_the_words_of_a_heading_is_text() -> None:
    document = read(("heading", "Requires care"), ("paragraph", "Requires care."))
    assert kinds(document)[-1] == "paragraph"
