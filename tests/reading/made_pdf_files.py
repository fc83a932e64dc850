"""PDF files written by hand, so that everything in them is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

PdfLine = str | tuple[str, int, bool]
"""A line of body text, or text with its size and whether it is bold; "" leaves a gap."""


def make_pdf(
    *pages: Sequence[PdfLine],
    title: str = "",
    footer: str = "",
    header: str = "",
    trailer: str = "",
    catalog: str = "",
    page_entries: str = "",
    more: Sequence[str] = (),
    more_content: str = "",
) -> bytes:
    """A PDF of lines in Helvetica, each page from the top down.

    "#" in its footer, and in its header, which is large and bold, is the page's number.

    `catalog` and `page_entries` are put into the catalogue and every page; `more` are objects
    that follow those of the pages.
    """
    contents = [
        f"{_page_content(page, footer.replace('#', str(number)))}\n"
        f"{_drawn(header.replace('#', str(number)), 14, True, 800)}\n{more_content}"
        for number, page in enumerate(pages, start=1)
    ]
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        f"<< /Title ({title}) /CreationDate (D:20190305101500Z) >>",
    ]
    for place, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * place} 0 R"
            f" /Resources << /Font << /F 3 0 R /B 4 0 R >> >> {page_entries} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    objects += more
    return pdf_file(objects, trailer).encode("cp1252")


def in_two_columns(left: Sequence[str], right: Sequence[str], above: str = "") -> bytes:
    """A PDF of one page with two columns that are stored row by row."""
    return in_columns((72, 330), left, right, above=[above])


def in_columns(places: Sequence[int], *columns: Sequence[str], above: Sequence[str] = ()) -> bytes:
    """A PDF of one page with columns at these places that are stored row by row."""
    drawn = [_drawn(line, 11, False, 800 - 14 * row) for row, line in enumerate(above) if line]
    for number, row in enumerate(zip_longest(*columns, fillvalue="")):
        y = 780 - 14 * len(above) - 14 * number
        drawn += [
            _drawn(text, 11, False, y, x) for x, text in zip(places, row, strict=True) if text
        ]
    return make_pdf([], more_content="\n".join(drawn))


def with_letters(drawn: Sequence[str], meanings: Mapping[str, str]) -> bytes:
    """A PDF page of lines whose letters mean others than they show; blanks stay."""
    pairs = {" ": " "} | dict(meanings)
    written = " ".join(f"<{ord(a):02X}> <{b.encode('utf-16-be').hex()}>" for a, b in pairs.items())
    names = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
        f" {len(pairs)} beginbfchar {written} endbfchar endcmap"
    )
    content = "\n".join(
        f"BT /F 12 Tf 72 {700 - 16 * row} Td ({line}) Tj ET" for row, line in enumerate(drawn)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
        " /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        f"<< /Length {len(names)} >>\nstream\n{names}\nendstream",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    return pdf_file(objects).encode("cp1252")


def _font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _page_content(lines: Sequence[PdfLine], footer: str) -> str:
    drawn, y = [], 780.0
    for line in lines:
        text, size, bold = (line, 11, False) if isinstance(line, str) else line
        y -= size * 1.3
        drawn.append(_drawn(text, size, bold, y))
    return "\n".join([*drawn, _drawn(footer, 9, False, 30)])


def _drawn(text: str, size: int, bold: bool, y: float, x: int = 72) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{'B' if bold else 'F'} {size} Tf {x} {y:.0f} Td ({escaped}) Tj ET"


def pdf_file(objects: Sequence[str], trailer: str = "") -> str:
    """A PDF of these objects, the first of them its catalogue."""
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
