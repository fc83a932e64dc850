"""The pages of the documents: everything shown as text, the cited place marked."""

import re
from dataclasses import replace
from html import unescape

import pytest
from fake_documents import HOSTILE_TEXT, INSPECTION_TEXT

from qa_service.nouns.documents import Extraction

VERSION = "a" * 64


def marked_text(page):
    return unescape("".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)))


def document_page(client, **place):
    return client.get("/documents/hillside-2023", query_string=place).text


def test_the_list_shows_titles_dates_sources_and_pages(client):
    page = client.get("/documents").text
    for words in ("Attendance policy", "February 2016", "reports/hillside.pdf", ">2<"):
        assert words in page


def test_the_cited_place_is_marked(client):
    start = INSPECTION_TEXT.index("Staff check")
    page = document_page(client, start=start, end=start + 20, version=VERSION)
    assert marked_text(page) == INSPECTION_TEXT[start : start + 20]
    assert page.count('id="quote"') == 1


def test_a_mark_across_blocks_holds_every_character_but_line_breaks(client):
    page = document_page(client, start=90, end=420)
    assert marked_text(page).replace("\n", "") == INSPECTION_TEXT[90:420].replace("\n", "")


def test_headings_and_pages_are_where_the_document_has_them(client):
    page = document_page(client)
    assert re.search(r"<h2[^>]*>Leadership and management</h2>", page)
    assert page.index("Page 1") < page.index("Inspectors") < page.index("Page 2")
    assert page.index("Page 2") < page.index("Governors know")


@pytest.mark.parametrize(
    "place",
    [
        {"start": 10},
        {"start": "ten", "end": 20},
        {"start": 20, "end": 10},
        {"start": -5, "end": 10},
        {"start": 0, "end": 10**9},
        {"start": "9" * 5000, "end": 1},
    ],
)
def test_a_place_that_is_not_there_is_told_and_not_marked(client, place):
    page = document_page(client, **place)
    assert "nothing is marked" in page
    assert "<mark" not in page


@pytest.mark.parametrize("document_id", ["hillside-2023", "hostile"])
def test_a_title_is_shown_once_as_the_highest_heading(client, document_id):
    assert client.get(f"/documents/{document_id}").text.count("<h1") == 1


def test_a_changed_document_is_told(client):
    page = document_page(client, start=0, end=10, version="b" * 64)
    assert "This document has changed since it was cited" in page


def test_an_unchanged_document_needs_no_notice(client):
    assert "notice" not in document_page(client, start=0, end=10, version=VERSION)


def test_a_hostile_document_is_shown_as_text(client):
    page = client.get("/documents/hostile").text
    body = page.partition("</head>")[2]
    assert (
        unescape(re.search(r"<h1[^>]*>(.*?)</h1>", body).group(1))
        == '<script>alert("title")</script>'
    )
    assert HOSTILE_TEXT.splitlines()[0] in unescape(body)
    assert "<script" not in body
    assert "<img" not in body


def test_the_list_has_no_column_of_pages_where_no_document_has_any(client, service, monkeypatch):
    unpaged = tuple(replace(entry, pages=None) for entry in service.documents())
    monkeypatch.setattr(service, "documents", lambda: unpaged)
    assert "Pages" not in client.get("/documents").text


def test_a_documents_page_shows_how_it_was_read(client, service):
    told = ("no text on <page 2>",)
    read = Extraction(words=1, tables=2, language="en", warnings=told, pages_without_text=(3, 4, 5))
    (document, *_) = [service.document(entry.id)[1] for entry in service.documents()]
    service.add(replace(document, id="scan", extraction=read, metadata={"format": "pdf"}))
    assert "1 warning" in client.get("/documents").text
    page = client.get("/documents/scan").text
    for words in ("1 word · 2 tables · en", "no text on &lt;page 2&gt;", "Without text: pages 3-5"):
        assert words in page


def test_a_withdrawn_document_says_so(client, service):
    service.withdrawn = "old"
    page = client.get("/documents/old?start=1&end=2&version=a")
    assert page.status_code == 410
    assert "was withdrawn from the corpus by 2024-05-01" in page.text
    assert client.get("/api/documents/old").get_json()["status"] == 410
