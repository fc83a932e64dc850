"""Web pages: the article stays, the furniture goes, the markup's statements are kept."""

from __future__ import annotations

import pytest

HEAD = """<html lang="en-GB"><head><meta charset="utf-8">
<title>Harbour schools | Borough News</title>
<meta property="og:site_name" content="Borough News">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/harbour"></head>"""
PAGE = f"""{HEAD}<body>
<div class="cookie-banner"><p>We use cookies to improve your visit. Accept all.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">All news</a></li></ul></nav>
<main><article><h1>Harbour schools</h1>
<p>Inspectors visited four schools in the harbour district and found
better reading.</p>
<h2>Strengths</h2><ul><li>Pupils enjoy <b>reading</b> aloud.</li><li>Plans are shared.</li></ul>
<table><tr><th>School</th><th>Grade</th></tr><tr><td>North</td><td>Good</td></tr></table>
</article></main><footer><p>Copyright of the Borough, all rights reserved.</p></footer>
</body></html>"""
SAYS = "<p>The pass costs twelve pounds a year and is valid on all lines from nine in the day.</p>"
EXPECTED = """Harbour schools

Inspectors visited four schools in the harbour district and found better reading.

Strengths

• Pupils enjoy reading aloud.
• Plans are shared.

School | Grade
School: North; Grade: Good"""


def test_only_the_article_is_left(read) -> None:
    assert read("a.html", PAGE).text == EXPECTED


def test_the_page_says_who_published_it_when_and_where(read) -> None:
    document = read("a.html", PAGE)
    assert (document.title, document.date) == ("Harbour schools", "2021-03-04")
    assert document.metadata == {
        "format": "html",
        "publisher": "Borough News",
        "address": "https://example.org/harbour",
        "language": "en-GB",
        "date_source": "meta tag article:published_time",
    }


def test_headings_keep_their_levels(read) -> None:
    levels = [(heading.level, heading.text) for heading in read("a.html", PAGE).headings]
    assert levels == [(1, "Harbour schools"), (2, "Strengths")]


def test_a_short_page_keeps_all_it_has(read) -> None:
    page = "<h1>Notice</h1><p>Closed.</p><ol><li>Read it.</li><li>Sign it.</li></ol>"
    assert read("a.htm", page).text == "Notice\n\nClosed.\n\n1. Read it.\n2. Sign it."


def test_a_page_without_a_stated_date_has_none(read) -> None:
    assert read("a.html", "<h1>Notice</h1><p>The school of 3 May 1960 is closed.</p>").date is None


@pytest.mark.parametrize(
    "markup",
    [
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2020-02-01"}]}</script>',
        '<p>Published on <time datetime="2020-02-01">1 February</time></p>',
        '<time itemprop="datePublished" datetime="2020-02-01">last winter</time>',
        "<p>Date of publication</p><p>1 February 2020</p>",
        "<p>Published: 1 February 2020</p>",
    ],
)
def test_dates_are_found_in_other_markup(read, markup: str) -> None:
    assert (
        read("a.html", f"<body><h1>Notice</h1>{markup}<p>Closed.</p></body>").date == "2020-02-01"
    )


@pytest.mark.parametrize(
    "markup",
    [
        '<p>It opens on <time datetime="2027-10-09">9 October 2027</time>.</p>',
        '<script type="application/ld+json">{"@type": "Article", "headline": "Snow shuts the '
        'pass", "datePublished": "2016-01-04"}</script>',
        '<aside><h3>Snow</h3><time class="published" datetime="2016-01-04">then</time></aside>',
        '<div itemscope itemtype="https://schema.org/Event"><meta itemprop="datePublished" '
        'content="2016-01-04"><p>Fair</p></div>',
        "<p>Next review</p><p>4 January 2016</p>",
        "<p>Payment due</p><p>4 January 2016</p>",
        '<p class="meta">Event date: <time datetime="2016-01-04">4 January</time></p>',
        '<div class="post-meta"><b>Exam on</b> <time datetime="2016-01-04">Monday</time></div>',
        '<p>Date: <time datetime="2016-01-04">4 January</time>, 7 pm, town hall</p>',
        '<div class="comments"><p>Bob <time pubdate datetime="2016-01-04">then</time></p></div>',
        '<meta name="dcterms.created" content="2013-12-23T23:15:00">',
    ],
)
def test_the_date_of_something_else_is_not_the_pages(read, markup: str) -> None:
    page = f"<body><h1>Notice</h1>{markup}<p>The hall is closed.</p></body>"
    assert read("a.html", page).date is None


def test_of_several_articles_the_one_that_is_the_page_has_its_date(read) -> None:
    nodes = '{"headline": "Snow", "datePublished": "2016-01-04"}, '
    nodes += '{"headline": "Bus strike called off", "datePublished": "2024-05-17T08:00"}'
    page = f'<script type="application/ld+json">{{"@graph": [{nodes}]}}</script>'
    page += "<h1>Bus strike called off</h1><p>Drivers are back.</p>"
    assert read("a.html", page).date == "2024-05-17"


def test_a_raised_figure_is_no_digit_of_the_number_before_it(read) -> None:
    page = "<h1>Fees</h1><p>The fee is £320<sup>1</sup> for 12 m<sup>2</sup>.</p>"
    assert "£320¹ for 12 m²" in read("a.html", page).text


def test_a_cell_over_several_rows_counts_for_each(read) -> None:
    page = "<h1>Fees</h1><table><tr><th>Quay</th><th>Fee</th></tr><tr><td rowspan=2>North</td>"
    page += "<td>40</td></tr><tr><td>50</td></tr></table>"
    assert "Quay: North; Fee: 50" in read("a.html", page).text


