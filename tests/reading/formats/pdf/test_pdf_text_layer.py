"""PDF: a text layer that says other letters than the page shows is noticed."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from made_files import scanned
from made_pdf_files import make_pdf, with_letters

from qa_service.errors import UnreadableDocument
from qa_service.reading.formats.pdf import document as pdf_reader
from qa_service.reading.formats.scans import ocr

needs_tesseract = pytest.mark.skipif(not ocr.ocr_program(), reason="Tesseract is not installed")
MILL = [
    "the mill was sold to the parish in the autumn",
    "of that year for three hundred pounds and the",
    "miller moved to the coast with his family and",
    "opened a bakery near the harbour of the town",
    "where he sells white bread and honey cakes too",
]
SMALL = "abcdefghijklmnopqrstuvwxyz"
MOVED = dict(zip(SMALL, SMALL[11:] + SMALL[:11], strict=True))
PRIVATE = {letter: chr(0xE000 + ord(letter)) for letter in SMALL}
LAM_ALEF = "\u0644\u0627"
ARABIC = {"a": "\u0645", "b": LAM_ALEF, "c": "\u0633"}
SALAM = "\u0633\u0644\u0627\u0645"


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "ocr_program", lambda: None)


@needs_tesseract
@pytest.mark.parametrize("meanings", [MOVED, PRIVATE], ids=["other letters", "no letters"])
def test_what_a_wrong_character_map_says_is_read_from_the_page(read, meanings) -> None:
    document = read("a.pdf", with_letters(MILL, meanings))
    assert " ".join(MILL[:4]) in document.text
    assert document.extraction.pages_by_ocr == (1,)


@pytest.mark.usefixtures("without_tesseract")
@pytest.mark.parametrize("meanings", [MOVED, PRIVATE], ids=["other letters", "no letters"])
def test_without_tesseract_such_a_page_is_named(read, meanings) -> None:
    with pytest.raises(UnreadableDocument, match=r"wrong character map.*apt-get install"):
        read("a.pdf", with_letters(MILL, meanings))


@needs_tesseract
def test_a_bad_text_layer_of_a_scan_is_read_anew(read) -> None:
    badly = str.maketrans({"h": "b", "m": "rn", "e": "c", "a": "o", "l": "1"})
    document = read("a.pdf", scan_with_layer([line.translate(badly) for line in MILL]))
    assert "the mill was sold to the parish" in document.text
    assert "few words" in document.extraction.warnings[0]


def test_a_good_text_layer_of_a_scan_is_kept(read) -> None:
    document = read("a.pdf", scan_with_layer(MILL))
    assert document.extraction.pages_by_ocr == ()


def scan_with_layer(layer: list[str]) -> bytes:
    """The scan of a page, with invisible lines as a program once recognised them."""
    made, file = pdfium.PdfDocument(scanned(make_pdf(MILL))), BytesIO()
    page = made[0]
    font = pdfium.raw.FPDFText_LoadStandardFont(made, b"Helvetica")
    for row, line in enumerate(layer):
        text = pdfium.raw.FPDFPageObj_CreateTextObj(made, font, 11)
        letters = (line + "\0").encode("utf-16-le")
        pdfium.raw.FPDFText_SetText(text, pdfium.raw.cast(letters, pdfium.raw.FPDF_WIDESTRING))
        pdfium.raw.FPDFTextObj_SetTextRenderMode(text, 3)
        pdfium.raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 72, 760 - 14 * row)
        pdfium.raw.FPDFPage_InsertObject(page, text)
    page.gen_content()
    made.save(file)
    return file.getvalue()


def test_the_letters_of_an_arabic_ligature_stay_in_order(read) -> None:
    assert read("a.pdf", with_letters(["abc", "abc"], ARABIC)).text == f"{SALAM} {SALAM}"


def test_an_arabic_ligature_of_unicode_stays_in_order(read) -> None:
    assert read("a.pdf", with_letters(["abc"], ARABIC | {"b": "\ufefb"})).text == SALAM
