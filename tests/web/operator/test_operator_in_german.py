"""The operator's pages in the second language: none of their own words are English."""

import pytest
from operator_site import TOKEN, operator_app, operator_settings, prototype  # noqa: F401
from own_words import GERMAN, english_in

PLACES = ("", "?check=", "/documents", "/documents?find=zebra", "/uploads", "/questions", "/tokens")


@pytest.fixture
def german(client):
    def get(place):
        return client.get(f"/operator{place}", headers=GERMAN)

    return get


def test_who_signs_in_reads_no_english(german, client):
    assert english_in(german("").text) == []
    refused = client.post("/operator/sign-in", data={"token": "wrong"}, headers=GERMAN)
    assert english_in(refused.text) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_no_english_of_its_own(german, client, place):
    client.post("/operator/sign-in", data={"token": TOKEN})
    page = german(place)
    assert page.status_code == 200
    assert english_in(page.text) == []


def test_what_was_made_and_refused_is_told_in_it(client):
    client.post("/operator/sign-in", data={"token": TOKEN})
    for form in ({"name": "reader", "days": "3"}, {"name": "reader", "days": "x"}):
        assert english_in(client.post("/operator/tokens", data=form, headers=GERMAN).text) == []
    assert english_in(client.post("/operator/uploads", headers=GERMAN).text) == []
