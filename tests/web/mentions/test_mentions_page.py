"""Every mention as a page: counted, complete by its pages, limited, and led to by an answer."""

import csv
import re
from dataclasses import replace

import pytest
from fake_answer_service import QUESTION

from qa_service.nouns.answers import Mentioned
from qa_service.nouns.questions import Filters

NUMBERS = re.compile(r'<span class="number">(\d+)</span>')


def test_every_place_is_quoted_below_its_document_with_a_link_to_it(client):
    found = client.get("/api/mentions?q=governors").get_json()
    page = client.get("/mentions?q=governors").text
    assert "<h1>Every mention of “governors”</h1>" in page
    assert "<title>Every mention of “governors” · Ask the documents</title>" in page
    for document in found["documents"]:
        assert document["title"] in page
        for citation in document["citations"]:
            assert citation["permalink"].replace("&", "&amp;") in page
    assert list(map(int, NUMBERS.findall(page))) == list(range(1, found["total_places"] + 1))


def test_the_pages_hold_every_place_once_with_scripts_and_without(client, monkeypatch):
    monkeypatch.setattr("qa_service.web.mentions.pages.PLACES_OF_A_PAGE", 2)
    total = client.get("/api/mentions?q=the").get_json()["total_places"]
    address, numbers = "/mentions?q=the", []
    while address:
        page, fragment = client.get(address).text, client.get(f"{address}&fragment=true").text
        assert NUMBERS.findall(page) == NUMBERS.findall(fragment)
        assert "<html" not in fragment
        numbers += NUMBERS.findall(fragment)
        further = re.search(r'class="button" href="([^"]+)"', fragment)
        address = further and further[1].replace("&amp;", "&")
    assert numbers == [str(number) for number in range(1, total + 1)]
    assert total > 2


def test_limits_hold_and_can_be_taken_away(client):
    page = client.get("/mentions?q=the&document=hillside-2023").text
    assert "1 document" in page
    assert "/documents/attendance" not in page
    assert "look up without this limit" in page


def test_a_limit_to_all_documents_of_a_place_bears_its_name(client, service):
    service.places = lambda: {"hillside-2023": "Hillside", "attendance": "Elsewhere"}
    page = client.get("/mentions?q=the&document=hillside-2023").text
    assert ">Hillside</span>" in page
    service.places = lambda: {"hillside-2023": "Hillside", "hillside-2019": "Hillside"}
    page = client.get("/mentions?q=the&document=hillside-2023").text
    assert ">Hillside</span>" not in page


def test_the_file_holds_what_the_page_counts_within_the_same_limits(client):
    page = client.get("/mentions?q=the&document=hillside-2023").text
    (address,) = re.findall(r'href="(/mentions.csv[^"]+)"', page)
    file = client.get(address.replace("&amp;", "&")).data.decode("utf-8-sig")
    rows = list(csv.DictReader(file.splitlines()))
    assert {row["document"] for row in rows} == {"Hillside Primary School: inspection report"}
    assert rows[0]["address"].startswith("http://localhost/documents/hillside-2023?start=")
    assert f">{len(rows)} places in 1 document" in page


def test_what_stands_nowhere_is_said_and_leads_to_a_question(client):
    page = client.get("/mentions?q=zebra").text
    assert "No document mentions it" in page
    assert 'href="/?q=zebra"' in page


@pytest.mark.parametrize("query", ["q=", "q=a&cursor=soon", "q=a&date_from=2024&date_to=2023"])
def test_what_the_endpoint_refuses_is_told_on_the_page(client, query):
    response = client.get(f"/mentions?{query}")
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_an_address_without_words_asks_for_them(client):
    response = client.get("/mentions")
    assert response.status_code == 200
    assert "<h1>Every mention</h1>" in response.text


def test_an_answer_leads_to_every_mention_of_its_subject_within_its_limits(client, service):
    mentioned = Mentioned("quality assurance", Filters(document_ids=("hillside-2023",)))
    answered = service.ask
    service.ask = lambda question: replace(answered(question), mentions=mentioned)
    page = client.get("/", query_string={"q": QUESTION}).text
    assert 'href="/mentions?q=quality+assurance&amp;document=hillside-2023"' in page
    assert "Show every mention of “quality assurance”" in page


def test_an_answer_about_nothing_by_name_offers_no_mentions(client):
    assert "/mentions?" not in client.get("/", query_string={"q": QUESTION}).text
