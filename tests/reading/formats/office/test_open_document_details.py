"""What OpenDocument files of several programs show: lists, notes, charts, cells."""

from __future__ import annotations

import pytest
from made_files import zip_file

NAMES = {
    **{it: it for it in ("office", "table", "text", "style", "chart", "presentation")},
    "fo": "xsl-fo-compatible",
    "draw": "drawing",
    "svg": "svg-compatible",
}
XMLNS = (
    "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in NAMES.items()
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)
KIND = "application/vnd.oasis.opendocument."


def document(
    kind: str, body: str, styles: str = "", objects: dict[str, str] | None = None
) -> bytes:
    """A file of a kind ("text") with automatic styles, and objects by their folder."""
    inner = {f"{folder}/content.xml": content(part) for folder, part in (objects or {}).items()}
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{name}" m:media-type="{form}"/>'
        for name, form in (("/", KIND + kind), ("content.xml", "text/xml"))
    )
    return zip_file(
        {
            "mimetype": KIND + kind,
            "content.xml": content(f"<office:{kind}>{body}</office:{kind}>", styles),
            "styles.xml": f"<office:document-styles{XMLNS}/>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>',
            **inner,
        }
    )


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content{XMLNS}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )


def letters(name: str, looks: str, family: str = "text", ground: str = "") -> str:
    cell = f"<style:table-cell-properties {ground}/>" if ground else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}">'
        f"<style:text-properties {looks}/>{cell}</style:style>"
    )


@pytest.mark.parametrize(
    ("form", "shown"),
    [("1st", "1st"), ("First", "First"), ("One", "One"), ("01, 02, 03, ...", "01"), ("x, y", "1")],
)
def test_items_have_the_numbers_of_libreoffice(read, form: str, shown: str) -> None:
    level = f'<text:list-level-style-number text:level="1" style:num-format="{form}"/>'
    style = f'<text:list-style style:name="L">{level}</text:list-style>'
    item = "<text:list-item><text:p>x</text:p></text:list-item>"
    listed = f'<text:list text:style-name="L">{item}</text:list>'
    assert read("a.odt", document("text", listed, style)).text == f"{shown} x"


def test_a_note_in_raised_letters_keeps_its_words(read) -> None:
    note = (
        "<text:note><text:note-citation>i</text:note-citation><text:note-body>"
        "<text:p>Counted in 2024.</text:p></text:note-body></text:note>"
    )
    body = f'<text:p>118<text:span text:style-name="R">{note}</text:span> berths</text:p>'
    raised = letters("R", 'style:text-position="super 58%"')
    assert read("a.odt", document("text", body, raised)).text == (
        "118 berths\n\n[i] Counted in 2024."
    )


def test_white_words_on_paper_are_told(read) -> None:
    body = '<text:p>Fee<text:span text:style-name="W"> secret</text:span></text:p>'
    found = read("a.odt", document("text", body, letters("W", 'fo:color="#ffffff"')))
    assert found.text == "Fee"
    assert found.extraction.warnings == ("hidden text was not read: 1 word",)


CHART = (
    "<office:chart><chart:chart><chart:title><text:p>Boats</text:p></chart:title>"
    "<table:table><table:table-row><table:table-cell><text:p/></table:table-cell>"
    "<table:table-cell><text:p>Sold</text:p></table:table-cell></table:table-row>"
    "<table:table-row><table:table-cell><text:p>May</text:p></table:table-cell>"
    "<table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>"
    "</table:table></chart:chart></office:chart>"
)
FRAME = (
    '<draw:frame><draw:object xlink:href="./Object 1"/>'
    '<draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>'
)


def test_a_chart_is_read_where_it_stands(read) -> None:
    made = document("text", f"<text:p>Before{FRAME}</text:p>", objects={"Object 1": CHART})
    found = read("a.odt", made)
    assert found.text == "Before\n\nBoats\n\nCategory | Sold\nCategory: May; Sold: 7"
    assert found.extraction.warnings == ()


def test_a_chart_and_a_box_on_a_sheet_are_read(read) -> None:
    shapes = f"<table:shapes>{FRAME}<draw:rect><text:p>Boxed</text:p></draw:rect></table:shapes>"
    cell = '<table:table-cell office:value-type="string"><text:p>Mill</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    sheet = f'<table:table table:name="Fees">{shapes}{row}</table:table>'
    text = read("a.ods", document("spreadsheet", sheet, objects={"Object 1": CHART})).text
    assert "Category: May; Sold: 7" in text
    assert "Boxed" in text


def cell(words: str, style: str = "", more: str = "") -> str:
    named = f'table:style-name="{style}" ' if style else ""
    kind = 'office:value-type="string"'
    return f"<table:table-cell {named}{kind}{more}><text:p>{words}</text:p></table:table-cell>"


def sheet(*rows: str) -> str:
    inner = "\n".join(f"<table:table-row>\n{row}\n</table:table-row>" for row in rows)
    return f'<table:table table:name="Fees">\n{inner}\n</table:table>'


LOOKS = (
    letters("W", 'fo:color="#ffffff"', "table-cell")
    + letters("B", 'fo:color="#ffffff"', "table-cell", 'fo:background-color="#0000ff"')
    + letters("S", 'fo:font-size="1pt"', "table-cell")
)


def test_cells_that_nobody_sees_are_told_whatever_blanks_part_them(read) -> None:
    rows = (cell("Item"), cell("Secret", "W"), cell("Blue", "B"), cell("Speck", "S"))
    found = read("a.ods", document("spreadsheet", sheet(*rows), LOOKS))
    assert found.text == "Fees\n\nItem\nBlue"
    told = "what is not to be seen on sheet Fees was not read: A2, A4"
    assert found.extraction.warnings == (told,)


def test_breaks_within_cells_part_words_and_formulas_without_value_are_named(read) -> None:
    empty = '<table:table-cell table:formula="of:=SUM([.B1])"/>'
    rows = cell("North<text:line-break/>quay") + cell("9"), cell("Sum") + empty
    found = read("a.ods", document("spreadsheet", sheet(*rows)))
    assert "North quay" in found.text
    assert "formulas of sheet Fees hold no value: B2" in found.extraction.warnings[0]


def test_what_stands_on_every_slide_is_told(read) -> None:
    frame = '<draw:frame presentation:class="{0}"><draw:text-box><text:p>{1}</text:p>'
    frame += "</draw:text-box></draw:frame>"
    frames = frame.format("title", "Harbour") + frame.format("date-time", "3 May 2024")
    notes = frame.format("notes", "Speak up") + frame.format("page-number", "&lt;number&gt;")
    page = f"<draw:page>{frames}<presentation:notes>{notes}</presentation:notes></draw:page>"
    found = read("a.odp", document("presentation", page))
    assert found.text == "Harbour\n\nNotes: Speak up"
    assert found.date is None
    assert found.extraction.warnings == ('the footer of the pages was not read: "3 May 2024"',)


@pytest.mark.parametrize(("fixed", "date"), [("", None), (' text:fixed="true"', "2021-05-03")])
def test_the_day_of_opening_is_no_date_of_a_document(read, fixed: str, date: str | None) -> None:
    day = f"<text:date{fixed}>3 May 2021</text:date>"
    found = read("a.odt", document("text", f"<text:p>Rules</text:p><text:p>Date: {day}</text:p>"))
    assert found.date == date
    assert ("3 May 2021" in found.text) == bool(date)
    assert bool(found.extraction.warnings) == (not date)
