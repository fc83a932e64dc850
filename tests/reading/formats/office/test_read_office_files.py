"""Texts, slides and books of office software; older ones by LibreOffice where it is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from made_files import (
    RICH_TEXT,
    book,
    chart,
    open_document_slides,
    open_document_text,
    presentation,
    word_file,
    zip_file,
)

from qa_service.errors import UnreadableDocument
from qa_service.reading.formats.office import legacy

OLD_WORD = b"\xdb\xa5\x2d\x00" + bytes(100)


def test_an_open_document_keeps_headings_notes_lists_and_tables(read) -> None:
    document = read("a.odt", open_document_text())
    assert document.text == (
        "1. Harbour\n\nBoats sail.\n\n[1] All of them.\n\n• first\n• second\n\n"
        "School | Grade\nSchool: North; Grade: Good"
    )
    assert (document.title, document.headings[0].text) == ("Harbour", "1. Harbour")


def test_a_slide_is_a_page_with_its_title_text_table_and_notes(read) -> None:
    document = read("a.pptx", presentation())
    assert document.text == (
        "Harbour\n\n• Boats sail.\n  • Pupils learn.\n\n"
        "School | Grade\nSchool: North; Grade: Good\n\nNotes: Speak slowly."
    )
    assert len(document.pages) == 2
    assert document.extraction.pages_without_text == (2,)
    assert "page 2 not read: a slide of pictures" in document.extraction.warnings[0]


def test_the_numbers_of_a_chart_are_a_table(read) -> None:
    text = read("a.pptx", chart()).text
    assert text.splitlines()[1:] == [
        "Category: North; Pupils: 12",
        "Category: South; Pupils: 7.5",
    ]


def test_slides_of_open_documents_are_pages_too(read) -> None:
    document = read("a.odp", open_document_slides())
    assert document.text == "Harbour\n\nBoats sail."
    assert [heading.text for heading in document.headings] == ["Harbour"]
    assert document.extraction.pages_without_text == (2,)


def test_rich_text_keeps_its_letters_tables_title_and_date(read) -> None:
    document = read("a.rtf", RICH_TEXT)
    assert "Boats sail in the harbour café." in document.text
    assert "School: North; Grade: Good" in document.text
    assert (document.title, document.date) == ("Harbour plan", "2020-03-04")


def test_a_book_is_read_in_the_order_of_its_spine(read) -> None:
    document = read("a.epub", book())
    assert document.text == "First\n\nBoats sail.\n\nSecond\n\nBoats are repaired."
    assert (document.title, document.date) == ("Harbour book", "2019-08-23")
    assert document.metadata["author"] == "A. Sailor"


def test_a_protected_book_says_so(read) -> None:
    protected = zip_file(
        {
            "mimetype": "application/epub+zip",
            "META-INF/encryption.xml": "<encryption><EncryptedData/></encryption>",
        }
    )
    with pytest.raises(UnreadableDocument, match="the book is encrypted"):
        read("a.epub", protected)


def test_the_content_decides_what_a_file_is_and_a_wrong_ending_is_told(read) -> None:
    document = read("a.pdf", word_file())
    assert document.metadata["format"] == "docx"
    assert document.extraction.warnings == ("the ending is .pdf, but the content is docx; read so",)


def test_older_files_say_how_to_install_what_reads_them(read, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UnreadableDocument, match="apt-get install libreoffice-writer-nogui"):
        read("a.doc", OLD_WORD)


def test_a_file_that_libreoffice_cannot_open_says_so(read, monkeypatch) -> None:
    monkeypatch.setattr(legacy, "office_program", lambda: "true")
    with pytest.raises(UnreadableDocument, match="could not open it; save it as"):
        read("a.doc", OLD_WORD)


def test_libreoffice_is_given_up_after_a_while(read, monkeypatch, tmp_path) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(legacy, "office_program", lambda: str(slow))
    monkeypatch.setattr(legacy, "SECONDS", 0.2)
    with pytest.raises(UnreadableDocument, match="took longer than"):
        read("a.doc", OLD_WORD)


@pytest.mark.skipif(not legacy.office_program(), reason="LibreOffice is not installed")
def test_an_older_word_file_is_read_by_libreoffice(read, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_file())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [legacy.office_program(), profile, "--headless", "--convert-to", "doc"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True,
        capture_output=True,
    )
    document = read("a.doc", (tmp_path / "a.doc").read_bytes())
    assert document.metadata["format"] == "doc"
    assert "Some words.\nAnd more." in document.text
