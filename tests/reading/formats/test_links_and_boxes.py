"""Web pages of handbooks: lists of links lead on and answer nothing; boxes belong to the text."""

from __future__ import annotations

import pytest
from lxml import html

from qa_service.reading.formats.pages.html_links import leads_on

PROSE = (
    "<p>The harbour office looks after forty berths and the two cranes of the northern quay.</p>"
    "<h2>Fees</h2><p>A night at the quay costs nine pounds, and is paid before the boat leaves.</p>"
)
PAGE = "<html><head><title>Berths</title></head><body><h1>Berths</h1>{}" + PROSE + "</body></html>"
BOOK = (
    '<dl><dt><a href="a.html#b">1.1. Fees</a></dt>'
    '<dd><dl><dt><a href="c.html">1.1.1. Cranes</a></dt></dl></dd></dl>'
)


def kinds_of(document, words: str) -> set[str]:
    """The kinds of the blocks that hold these words."""
    return {
        block.kind for block in document.blocks if words in document.text[block.start : block.end]
    }


@pytest.mark.parametrize(
    "links",
    [
        "<ul>"
        + "".join(f'<li><a href="#{name}">{name}</a></li>' for name in ("Fees", "Cranes", "Hours"))
        + "</ul>",
        f'<div class="toc">{BOOK}</div>',
        '<div class="toctree-wrapper"><ul><li><a href="c.html">Cranes</a></li></ul></div>',
        '<ul class="docnav"><li><a href="p.html">Prev</a></li><li>The Quay Cranes Book</li></ul>',
    ],
)
def test_a_list_of_links_that_leads_on_is_no_text_to_quote(read, links: str) -> None:
    document = read("a.html", PAGE.format(links))
    assert kinds_of(document, "Cranes") <= {"contents"}
    assert "nine pounds" in document.text


def test_the_way_back_to_the_top_is_no_text_to_quote(read) -> None:
    document = read("a.html", PAGE.format(PROSE + '<p><a href="#top">↑ Back to top</a></p>'))
    assert kinds_of(document, "Back to top") <= {"contents"}


def test_a_bar_that_names_the_next_chapter_is_no_text_to_quote() -> None:
    bar = (
        '<div class="navfooter"><a href="a.html">Next</a> The Quay Book, Chapter 2. Cranes{}</div>'
    )
    assert leads_on(html.fromstring(bar.format("")))
    assert not leads_on(html.fromstring(bar.format(" lift boats.")))


def test_a_page_of_nothing_but_links_is_read_as_contents(read) -> None:
    document = read("a.html", f"<h1>The quay</h1><div class='toc'>{BOOK}</div>")
    assert kinds_of(document, "Fees") == {"contents"}


def test_addresses_elsewhere_are_text(read) -> None:
    links = "".join(f'<li><a href="https://{name}.example">{name}</a></li>' for name in "abc")
    document = read("a.html", PAGE.format(f"<p>Others help too:</p><ul>{links}</ul>"))
    assert kinds_of(document, "• b") == {"list_item"}


def test_contents_that_are_left_out_are_told(read) -> None:
    links = '<div class="toc"><ul><li><a href="x.html">Weighing of goods</a></li></ul></div>'
    document = read("a.html", PAGE.format(f"<main>{links}{PROSE * 3}</main>"))
    told = [warning for warning in document.extraction.warnings if "Weighing" in warning]
    assert kinds_of(document, "Weighing") == {"contents"} or "navigation" in told[0]


def test_a_box_among_paragraphs_is_text_though_called_a_sidebar(read) -> None:
    box = '<div class="sidebar"><p>Boats of a crew of one pay half.</p></div>'
    assert "pay half" in read("a.html", PAGE.format(f"{PROSE}{box}")).text


def test_a_sidebar_beside_the_main_part_is_left_out(read) -> None:
    page = f"<body><div><h1>Berths</h1>{PROSE}</div><div class='sidebar'><p>Most read.</p></div>"
    assert "Most read" not in read("a.html", page).text


def test_the_sign_that_links_to_a_heading_is_no_part_of_it(read) -> None:
    page = PAGE.replace("<h2>Fees</h2>", '<h2>Fees<a class="headerlink" href="#fees">¶</a></h2>')
    assert "Fees" in [heading.text for heading in read("a.html", page.format("")).headings]


def test_a_paragraph_that_is_a_name_in_bold_is_a_heading(read) -> None:
    page = PAGE.format("<p><strong>Night berths</strong></p>" + PROSE)
    assert "Night berths" in [heading.text for heading in read("a.html", page).headings]


@pytest.mark.parametrize(
    "bold", ["<p><b>Note:</b> nine pounds a night.</p>", "<p><b>All boats must pay.</b></p>"]
)
def test_other_words_in_bold_are_text(read, bold: str) -> None:
    assert len(read("a.html", PAGE.format(bold + PROSE)).headings) == 3


def test_a_bar_that_says_a_heading_again_is_no_text_to_quote(read) -> None:
    bar = "<table><tr><td>Berths</td></tr></table>"
    document = read("a.html", f"<body>{bar}<h1>Berths</h1>{PROSE}</body>")
    assert kinds_of(document, "Berths") <= {"contents", "heading"}


@pytest.mark.parametrize(
    "summary",
    [
        "Who may moor after dark?",
        "<h3>Who may moor after dark?</h3>",
        "<b>Who</b> may moor after dark?",
    ],
)
def test_what_a_folded_part_is_opened_by_is_its_heading(read, summary: str) -> None:
    answer = "<p>Only fishing boats may moor after dark, by order of the harbour master.</p>"
    folded = f"<details><summary>{summary}</summary>{answer}</details>"
    document = read("a.html", PAGE.format(folded))
    assert kinds_of(document, "Who may moor after dark?") == {"heading"}
    assert kinds_of(document, "Only fishing boats") == {"paragraph"}
