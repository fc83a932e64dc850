"""Citations as text: plain, Markdown, a reference, each with the address of the quote."""

import pytest
from markdown_it import MarkdownIt

from qa_service.web.chat.citing import cited_texts

CITATION = {
    "title": "Visit to *Harbour* School",
    "date": "2023-05-24",
    "page": 3,
    "heading": "Sailing",
    "publisher": "Borders Council",
    "permalink": "/documents/harbour?start=1&end=9&version=abc",
}
ADDRESS = "http://localhost/documents/harbour?start=1&end=9&version=abc"


@pytest.fixture
def cite(app):
    def texts(quote="Boats sail.", **members):
        with app.test_request_context("/"):
            return cited_texts({**CITATION, **members}, quote)

    return texts


def test_every_text_ends_with_the_address_or_links_to_it(cite):
    texts = cite()
    assert texts["plain"] == (
        f"“Boats sail.”\nVisit to *Harbour* School, 24 May 2023 · page 3 · Sailing\n{ADDRESS}"
    )
    assert texts["address"] == ADDRESS
    assert all(ADDRESS in text for text in texts.values())


@pytest.mark.parametrize(
    ("members", "reference"),
    [
        ({}, "Borders Council. (2023, May 24). Visit to *Harbour* School (p. 3)."),
        ({"publisher": None, "page": None}, "Visit to *Harbour* School. (2023, May 24)."),
        ({"date": "2016-02"}, "Borders Council. (2016, February). Visit"),
        ({"date": "2016"}, "Borders Council. (2016). Visit"),
        ({"date": None}, "Borders Council. (n.d.). Visit"),
    ],
)
def test_a_reference_names_who_when_what_and_where(cite, members, reference):
    found = cite(**members)["reference"]
    assert found.startswith(reference)
    assert found.endswith(f" {ADDRESS}")


def test_markdown_shows_the_words_as_they_stand(cite):
    shown = MarkdownIt().render(cite("1. <b>Boats</b> *sail*\n- nets_ & [x](y)")["markdown"])
    assert "<b>" not in shown
    assert "<em>" not in shown
    assert "1. &lt;b&gt;Boats&lt;/b&gt; *sail*" in shown
    assert f'<a href="{ADDRESS.replace("&", "&amp;")}">Visit to *Harbour* School</a>' in shown


def test_the_page_of_a_marked_document_offers_its_citation(client):
    place = {"start": 0, "end": 10, "version": "a" * 64}
    page = client.get("/documents/hillside-2023", query_string=place).text
    assert 'data-cited="reference"' in page
    assert "data-cited" not in client.get("/documents/hillside-2023").text


def test_an_answer_of_another_build_is_said_to_be_todays(client):
    told = "The index has been built anew since this address was made"
    address = {"q": "When must parents report an absence?"}
    assert told in client.get("/", query_string={**address, "build": "older"}).text
    assert told not in client.get("/", query_string={**address, "build": "20240501-test"}).text
    assert told not in client.get("/", query_string=address).text
