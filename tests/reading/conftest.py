"""A corpus folder to write into, and PDFs made of lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from qa_service.reading import read_document
from qa_service.schema import Document

ONE_MEGABYTE = 1_000_000
PdfLine = str | tuple[str, int, bool]
"""A line of body text, or text with its size and whether it is bold; "" leaves a gap."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def read(corpus: Path) -> Callable[[str, str | bytes], Document]:
    """Writes a file of that name into the corpus and reads it."""

    def write_and_read(name: str, content: str | bytes) -> Document:
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_document(path, corpus, ONE_MEGABYTE)

    return write_and_read


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Makes a PDF of pages of lines."""
    return make_pdf


def make_pdf(
    *pages: Sequence[PdfLine], title: str = "", footer: str = "", trailer: str = ""
) -> bytes:
    """A PDF of lines in Helvetica, each page from the top down; "#" in its footer is its number."""
    contents = [
        _page_content(page, footer.replace("#", str(number)))
        for number, page in enumerate(pages, start=1)
    ]
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        f"<< /Title ({title}) /CreationDate (D:20190305101500Z) >>",
    ]
    for place, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * place} 0 R"
            " /Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return _file(objects, trailer).encode("cp1252")


def _font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _page_content(lines: Sequence[PdfLine], footer: str) -> str:
    drawn, y = [], 780.0
    for line in lines:
        text, size, bold = (line, 11, False) if isinstance(line, str) else line
        y -= size * 1.3
        drawn.append(_drawn(text, size, bold, y))
    return "\n".join([*drawn, _drawn(footer, 9, False, 30)])


def _drawn(text: str, size: int, bold: bool, y: float) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{'B' if bold else 'F'} {size} Tf 72 {y:.0f} Td ({escaped}) Tj ET"


def _file(objects: Sequence[str], trailer: str) -> str:
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{text}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R /Info 5 0 R {trailer} >>\n"
        f"startxref\n{len(text)}\n%%EOF"
    )
