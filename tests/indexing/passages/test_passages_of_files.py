"""Passages of what is really read: the sample corpus, and a file of every format."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from fakes import FakeEmbedder, items_of
from made_texts import prose, uncovered

from qa_service.indexing.passages.cutting import split_document
from qa_service.nouns.documents import Document, SkippedFile

SAMPLE_CORPUS = Path(__file__).parents[3] / "corpus"
PARAGRAPHS = [prose(70, seed) for seed in range(6)]


def word_file() -> bytes:
    word, file = docx.Document(), io.BytesIO()
    word.add_heading("Harbour report", 1)
    for paragraph in PARAGRAPHS:
        word.add_heading("Section", 2)
        word.add_paragraph(paragraph, style="List Bullet")
    word.save(file)
    return file.getvalue()


def pdf_file() -> bytes:
    """Two pages of lines, found by the reader without a table of objects."""
    streams = [
        "\n".join(
            f"BT /F 11 Tf 72 {760 - 15 * at} Td ({sentence}.) Tj ET"
            for at, sentence in enumerate(" ".join(PARAGRAPHS[page * 3 :][:3]).split(". "))
        )
        for page in range(2)
    ]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in zip((5, 7), streams, strict=True):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Size 8 /Root 1 0 R >>\n%%EOF".encode()


@pytest.fixture
def corpus_of_all_formats(tmp_path: Path) -> Path:
    markdown = "\n\n".join(f"## Section\n\n- {paragraph}" for paragraph in PARAGRAPHS)
    html = "".join(f"<h2>Section</h2><p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    (tmp_path / "plain.txt").write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    (tmp_path / "marked.md").write_text(f"# Harbour\n\n{markdown}", encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<h1>Harbour</h1>{html}", encoding="utf-8")
    (tmp_path / "word.docx").write_bytes(word_file())
    (tmp_path / "paged.pdf").write_bytes(pdf_file())
    return tmp_path


def documents_of(folder: Path) -> list[Document]:
    read = items_of(folder)
    assert not [item for item in read if isinstance(item, SkippedFile)]
    return [item for item in read if isinstance(item, Document)]


def assert_exact_and_gap_free(document: Document) -> None:
    passages = split_document(document, FakeEmbedder().count_tokens, 256)
    spans = [(passage.start, passage.end) for passage in passages]
    assert [document.text[start:end] for start, end in spans] == [p.text for p in passages]
    assert uncovered(document.text, spans) == ""


def test_every_document_of_the_sample_corpus_is_covered_exactly() -> None:
    documents = documents_of(SAMPLE_CORPUS)
    assert len(documents) >= 10
    for document in documents:
        assert_exact_and_gap_free(document)


def test_a_file_of_every_format_is_covered_exactly(corpus_of_all_formats: Path) -> None:
    documents = documents_of(corpus_of_all_formats)
    assert len(documents) == 5
    for document in documents:
        assert len(document.text.split()) > 300
        assert_exact_and_gap_free(document)


def test_passages_of_a_paged_file_know_their_page(corpus_of_all_formats: Path) -> None:
    (paged,) = [item for item in documents_of(corpus_of_all_formats) if item.pages]
    pages = {p.page for p in split_document(paged, FakeEmbedder().count_tokens, 256)}
    assert pages == {1, 2}


def test_a_file_that_cannot_be_read_is_skipped_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("All is well.")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-no")
    (tmp_path / "sheet.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    broken, good, sheet = items_of(tmp_path)
    assert isinstance(good, Document)
    assert [broken.source, sheet.source] == ["broken.pdf", "sheet.xls"]
    assert "not a sound office file" in sheet.reason