def test_a_cell_over_several_columns_counts_for_each(read) -> None:
    names = "<tr><th>Quay</th><th>Side</th><th>Fee</th></tr>"
    rows = "<tr><td>North</td><td>left</td><td>40</td></tr>"
    rows += "<tr><td colspan=2>Yard</td><td>9</td></tr>"
    page = f"<h1>Fees</h1><table>{names}{rows}</table>"
    assert "Quay: Yard; Side: Yard; Fee: 9" in read("a.html", page).text


def test_a_table_that_only_arranges_the_page_is_no_table(read) -> None:
    page = "<table><tr><td><table><tr><td>North<td>Good</table><p>The end.</p></table>"
    assert read("a.html", page).text == "North | Good\n\nThe end."


def test_a_page_is_decoded_as_it_declares(read) -> None:
    page = '<meta charset="iso-8859-2"><p>Łódź szkoła</p>'.encode("iso-8859-2")
    assert read("a.html", page).text == "Łódź szkoła"


@pytest.mark.parametrize(
    "part",
    [
        "<p hidden>no kiln</p>",
        '<p style="visibility: hidden">no kiln</p>',
        '<p style="color: red; opacity: 0">no kiln</p>',
        '<p style="font-size: 0">no kiln</p>',
        "<p><del>no kiln</del> a kiln</p>",
        '<p>One <span style="text-decoration:line-through">no kiln</span> a kiln</p>',
    ],
)
def test_what_a_page_hides_or_strikes_out_is_no_text(read, part: str) -> None:
    main = MAIN.replace("</main>", f"{part}<p>The kiln is fired on the first of May.</p></main>")
    text = read("a.html", f"<html><body>{main}</body></html>").text
    assert "no kiln" not in text
    assert "The kiln is fired" in text


MAIN = "<main><h1>The mill</h1><p>The mill was sold to the parish in May of that year.</p></main>"


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("<nav><a>Home</a></nav>", 'left out as navigation of the page, 1 word: "Home"'),
        ("<footer><p>Open at nine.</p></footer>", "left out as footer of the page, 3 words"),
        ("<aside><p>The bakery closed.</p></aside>", "left out as marginal part of the page"),
        ('<p style="display: none">It burned.</p>', "left out as hidden part of the page"),
        ("<p hidden>It burned.</p>", "left out as hidden part of the page"),
        (
            "<p>For <s>nothing</s>.</p>",
            'left out as struck-out part of the page, 1 word: "nothing"',
        ),
        ("<div id='comments'><p>So I heard.</p></div>", "left out as part beside the main text"),
        ("<iframe src='x'></iframe>", "1 embedded frame or recording not read"),
    ],
)
def test_what_of_a_page_is_left_out_is_told(read, part: str, told: str) -> None:
    document = read("a.html", f"<html><body>{MAIN}{part}</body></html>")
    assert "sold to the parish" in document.text
    assert any(warning.startswith(told) for warning in document.extraction.warnings)


def test_of_a_page_that_is_read_whole_nothing_is_told(read) -> None:
    assert read("a.html", f"<html><body>{MAIN}</body></html>").extraction.warnings == ()


def test_definitions_are_read_with_their_terms(read) -> None:
    listed = (
        "<dl><dt>Published:</dt><dd>4 May 2021</dd><dt>Berth</dt>"
        "<dd><p>A place beside the quay.</p><p>It has a number.</p></dd>"
        "<dt>Fees</dt><dd><ul><li>Ten pounds</li></ul></dd></dl>"
    )
    document = read("a.html", f"<html><body>{MAIN.replace('</main>', listed)}</main></body></html>")
    assert document.date == "2021-05-04"
    assert document.text.endswith(
        "Published: 4 May 2021\n\nBerth: A place beside the quay.\n\nIt has a number.\n\n"
        "Fees\n\n• Ten pounds"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ol start=5><li>Apply<li>Pay</ol>", "5. Apply\n6. Pay"),
        ("<ol type=a><li>Apply<li>Pay</ol>", "a. Apply\nb. Pay"),
        ("<ol reversed><li>Apply<li>Pay</ol>", "2. Apply\n1. Pay"),
        ("<ol><li>Apply<li value=7>Pay<li>Go</ol>", "1. Apply\n7. Pay\n8. Go"),
        ("<ol><li>Apply<li>Pay</ol>", "1. Apply\n2. Pay"),
    ],
)
def test_a_list_counts_as_its_page_says(read, markup: str, text: str) -> None:
    page = f"<html><body><main><h1>Passes</h1>{SAYS}{markup}</main></body></html>"
    assert text in read("a.html", page).text


def test_words_quoted_within_a_sentence_stay_in_it(read) -> None:
    page = f"<html><body>{SAYS}<p>It is called <q>the long room</q> by all.</p></body></html>"
    assert "It is called “the long room” by all." in read("a.html", page).text


def test_a_table_below_its_caption_keeps_the_names_of_its_columns(read) -> None:
    rows = "<tr><th>Zone<th>Fee<tr><td>A<td>£2<tr><td>B<td>£3"
    page = f"<html><body>{SAYS}<table><caption>Fees</caption>{rows}</table></body></html>"
    document = read("a.html", page)
    assert "Fees" in document.text
    assert "Zone: B; Fee: £3" in document.text
    assert document.extraction.warnings == ()


def test_a_definition_of_figures_alone_is_kept(read) -> None:
    page = f"<html><body>{SAYS}<dl><dt>Phone<dd>01632 960960<dt>Hall<dd>46</dl></body></html>"
    assert "Phone: 01632 960960\n\nHall: 46" in read("a.html", page).text
