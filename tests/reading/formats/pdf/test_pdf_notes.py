"""PDF: words typed onto a page are its text where it shows them; comments are told."""

from __future__ import annotations

import pytest
from made_pdf_files import make_pdf

OPEN = "The mill is open on Mondays."
RICH = (
    '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>Closed until <b>9 May</b>'
    " &amp; later.</p><p>Ask Ann Rye.</p></body>"
)
ON_THE_PAGE = "72 500 300 540"


def noted(says: str, kind: str = "FreeText", place: str = ON_THE_PAGE, off: str = "") -> bytes:
    """A page with a note of so many entries; `off` is what the file says of its one layer."""
    note = f"<< /Type /Annot /Subtype /{kind} /Rect [{place}] /DA (/F 11 Tf) {says} >>"
    layers = f"/OCProperties << /OCGs [9 0 R] /D << {off} >> >>" if off else ""
    more = [note, "<< /Type /OCG /Name (Notes) >>", "<< /Type /OCMD /OCGs [9 0 R] >>"]
    return make_pdf([OPEN], page_entries="/Annots [8 0 R]", catalog=layers, more=more)


def test_words_typed_onto_a_page_are_text(read) -> None:
    assert "Ann Rye" in read("a.pdf", noted("/Contents (Ann Rye) /F 4")).text


def test_words_typed_in_rich_letters_alone_are_text(read) -> None:
    text = read("a.pdf", noted(f"/RC ({RICH}) /F 4")).text
    assert "Closed until 9 May & later." in text
    assert "Ask Ann Rye." in text


@pytest.mark.parametrize(
    "note",
    [
        noted("/Contents (Ann Rye) /F 2"),
        noted("/Contents (Ann Rye)", place="700 500 800 520"),
        noted("/Contents (Ann Rye) /OC 9 0 R", off="/OFF [9 0 R]"),
        noted("/Contents (Ann Rye) /OC 10 0 R", off="/OFF [9 0 R]"),
        noted("/Contents (Ann Rye) /OC 9 0 R", off="/BaseState /OFF /ON []"),
    ],
    ids=["hidden", "beside the page", "layer", "choice of layers", "all layers"],
)
def test_typed_words_that_the_page_does_not_show_are_told(read, note: bytes) -> None:
    document = read("a.pdf", note)
    assert document.text == OPEN
    assert "not to be seen on page 1" in document.extraction.warnings[0]


def test_words_typed_in_a_layer_that_is_on_are_text(read) -> None:
    assert "Ann Rye" in read("a.pdf", noted("/Contents (Ann Rye) /OC 9 0 R", off="/OFF []")).text


def test_a_comment_in_rich_letters_is_told(read) -> None:
    document = read("a.pdf", noted(f"/RC ({RICH})", kind="Text"))
    assert document.extraction.warnings == (
        '1 comment not read: "Closed until 9 May & later. Ask Ann Rye."',
    )


def test_a_field_that_is_hidden_is_no_text(read) -> None:
    field = "/FT /Tx /T (Rent) /V (ninety pounds) /F 2"
    note = f"<< /Type /Annot /Subtype /Widget /Rect [{ON_THE_PAGE}] {field} >>"
    form = "/AcroForm << /Fields [8 0 R] >>"
    document = read(
        "a.pdf", make_pdf([OPEN], page_entries="/Annots [8 0 R]", catalog=form, more=[note])
    )
    assert document.text == OPEN


def test_words_typed_beside_a_label_stand_behind_it(read) -> None:
    note = (
        "<< /Type /Annot /Subtype /FreeText /Contents (Ann Rye) /Rect [150 695 300 711]"
        " /F 4 /DA (/F 11 Tf) >>"
    )
    labels = "".join(
        f"BT /F 11 Tf 72 {y} Td ({label}) Tj ET\n"
        for y, label in ((700, "Holder:"), (684, "Street:"), (668, "Keep this permit."))
    )
    page = make_pdf([], page_entries="/Annots [8 0 R]", more=[note], more_content=labels)
    assert "Holder: Ann Rye\n\nStreet:" in read("a.pdf", page).text


def drawn_note(content: str, flags: int = 4) -> bytes:
    """A page with a note whose words are its drawing alone."""
    note = (
        f"<< /Type /Annot /Subtype /FreeText /Rect [{ON_THE_PAGE}] /F {flags} /AP << /N 9 0 R >> >>"
    )
    drawing = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 228 40] /Resources << /Font << /F 3 0 R >> >>"
        f" /Length {len(content)} >>\nstream\n{content}\nendstream"
    )
    return make_pdf([OPEN], page_entries="/Annots [8 0 R]", more=[note, drawing])


def test_words_of_a_note_that_are_its_drawing_alone_are_text(read) -> None:
    document = read("a.pdf", drawn_note("BT /F 12 Tf 5 8 Td (Ask Ann Rye) Tj ET"))
    assert document.text.split("\n\n") == [OPEN, "Ask Ann Rye"]
    assert document.extraction.warnings == ()


def test_a_drawing_without_words_is_told(read) -> None:
    document = read("a.pdf", drawn_note("0 0 20 20 re f"))
    assert document.extraction.warnings == ("1 comment not read",)


def test_a_drawn_note_that_is_hidden_is_no_text(read) -> None:
    assert read("a.pdf", drawn_note("BT /F 12 Tf 5 8 Td (Ask Ann Rye) Tj ET", 2)).text == OPEN
