"""A citation is verified, changed or withdrawn: to programs and on the document's page."""

import re
from dataclasses import replace

import pytest
from fake_documents import INSPECTION_TEXT
from fakes import built_index

from qa_service.errors import DocumentWithdrawn

VERSION, OLD = "a" * 64, "b" * 64
QUOTE = "Staff check the sounds that pupils know"
START = INSPECTION_TEXT.index(QUOTE)
PLACE = {"start": START, "end": START + len(QUOTE)}


@pytest.fixture
def verify(client):
    def ask(document_id="hillside-2023", **members):
        address = {"document_id": document_id, "version": VERSION, **PLACE, **members}
        return client.get("/api/citations/verify", query_string=address)

    return ask


@pytest.fixture
def page(client):
    def visit(**members):
        return client.get("/documents/hillside-2023", query_string={**PLACE, **members}).text

    return visit


def test_what_still_stands_is_verified(verify):
    found = verify(quote=QUOTE).get_json()
    assert (found["state"], found["quote"]) == ("verified", QUOTE)
    assert found["permalink"].endswith(f"version={VERSION}")


def test_a_changed_document_names_the_nearest_place(verify):
    found = verify(version=OLD, quote="Staff checked the sounds that the pupils know").get_json()
    assert (found["state"], found["nearest"]["quote"]) == ("changed", QUOTE)
    assert 0.5 < found["nearest"]["likeness"] < 1
    assert f"start={START}&end={START + len(QUOTE)}" in found["nearest"]["permalink"]
    assert found["current_version"] == VERSION


def test_a_changed_document_without_the_words_is_told(verify):
    found = verify(version=OLD, quote="Zebras crossed the river by night").get_json()
    assert (found["state"], found["nearest"]) == ("changed", None)
    assert "Nothing like the quote is left" in found["detail"]


def test_words_that_never_stood_there_are_not_verified(verify):
    found = verify(quote="Staff never check anything").get_json()
    assert found["state"] == "changed"
    assert "other words stand at this place" in found["detail"]


def test_a_withdrawn_document_is_told_with_the_day(verify, service):
    service.withdrawn = "old"
    found = verify("old").get_json()
    assert (found["state"], found["moved_to"]) == ("withdrawn", None)
    assert "2024-05-01" in found["detail"]


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"document_id": "unknown"}, 404),
        ({"start": "x"}, 422),
        ({"end": START}, 422),
        ({"quote": "x" * 4001}, 422),
        ({"start": 10**6, "end": 10**6 + 5}, 422),
    ],
)
def test_what_is_no_citation_is_an_error(verify, members, status):
    assert verify(**members).status_code == status


def test_the_page_of_a_renamed_document_leads_to_the_same_place(client, service, monkeypatch):
    def moved(_):
        raise DocumentWithdrawn("the document was withdrawn", "renamed")

    monkeypatch.setattr(service, "document", moved)
    response = client.get("/documents/hillside-2023?start=1&end=9&version=a%22b")
    assert response.status_code == 410
    assert 'href="/documents/renamed?start=1&amp;end=9&amp;version=a%22b"' in response.text


def test_the_page_says_that_a_citation_is_verified(page):
    shown = page(version=VERSION)
    assert "Verified: these words stand at this place" in shown
    assert "find-quote" not in shown


def test_the_page_of_a_changed_document_marks_the_nearest_words(page):
    shown = page(version=OLD, quote=QUOTE.replace("check", "checked"), start=0, end=10)
    assert "This document has changed since it was cited. Marked is the nearest place" in shown
    assert re.search(f"<mark[^>]*>{QUOTE}</mark>", shown)


def test_the_page_of_a_changed_document_offers_to_look_for_the_quote(page):
    shown = page(version=OLD)
    assert "No build that is kept knows the words" in shown
    assert '<textarea id="quote-sought" name="quote"' in shown


def test_the_page_says_where_nothing_like_the_quote_is_left(page):
    shown = page(version=OLD, quote="Zebras crossed the river by night")
    assert "Nothing like the quote is left in it" in shown
    assert "<mark" not in shown


def test_words_of_a_version_in_a_kept_build_are_looked_for_by_themselves(client, service, app):
    _, today = service.document("hillside-2023")
    before = replace(today, version=OLD, text=f"An older beginning. {today.text}", pages=())
    built_index([replace(before, headings=())], app.extensions["settings"].index_dir)
    start = before.text.index(QUOTE)
    place = {"start": start, "end": start + len(QUOTE), "version": OLD}
    shown = client.get("/documents/hillside-2023", query_string=place).text
    assert re.search(f"<mark[^>]*>{QUOTE}</mark>", shown)
    assert "it holds the same words" in shown


@pytest.mark.parametrize("how", ["a long stretch", "switched off"])
def test_what_was_taken_out_is_not_read_through_an_old_address(client, service, app, how):
    """`verify` gave the whole text of an earlier version."""
    settings = app.extensions["settings"]
    _, today = service.document("hillside-2023")
    before = replace(today, version=OLD, text="The secret. " * 200, pages=(), headings=())
    built_index([before], settings.index_dir)
    app.extensions["settings"] = replace(settings, look_back=how != "switched off")
    end = 1_001 if how == "a long stretch" else 11
    place = {"document_id": "hillside-2023", "start": 0, "end": end, "version": OLD}
    for address in ("/api/citations/verify", "/documents/hillside-2023"):
        assert "The secret" not in client.get(address, query_string=place).text
