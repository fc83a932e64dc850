"""What Word shows besides the words of a document: numbers, signs, fields, notes of all forms."""

from __future__ import annotations

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from test_office_details import changed, saved

NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_list(word, form: str, text: str = "%1", start: int = 1) -> None:
    """Adds the list 77 to a document."""
    root = word.part.numbering_part.element
    level = (
        f"<w:lvl w:ilvl='0'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )
    abstract = f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{level}</w:abstractNum>"
    root.insert(0, parse_xml(abstract))
    number = f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"
    root.append(parse_xml(number))


def numbered(paragraph) -> None:
    number = f"<w:numPr {nsdecls('w')}><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr>"
    paragraph._p.get_or_add_pPr().append(parse_xml(number))


def body(word, markup: str) -> None:
    """Adds a paragraph of markup to a document."""
    names = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    sections = word.element.body.find(qn("w:sectPr"))
    sections.addprevious(parse_xml(f"<w:p {names}>{markup}</w:p>"))


@pytest.mark.parametrize(
    ("form", "text", "start", "shown"),
    [
        ("ordinal", "%1", 1, ["1st", "2nd", "3rd"]),
        ("ordinal", "%1", 11, ["11th", "12th", "13th"]),
        ("ordinal", "%1", 21, ["21st", "22nd", "23rd"]),
        ("ordinalText", "%1:", 1, ["First:", "Second:", "Third:"]),
        ("ordinalText", "%1", 20, ["Twentieth", "Twenty-first", "Twenty-second"]),
        ("cardinalText", "Rule %1", 1, ["Rule One", "Rule Two", "Rule Three"]),
        ("upperRoman", "Part %1", 3, ["Part III", "Part IV", "Part V"]),
        ("lowerLetter", "(%1)", 25, ["(y)", "(z)", "(aa)"]),
        ("chicago", "%1", 1, ["*", "†", "‡"]),
    ],
)
def test_items_have_numbers_of_every_form(read, form, text, start, shown) -> None:
    word = docx.Document()
    with_list(word, form, text, start)
    for _ in shown:
        numbered(word.add_paragraph("x"))
    assert read("a.docx", saved(word)).text.splitlines() == [f"{number} x" for number in shown]


def test_ordinals_are_words_of_english_alone(read) -> None:
    word = docx.Document()
    with_list(word, "ordinalText")
    word.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "de-DE")
    numbered(word.add_paragraph("Tor"))
    assert read("a.docx", saved(word)).text == "1 Tor"


def test_numbers_in_cells_are_read_and_counted_on(read) -> None:
    word = docx.Document()
    with_list(word, "decimal", "%1.")
    table = word.add_table(3, 2)
    for row, (number, duty) in enumerate((("No", "Duty"), ("", "Open"), ("", "Lock"))):
        table.cell(row, 0).text, table.cell(row, 1).text = number, duty
        if row:
            numbered(table.cell(row, 0).paragraphs[0])
    numbered(word.add_paragraph("Next"))
    assert read("a.docx", saved(word)).text == (
        "No | Duty\nNo: 1.; Duty: Open\nNo: 2.; Duty: Lock\n\n3. Next"
    )


def test_headings_are_told_by_styles_that_build_on_others(read) -> None:
    word = docx.Document()
    style = word.styles.add_style("Chapter", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Heading 1"]
    outlined = word.styles.add_style("Part", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    outlined.element.get_or_add_pPr().append(parse_xml(f"<w:outlineLvl {nsdecls('w')} w:val='1'/>"))
    word.add_paragraph("Harbour", style="Chapter")
    word.add_paragraph("Cleaning", style="Part")
    found = [(heading.level, heading.text) for heading in read("a.docx", saved(word)).headings]
    assert found == [(1, "Harbour"), (2, "Cleaning")]


def test_signs_of_symbol_fonts_are_read_or_told(read) -> None:
    word = docx.Document()
    sign = '<w:sym w:font="{0}" w:char="{1}"/>'
    known = sign.format("Symbol", "F0A3") + sign.format("Wingdings", "F0FE")
    body(word, f"<w:r><w:t>Fee </w:t>{known}{sign.format('Webdings', 'F020')}<w:t>320</w:t></w:r>")
    document = read("a.docx", saved(word))
    assert document.text == "Fee ≤☑320"
    assert document.extraction.warnings == ("1 sign of a symbol font not read",)


def test_what_is_chosen_in_a_form_is_read(read) -> None:
    word = docx.Document()
    mark = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{0}</w:ffData></w:fldChar></w:r>'
    entries = '<w:listEntry w:val="forty"/><w:listEntry w:val="fifty"/>'
    choice = f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'
    ticked = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
    body(word, mark.format(choice) + mark.format(ticked))
    assert read("a.docx", saved(word)).text == "fifty☒"


def test_a_deleted_end_of_a_paragraph_joins_two(read) -> None:
    word = docx.Document()
    gone = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr>"
    body(word, f"{gone}<w:r><w:t xml:space='preserve'>The fee is </w:t></w:r>")
    body(word, "<w:r><w:t>£320.</w:t></w:r>")
    assert read("a.docx", saved(word)).text == "The fee is £320."


def test_words_drawn_as_a_shape_are_read(read) -> None:
    word = docx.Document()
    body(
        word, '<w:r><w:pict><v:shape><v:textpath string="Closed in May"/></v:shape></w:pict></w:r>'
    )
    assert read("a.docx", saved(word)).text == "Closed in May"


def test_lines_of_contents_are_no_text_of_their_own(read) -> None:
    word = docx.Document()
    word.styles.add_style("toc 1", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph("Rooms\t3", style="toc 1")
    word.add_heading("Rooms", 1)
    document = read("a.docx", saved(word))
    assert next(block.kind for block in document.blocks) == "contents"


def test_notes_have_the_signs_that_are_shown(read) -> None:
    word = docx.Document()
    refer = '<w:r><w:{0}Reference w:id="{1}"{2}/>{3}</w:r>'
    body(
        word,
        "<w:r><w:t>Fee</w:t></w:r>"
        + refer.format("footnote", 2, "", "")
        + refer.format("endnote", 2, "", "")
        + refer.format("footnote", 3, ' w:customMarkFollows="1"', "<w:t>*</w:t>"),
    )
    note = '<w:{0} w:id="{1}"><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}>'
    feet = note.format("footnote", 2, "Half.") + note.format("footnote", 3, "* Estimate.")
    parts = {
        "word/footnotes.xml": f"<w:footnotes {nsdecls('w')}>{feet}</w:footnotes>",
        "word/endnotes.xml": (
            f"<w:endnotes {nsdecls('w')}>{note.format('endnote', 2, 'Counted.')}</w:endnotes>"
        ),
    }
    relations = "".join(
        f'<Relationship Id="n{kind}" Type="{NAMES}/{kind}s" Target="{kind}s.xml"/>'
        for kind in ("footnote", "endnote")
    )
    changes = {"word/_rels/document.xml.rels": ("</Relationships>", f"{relations}</Relationships>")}
    assert read("a.docx", changed(saved(word), changes, parts)).text == (
        "Fee*\n\n[1] Half.\n\n[i] Counted.\n\n[*] Estimate."
    )
