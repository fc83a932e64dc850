"""Which titles a person chose, and which a program left behind."""

from __future__ import annotations

import pytest

from qa_service.reading.metadata.titles import is_meaningful_title


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Apple fair",
            "Words and deeds",
            "Pages of history",
            "Sheets of music",
            "Index of places",
        ),
        *(
            "Temperance",
            "Final version of the charter",
            "Print and post",
            "Titel und Anrede",
            "Map of the harbour",
            "Libro verde",
        ),
        *(
            "Rules - Google Docs",
            "Copy of the charter",
            "Rules (3)",
            "Normal hours",
            "Scan of a hull",
        ),
    ],
)
def test_a_title_that_a_person_chose_is_one(title: str) -> None:
    assert is_meaningful_title(title)


@pytest.mark.parametrize(
    "title",
    [
        *("LibreOffice Writer", "Adobe InDesign CS6", "TeX output 2020.01.01", "Crystal Reports"),
        *("~WRL0001", "tmpab12", "3f2a9c1e-1111-2222-3333-444455556666", "C:\\temp\\x"),
        *("Book1", "New Page 1", "Untitled", "Microsoft Word - rules", "rules.tmp", "file:///x"),
        *(
            "Document1 - Google Docs",
            "Document1 [Compatibility Mode]",
            "Copy of Untitled",
            "Doc (2)",
        ),
        *(
            "untitled spreadsheet",
            "Unbenannte Präsentation",
            "Sans titre 1",
            "Documento sin título",
        ),
        *("Folie 1", "Mappe1", "Diapositive 2", "PowerPoint-Präsentation", "New Word Document"),
        *("Print", "Druckansicht", "Remote Downlevel Document", "[Type the document title]"),
        *("tmp4f2.docx", "~$x", "TMP00A1", "WRL3456", "IMG_2034", "SKMBT_C22019", "budget.xlsm"),
        *("Page Title", "Blank Document", "Vorlage", "Final version", "v2", "BC_C224e-20210503"),
    ],
)
def test_the_name_of_a_program_or_temporary_file_is_none(title: str) -> None:
    assert not is_meaningful_title(title)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a.md", b"---\ntitle: Untitled\n---\n# Harbour\n\nWords."),
        ("harbour.json", b'{"title": "Document1 - Word", "text": "Boats sail."}'),
        ("a.html", b"<title>Harbour - Google Docs</title><body><p>Boats sail here.</p></body>"),
    ],
)
def test_the_program_is_in_no_title_of_any_format(read, name: str, file: bytes) -> None:
    assert read(name, file).title == "Harbour"
