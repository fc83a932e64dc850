"""Web pages: what their stylesheets hide, strike out or raise is read so, and told."""

from __future__ import annotations

import pytest

OPEN = (
    "<p>The harbour office is open from nine to five on every day of the week but Sunday,"
    " and boats may be left there.</p>"
)
FEE = "The fee is 12 pounds."
GONE = "The fee is 99 pounds."
TOLD = f'left out as hidden part of the page, 5 words: "{GONE}"'


def read_page(read, body: str, sheet: str = "", head: str = ""):
    style = f"<style>{sheet}</style>" if sheet else ""
    page = f"<html><head><title>Harbour</title>{head}{style}</head><body>{OPEN}{body}</body></html>"
    return read("a.html", page)


@pytest.mark.parametrize(
    "sheet",
    [
        ".x{display:none}",
        "#y { visibility : hidden }",
        "body p.x { font-size: 0 }",
        ".x{display:block} @media screen {p#y{display:none!important}}",
        ".x{color:#fefefe}",
        "body{background:navy} .x{color:#000080}",
        ".x{position:absolute;left:-9999px}",
        ".x{opacity:0}",
        "p:hover .z, ::before, [data-a=, b{c",
    ],
)
def test_what_a_sheet_hides_is_no_text_and_is_told(read, sheet: str) -> None:
    hides = "b{c" not in sheet
    document = read_page(read, f"<p class=x id=y>{GONE}</p><p>{FEE}</p>", sheet)
    assert (GONE in document.text) != hides
    assert document.extraction.warnings == ((TOLD,) if hides else ())


@pytest.mark.parametrize(
    ("sheet", "head"),
    [
        (".x{display:none} .x.on{display:block}", ""),
        ("@media print{.x{display:none}} @media (max-width:600px){.x{display:none}}", ""),
        (".x{display:none} p.x{display:inline}", ""),
        (".x{color:white;background:#003}", ""),
        (".x{color:white;background:url(a.jpg)}", ""),
        (".x{color:white}", "<link rel=stylesheet href=a.css>"),
        (".x{opacity:0;transition:opacity 1s}", ""),
        (".x::after{display:none}", ""),
        ("body{visibility:hidden}", ""),
    ],
    ids=[
        *("overruled", "for print", "a heavier rule", "on dark ground", "on a picture"),
        *("sheets elsewhere", "fades in", "what stands after", "while the page loads"),
    ],
)
def test_what_a_reader_is_shown_is_text(read, sheet: str, head: str) -> None:
    document = read_page(read, f'<p class="x on">{FEE}</p>', sheet, head)
    assert FEE in document.text
    assert not document.extraction.warnings


def test_letters_of_a_size_within_a_part_of_no_size_are_text(read) -> None:
    body = f'<div style="font-size:0px">{GONE}<div style="font-size:13px">{FEE}</div></div>'
    document = read_page(read, body)
    assert FEE in document.text
    assert document.extraction.warnings == (TOLD,)


def test_an_unseen_figure_never_joins_those_beside_it(read) -> None:
    body = '<p>It costs £3<span style="color:#fff">1</span>20 a year, or <s>99</s> less.</p>'
    document = read_page(read, body)
    assert "£3 20 a year, or less." in document.text
    assert 'left out as struck-out part of the page, 1 word: "99"' in document.extraction.warnings


def test_what_a_sheet_raises_or_strikes_out_is_read_so(read) -> None:
    sheet = ".n{vertical-align:super} .old{text-decoration:red line-through}"
    body = "<p>For 118<a class=n href='#1'>3</a> berths <span class=old>ten</span> 12 pounds.</p>"
    assert "For 118³ berths 12 pounds." in read_page(read, body, sheet).text


def test_comments_templates_and_words_for_browsers_without_scripts_are_told(read) -> None:
    body = (
        f"<!-- end of nav --><!-- {GONE} --><template><p>The fee is 98 pounds.</p></template>"
        f"<noscript><p>Please switch scripts on.</p></noscript><p>{FEE}</p>"
    )
    document = read_page(read, body)
    assert "9" not in document.text.replace("nine", "")
    assert "scripts" not in document.text
    assert document.extraction.warnings == (
        'left out as template of the page, 5 words: "The fee is 98 pounds."',
        "left out as part for browsers without scripts of the page, 4 words: "
        '"Please switch scripts on."',
        f'1 comment not read: "{GONE}"',
    )


def test_what_the_sheet_of_a_message_hides_is_no_text(read) -> None:
    page = f"<style>.x{{display:none}}</style><p class=x>{GONE}</p>{OPEN}<p>{FEE}</p>"
    mail = f"Subject: Fees\nContent-Type: text/html; charset=utf-8\n\n{page}"
    text = read("a.eml", mail).text
    assert FEE in text
    assert GONE not in text
