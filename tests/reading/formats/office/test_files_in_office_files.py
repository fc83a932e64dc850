"""Files of other programs within office files are documents of their own."""

from __future__ import annotations

import struct
from io import BytesIO

import docx
import pptx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from made_files import workbook
from test_office_details import changed, saved

from qa_service.reading.formats.office.packages.embedded import embedded
from qa_service.reading.formats.office.rtf.document import read_rtf
from qa_service.reading.formats.office.word.document import read_docx

NAMES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letter() -> bytes:
    word = docx.Document()
    word.add_paragraph("The letter says Tuesday.")
    return saved(word)


def with_object(inner: bytes) -> bytes:
    """A Word file that holds another file as an object."""
    word = docx.Document()
    word.add_paragraph("See the annex.")
    drawn = (
        f'<w:p {nsdecls("w", "r")} xmlns:o="urn:schemas-microsoft-com:office:office"><w:r>'
        '<w:object><o:OLEObject r:id="x1"/></w:object></w:r></w:p>'
    )
    word.element.body.insert(1, parse_xml(drawn))
    relation = f'<Relationship Id="x1" Type="{NAMES}/package" Target="embeddings/Costs.bin"/>'
    kind = '<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
    changes = {
        "word/_rels/document.xml.rels": ("</Relationships>", f"{relation}</Relationships>"),
        "[Content_Types].xml": ("</Types>", kind),
    }
    return changed(
        saved(word),
        changes,
        {"word/embeddings/Costs.bin": inner.decode("utf-8", "surrogateescape")},
    )


def test_a_file_within_a_word_file_is_one_of_its_own() -> None:
    costs = workbook({"Costs": [["Rope", 41]]})
    content = read_docx(with_object(costs))
    assert [(member.name, member.read()) for member in content.members] == [("Costs.bin", costs)]
    assert content.warnings == ()


def test_an_object_that_holds_no_file_is_told() -> None:
    content = read_docx(with_object(b""))
    assert content.members == ()
    assert content.warnings == ("1 object of other programs not read",)


def test_a_file_on_a_slide_is_one_of_its_own(read) -> None:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    slide.shapes.title.text = "Harbour"
    slide.shapes.add_ole_object(BytesIO(letter()), "Word.Document.12", 0, 0)
    assert read("a.pptx", saved(slides)).extraction.warnings == ()


def test_a_file_within_rich_text_is_one_of_its_own() -> None:
    held, name = letter(), struct.pack("<I", 8) + b"Package\0"
    data = struct.pack("<II", 0x501, 2) + name + bytes(8)
    data += struct.pack("<I", len(held)) + held
    source = rf"{{\rtf1 See:{{\object{{\*\objdata {data.hex()}}}{{\result{{\pict 00}}}}}}\par}}"
    content = read_rtf(source.encode())
    assert [member.read() for member in content.members] == [held]
    assert content.warnings == ()


def test_a_file_is_known_by_what_an_object_holds() -> None:
    assert embedded("word/embeddings/a.xlsx", b"PK..").name == "a.xlsx"
    assert embedded("word/embeddings/a.bin", b"") is None
