"""Scanned pages: found, read where Tesseract is installed, else named with how to install it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from made_files import scanned
from made_pdf_files import make_pdf

from qa_service.errors import UnreadableDocument
from qa_service.reading.blocks.word_boxes import quote_boxes
from qa_service.reading.formats.pdf import document as pdf_reader
from qa_service.reading.formats.scans import image, ocr

needs_tesseract = pytest.mark.skipif(not ocr.ocr_program(), reason="Tesseract is not installed")
PRINTED = [
    [("Harbour report", 24, False), "", "Inspectors visited four schools in spring."],
    ["The second page is a picture too."],
]


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "ocr_program", lambda: None)
    monkeypatch.setattr(image, "ocr_program", lambda: None)


def mixed() -> bytes:
    """A printed page between two scanned ones."""
    made, file = pdfium.PdfDocument(scanned(make_pdf(*PRINTED))), BytesIO()
    made.import_pages(pdfium.PdfDocument(make_pdf(["A printed page stands here."])), index=1)
    made.save(file)
    return file.getvalue()


def picture() -> bytes:
    file = BytesIO()
    pdfium.PdfDocument(make_pdf(PRINTED[0]))[0].render(scale=3).to_pil().save(file, "PNG")
    return file.getvalue()


@needs_tesseract
def test_a_scan_is_read_with_its_title_and_pages(read) -> None:
    document = read("a.pdf", scanned(make_pdf(*PRINTED)))
    assert document.text == (
        "Harbour report\n\nInspectors visited four schools in spring.\n\n"
        "The second page is a picture too."
    )
    assert document.title == "Harbour report"
    assert document.extraction.pages_by_ocr == (1, 2)
    assert document.extraction.warnings == ()


@needs_tesseract
def test_words_of_a_scan_have_places_on_its_page(read) -> None:
    document = read("a.pdf", scanned(make_pdf(*PRINTED)))
    printed = read("b.pdf", make_pdf(*PRINTED))
    for words in ("visited four schools", "second page"):
        found, expected = (
            quote_boxes(item, item.text.index(words), item.text.index(words) + len(words))
            for item in (document, printed)
        )
        assert [box.page for box in found] == [box.page for box in expected]
        assert (found[0].left, found[0].right) == pytest.approx(
            (expected[0].left, expected[0].right), abs=0.01
        )


@needs_tesseract
def test_only_the_scanned_pages_are_recognised(read) -> None:
    document = read("a.pdf", mixed())
    assert document.extraction.pages_by_ocr == (1, 3)
    pages = [document.text[page.start : page.end].strip() for page in document.pages]
    assert pages[1] == "A printed page stands here."


@needs_tesseract
def test_a_scan_lying_on_its_side_is_read_as_it_is_shown(read) -> None:
    document = read("a.pdf", scanned(make_pdf(PRINTED[1]), turned=90))
    assert document.text == "The second page is a picture too."


@needs_tesseract
def test_a_picture_of_text_is_a_document(read) -> None:
    document = read("a.png", picture())
    assert "Inspectors visited four schools in spring." in document.text
    assert (document.metadata["format"], len(document.pages)) == ("image", 1)


@needs_tesseract
def test_a_picture_without_words_says_so(read) -> None:
    file = BytesIO()
    pdfium.PdfDocument(make_pdf([]))[0].render(scale=1).to_pil().save(file, "PNG")
    with pytest.raises(UnreadableDocument, match="no words"):
        read("a.png", file.getvalue())


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_scan_says_how_to_install_it(read) -> None:
    with pytest.raises(UnreadableDocument, match=r"pages 1-2 not read: .*apt-get install tess"):
        read("a.pdf", scanned(make_pdf(*PRINTED)))
    with pytest.raises(UnreadableDocument, match="apt-get install tesseract-ocr"):
        read("a.png", picture())


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_the_report_names_the_pages(read) -> None:
    document = read("a.pdf", mixed())
    assert document.text == "A printed page stands here."
    assert document.extraction.pages_without_text == (1, 3)
    assert "pages 1 and 3 not read: scanned" in document.extraction.warnings[0]


def test_tesseract_that_fails_or_hangs_costs_its_page(read, monkeypatch, tmp_path) -> None:
    for body, reason in (("exit 3", "recognition failed"), ("exec sleep 60", "longer than")):
        program = tmp_path / f"tesseract-{len(body)}"
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        monkeypatch.setattr(pdf_reader, "ocr_program", lambda program=program: str(program))
        monkeypatch.setattr(ocr, "ocr_languages", lambda _: "eng")
        monkeypatch.setattr(ocr, "SECONDS", 0.3)
        document = read("a.pdf", mixed())
        assert document.text == "A printed page stands here."
        assert reason in document.extraction.warnings[0]


def test_tesseract_without_a_language_is_told_how_to_get_one(read, monkeypatch, tmp_path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (0):'\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf_reader, "ocr_program", lambda: str(program))
    document = read("a.pdf", mixed())
    assert "run 'apt-get install tesseract-ocr-eng'" in document.extraction.warnings[0]


def test_an_empty_page_is_no_scan(read) -> None:
    document = read("a.pdf", make_pdf(["First page."], [], ["Third page."]))
    assert document.extraction.pages_without_text == (2,)
    assert document.extraction.warnings == ()
