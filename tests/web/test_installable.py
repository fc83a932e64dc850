"""Asked from the address bar, and from a phone's share sheet."""

from urllib.parse import parse_qs, urlsplit

import pytest
from fake_answer_service import QUESTION
from lxml import etree

from qa_service.web.installable import MOST_OF_AN_ICON_NAME, short_name

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
def described(client):
    """The OpenSearch description that the page links to."""
    page = etree.HTML(client.get("/").text)
    link = page.find(".//link[@rel='search']")
    response = client.get(link.get("href"))
    assert response.mimetype == link.get("type") == "application/opensearchdescription+xml"
    return etree.fromstring(response.data)


def test_the_address_bar_asks_on_this_site(client, described):
    template = described.find("o:Url", NAMES).get("template")
    assert template == "http://localhost/?q={searchTerms}"
    asked = client.get("/", query_string={"q": QUESTION})
    assert 'class="quote' in asked.text


def test_names_in_the_description_are_as_short_as_they_must_be(described):
    assert described.find("o:ShortName", NAMES).text == "Ask the…"
    assert described.find("o:LongName", NAMES).text == "Ask the documents"


@pytest.mark.parametrize(
    ("title", "short"),
    [("Leeds records", "Leeds…"), ("Minutes", "Minutes"), ("Kinderschutzberichte", "Kinderschut…")],
)
def test_an_icon_has_a_name_that_fits_below_it(title, short):
    assert short_name(title, MOST_OF_AN_ICON_NAME) == short


def test_the_page_may_be_installed_and_shared_into(client):
    page = client.get("/")
    href = etree.HTML(page.text).find(".//link[@rel='manifest']").get("href")
    manifest = client.get(href).json
    assert "manifest-src 'self'" in page.headers["Content-Security-Policy"]
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as response:
            assert response.mimetype == "image/png"
    assert manifest["share_target"]["action"] == "/share"


@pytest.mark.parametrize(
    ("shared", "asked"),
    [
        ({"text": f"“{QUESTION}”\n https://example.org/page#:~:text=What"}, QUESTION),
        ({"title": "Adoption in Leeds", "text": "https://example.org/page"}, "Adoption in Leeds"),
        ({"text": "word " * 1000}, ("word " * 400)[:2000]),
    ],
)
def test_the_words_that_are_shared_are_asked(client, shared, asked):
    sent = client.get("/share", query_string=shared)
    assert parse_qs(urlsplit(sent.location).query)["q"] == [asked]
    assert client.get(sent.location).status_code == 200


def test_who_shares_an_address_alone_gets_the_page(client):
    sent = client.get("/share", query_string={"text": "https://example.org/"})
    assert sent.location == "/"
