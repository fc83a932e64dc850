"""OpenDocument: numbers of headings and items, what is hidden, what is left out."""

from __future__ import annotations

from io import BytesIO

import pytest
from made_files import zip_file
from odfdo import Document, Paragraph

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "text", "table")
)
LISTS = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>
<text:list-level-style-number text:level="2" style:num-prefix="(" style:num-suffix=")"
 style:num-format="a"/></text:list-style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/>
</style:style>
<style:style style:name="R" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>"""
OUTLINE = """<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="1"/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
</text:outline-style>"""
HEADER = """<style:master-page style:name="S"><style:header><text:p>Hall committee</text:p>
</style:header></style:master-page>"""


def package(kind: str, body: str, styled: str = "") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{LISTS}{styled}"
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {NAMES}><office:styles>{OUTLINE}</office:styles>"
        f"<office:master-styles>{HEADER}</office:master-styles></office:document-styles>"
    )
    media = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{media}"/></m:manifest>'
    )
    names = ("mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml")
    return zip_file(dict(zip(names, (media, content, styles, manifest), strict=True)))


def text_file(body: str, styled: str = "") -> bytes:
    return package("text", f"<office:text>{body}</office:text>", styled)


def heading(level: int, words: str) -> str:
    return f'<text:h text:outline-level="{level}">{words}</text:h>'


def listed(*items: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="L" {more}>{inner}</text:list>'


def test_headings_have_the_numbers_that_the_page_shows(read) -> None:
    body = heading(1, "Hire") + heading(2, "Charges") + heading(2, "Cleaning") + heading(1, "Keys")
    document = read("a.odt", text_file(body))
    assert document.text == "1 Hire\n\n1.1 Charges\n\n1.2 Cleaning\n\n2 Keys"
    assert document.title == "Hire"


def test_items_have_the_numbers_that_the_page_shows(read) -> None:
    inner = listed("<text:p>The hall</text:p>", "<text:p>The porch</text:p>")
    body = listed("<text:p>Open</text:p>" + inner, "<text:p>Lock</text:p>")
    text = read("a.odt", text_file(body)).text
    assert text == "1. Open\n  (a) The hall\n  (b) The porch\n2. Lock"


def test_a_list_that_goes_on_counts_on(read) -> None:
    more = listed("<text:p>Lock</text:p>", more='text:continue-numbering="true"')
    body = listed("<text:p>Open</text:p>") + "<text:p>Then wait.</text:p>" + more
    assert read("a.odt", text_file(body)).text == "1. Open\n\nThen wait.\n\n2. Lock"


def test_raised_figures_are_no_digits_and_hidden_words_no_text(read) -> None:
    body = (
        '<text:p>It costs 320<text:span text:style-name="R">1</text:span> pounds.'
        '<text:span text:style-name="H"> It is sold.</text:span></text:p>'
    )
    document = read("a.odt", text_file(body))
    assert document.text == "It costs 320¹ pounds."
    assert "hidden text was not read: 3 words" in document.extraction.warnings


def test_the_day_of_a_programs_own_template_is_not_the_documents(read) -> None:
    made = Document("text")
    made.body.append(Paragraph("The lock has three gates."))
    file = BytesIO()
    made.save(file)
    assert read("a.odt", file.getvalue()).date is None


def test_comments_and_headers_are_told(read) -> None:
    comment = "<office:annotation><text:p>Is it?</text:p></office:annotation>"
    document = read("a.odt", text_file(f"<text:p>The hall is open.{comment}</text:p>"))
    assert document.text == "The hall is open."
    assert document.extraction.warnings == (
        '1 comment not read: "Is it?"',
        'the header of the pages was not read: "Hall committee"',
    )


def row(*cells: str, more: str = "") -> str:
    inner = "".join(cell if cell.startswith("<") else text_cell(cell) for cell in cells)
    return f"<table:table-row {more}>{inner}</table:table-row>"


def text_cell(words: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{words}</text:p>'
        "</table:table-cell>"
    )


LOFT = text_cell("Loft", 'table:number-rows-spanned="2"')
COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize("name", ["a.odt", "a.ods"])
def test_a_cell_over_two_rows_counts_in_both(read, name: str) -> None:
    rows = row("Room", "Price") + row(LOFT, "five") + row(COVERED, "seven")
    table = f'<table:table table:name="T">{rows}</table:table>'
    sheets = f"<office:spreadsheet>{table}</office:spreadsheet>"
    file = text_file(table) if name == "a.odt" else package("spreadsheet", sheets)
    assert "Room: Loft; Price: five\nRoom: Loft; Price: seven" in read(name, file).text


def test_hidden_rows_and_columns_of_sheets_are_named_and_numbers_read_as_shown(read) -> None:
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.25">'
        "<text:p>25 %</text:p></table:table-cell>"
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = row("Room", "Code", "Share") + row("Loft", "x", share)
    rows += row("Attic", "y", "none", more='table:visibility="filter"')
    table = f'<table:table table:name="T">{columns}<table:table-column/>{rows}</table:table>'
    document = read(
        "a.ods", package("spreadsheet", f"<office:spreadsheet>{table}</office:spreadsheet>")
    )
    assert document.text == "T\n\nRoom | Share\nRoom: Loft; Share: 25 %"
    assert document.extraction.warnings == (
        "hidden rows of sheet T were not read: 3",
        "hidden columns of sheet T were not read: 1",
    )


def test_a_hidden_slide_of_an_open_presentation_is_told(read) -> None:
    names = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{1}:1.0"'
    draw, shown = names.format("draw", "drawing"), names.format("presentation", "presentation")
    said = "<draw:text-box><text:p>The mill is open.</text:p></draw:text-box>"
    slide = f'<draw:page {draw} draw:style-name="d">{said}</draw:page>'
    style = f'<style:style {shown} style:name="d"><style:drawing-page-properties'
    style += ' presentation:visibility="hidden"/></style:style>'
    body = f"<office:presentation>{slide}</office:presentation>"
    warnings = read("a.odp", package("presentation", body, style)).extraction.warnings
    assert "slide 1 is hidden when presented; it was read" in warnings
