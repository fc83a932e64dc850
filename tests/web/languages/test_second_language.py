"""The pages in the second language: none of their own words are English."""

import json
import re
from dataclasses import replace

import pytest
from fake_answer_service import MISTYPED, NEARLY_ANSWERED, QUESTION, UNANSWERABLE
from own_words import GERMAN, english_in

from qa_service.errors import BuildFailed, EngineUnavailable, NoIndex
from qa_service.nouns.documents import Extraction
from qa_service.web import create_app

PAGES = {
    "chat": "/",
    "answer": {"q": QUESTION},
    "limited": {"q": QUESTION, "collection": "inspections", "date_from": "2020-01-01"},
    "corrected": {"q": MISTYPED},
    "compared": {"q": QUESTION, "compare": "true"},
    "follow-up": {"q": "And the quality of teaching?", "earlier": QUESTION},
    "refused": {"q": UNANSWERABLE},
    "nearly": {"q": NEARLY_ANSWERED},
    "listed": {"q": "which documents are there?"},
    "asked of 2031": {"q": "What did inspectors recommend about teaching in 2031?"},
    "too long": {"q": "x" * 3000},
    "documents": "/documents",
    "documents found": "/documents?find=hillside&year=2023",
    "no document": "/documents?find=zebra",
    "choices": "/documents?choices=",
    "document": "/documents/hillside-2023",
    "changed place": "/documents/hillside-2023?start=1&end=9&version=" + "0" * 64,
    "no place": "/documents/hillside-2023?start=1&end=99999999",
    "gone": "/documents/nowhere",
    "mentions": "/mentions?q=teaching",
    "mentions of one": "/mentions?q=teaching&document=hillside-2023",
    "no mention": "/mentions?q=zebra",
    "nothing to look up": "/mentions",
    "matrix": "/matrix",
    "pinboard": "/pinboard",
    "404": "/nowhere",
}


@pytest.fixture
def german(client):
    def get(address):
        query = address if isinstance(address, dict) else None
        return client.get("/" if query else address, query_string=query, headers=GERMAN)

    return get


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_has_no_english_of_its_own(german, report, address):  # noqa: ARG001
    page = german(address)
    assert '<html lang="de">' in page.text or address == "/documents?choices="
    assert english_in(page.text) == []


def test_a_document_with_pages_has_none(german, report):
    page = german(f"/documents/{report.id}?start=3&end=20&version={report.version}").text
    assert english_in(page) == []
    assert "Seite 1 von 3" in page


@pytest.mark.parametrize(
    "failure",
    [NoIndex("none"), BuildFailed("broken"), EngineUnavailable("away"), RuntimeError("new")],
)
def test_what_went_wrong_is_told_in_it(german, service, failure):
    service.failure = failure
    assert english_in(german("/documents").text) == []


def test_a_pinboard_and_a_matrix_have_none(client, ask):
    [citation] = ask().get_json()["citations"]
    board = {"title": "", "groups": [{"heading": "", "pins": [citation]}]}
    asked = {"questions": [QUESTION, "zebra?"], "cells": []}
    row = {"document_id": "hillside-2023", "title": "Hillside", "date": "2023-05-24"}
    for address, body in (
        ("/pinboard/board", board),
        ("/matrix/table", {**asked, "documents": [row]}),
        ("/matrix/file?format=html", {**asked, "documents": [row]}),
    ):
        page = client.post(address, json=body, headers=GERMAN)
        assert page.status_code == 200
        assert english_in(page.text) == []


@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE, "which documents are there?"])
def test_a_conversation_is_exported_in_it(client, ask, question):
    turns = [{"question": question, "answer": ask(question).get_json()}]
    address = "/api/export?format=markdown&language=de"
    text = client.post(address, json={"turns": turns}).text
    assert re.search(r"Exportiert von http://localhost/ am \d+\. \w+ \d{4}\.", text)
    assert "Exported" not in text


def test_a_briefing_has_its_headings_in_it(client, ask):
    [citation] = ask().get_json()["citations"]
    board = {"title": "", "groups": [{"heading": "", "pins": [citation]}]}
    text = client.post("/api/briefing?format=markdown&language=de", json=board).text
    assert "## Quellenverzeichnis" in text
    assert "[Zitat öffnen](" in text


def test_quotes_and_titles_say_their_own_language(german, service):
    _, document = service.document("hillside-2023")
    service.add(replace(document, extraction=Extraction(language="en")))
    page = german({"q": QUESTION}).text
    assert '<blockquote class="aloud" dir="auto" lang="en">Inspectors' in page
    assert 'lang="en">Hillside Primary School: inspection report</a>' in page


def test_the_words_of_scripts_come_with_the_page(german, client):
    kept = re.search(r'id="translations">(.*?)</script>', german("/").text, re.DOTALL)
    assert json.loads(kept[1])["Type a question first."] == "Geben Sie zuerst eine Frage ein."
    assert 'id="translations"' not in client.get("/").text


def test_a_question_carries_the_language_of_the_page(german, service, ask):
    german({"q": QUESTION})
    ask()
    assert [asked.language for asked in service.questions] == ["de", "en"]


def test_one_page_does_not_speak_the_language_of_the_one_before(client, german):
    assert "Keyboard shortcuts" in client.get("/").text
    assert english_in(german("/").text) == []


def test_the_setting_speaks_where_nobody_chose(app, service):
    settings = replace(app.extensions["settings"], language="de")
    client = create_app(settings, service).test_client()
    assert '<html lang="de">' in client.get("/", headers={"Accept-Language": "en"}).text


def test_the_switch_is_remembered_and_leads_back(client):
    page = client.get("/documents?find=a").text
    assert '<button type="submit" name="language" value="de" lang="de">Deutsch</button>' in page
    assert '<input type="hidden" name="back" value="/documents?find=a">' in page
    chosen = client.post("/language", data={"language": "de", "back": "/documents?find=a"})
    assert (chosen.status_code, chosen.location) == (303, "/documents?find=a")
    assert '<html lang="de">' in client.get("/", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", ""]
)
def test_the_switch_leads_to_no_other_site(client, back):
    chosen = client.post("/language", data={"language": "de", "back": back})
    assert chosen.location == "/"


def test_a_language_that_is_not_spoken_cannot_be_chosen(client):
    assert client.post("/language", data={"language": "xx"}).status_code == 404


def test_keepers_of_pages_are_told_by_what_these_differ(german):
    page = german("/documents")
    assert page.headers["Content-Language"] == "de"
    assert {"Accept-Language", "Cookie"} <= set(page.vary)


def test_the_endpoint_speaks_english_unless_it_is_asked(client):
    plain = client.post("/api/ask", json={"question": " "}, headers=GERMAN).get_json()["detail"]
    asked = client.post("/api/ask?language=de", json={"question": " "}).get_json()["detail"]
    assert plain == "question: is blank; send 1 to 2,000 characters"
    assert asked == "Frage: ist leer; senden Sie 1 bis 2.000 Zeichen"
