"""PDF: figures are raised where their page raises them, whatever its fonts tell of their signs."""

from __future__ import annotations

from made_pdf_files import make_pdf, pdf_file

TALL = (
    "<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /Ascent 667 /Descent 0 /CapHeight 667"
    " /ItalicAngle 0 /StemV 80 /FontBBox [0 0 1000 667] >>"
)
"""Letters of a font with it are as high as they are drawn: "y" reaches lower than "a"."""


def in_tall_letters(content: str) -> bytes:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FontDescriptor 8 0 R >>"
    resources = "/Resources << /Font << /F 3 0 R /B 4 0 R /T 9 0 R >> >>"
    return make_pdf([], page_entries=resources, more=[TALL, font], more_content=content)


def with_a_raised_one() -> bytes:
    """A page that says "20", and 1 in a font whose own sign of it is drawn small and high."""
    sign = "500 0 0 400 500 700 d1 0 400 500 300 re f"
    content = "BT /F 12 Tf 72 700 Td (It costs 20) Tj /R 12 Tf (1) Tj /F 12 Tf ( pounds.) Tj ET"
    raised = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [.001 0 0 .001 0 0]"
        " /CharProcs << /one 5 0 R >> /Encoding << /Type /Encoding /Differences [49 /one] >>"
        " /FirstChar 49 /LastChar 49 /Widths [500] /Resources << >> >>"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R"
        " /Resources << /Font << /F 7 0 R /R 4 0 R >> >> >>",
        raised,
        f"<< /Length {len(sign)} >>\nstream\n{sign}\nendstream",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return pdf_file(objects).encode("cp1252")


def test_a_word_of_small_letters_behind_a_tall_one_is_no_note(read) -> None:
    said = "They sell a copy a day in the year 2 of the city 12 and try 3 jetty 4."
    page = in_tall_letters(f"BT /T 11 Tf 72 700 Td ({said}) Tj ET")
    assert read("a.pdf", page).text == said


def test_a_figure_that_a_font_draws_raised_is_a_note(read) -> None:
    assert read("a.pdf", with_a_raised_one()).text == "It costs 20¹ pounds."


def test_a_power_below_one_keeps_its_sign(read) -> None:
    content = (
        "BT /F 12 Tf 72 700 Td (It falls by 10) Tj /F 7 Tf 5 Ts (-3) Tj /F 12 Tf 0 Ts ( m.) Tj ET"
    )
    assert read("a.pdf", make_pdf([], more_content=content)).text == "It falls by 10⁻³ m."


def test_lines_are_of_one_size_where_letters_are_as_high_as_they_are_drawn(read) -> None:
    lines = [
        "The barn was sold in the year",
        "of the flood to a family",
        "who had come from a bay.",
    ]
    content = "".join(
        f"BT /T 11 Tf 72 {700 - 16 * row} Td ({line}) Tj ET\n" for row, line in enumerate(lines)
    )
    assert read("a.pdf", in_tall_letters(content)).text == " ".join(lines)
