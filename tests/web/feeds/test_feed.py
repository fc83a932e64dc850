"""A question as a feed: an entry for each document that answers, made once for each build."""

from dataclasses import replace
from xml.etree import ElementTree

import fake_answer_service
from fake_answer_service import ABSENCE, QUESTION, UNANSWERABLE
from fake_documents import attendance_policy

from qa_service.contract.answers import answer_object
from qa_service.nouns.questions import Question
from qa_service.web.feeds.atom import day

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def feed(client, question=QUESTION, **fields):
    return client.get("/feeds/answers.atom", query_string={"q": question, **fields})


def read(response):
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(response.data)


def entries(response):
    return read(response).findall("atom:entry", ATOM)


def said(entry, name):
    return entry.find(f"atom:{name}", ATOM).text


def test_an_entry_has_the_quote_its_document_and_its_whole_address(client):
    [entry] = entries(feed(client))
    assert said(entry, "title") == "Hillside Primary School: inspection report, 24 May 2023, page 1"
    assert "Inspectors recommend that leaders check" in said(entry, "summary")
    address = entry.find("atom:link", ATOM).get("href")
    assert address.startswith("http://localhost/documents/hillside-2023?start=")
    assert client.get(address).status_code == 200


def test_the_feed_names_its_question_and_leads_to_its_answer(client):
    whole = read(feed(client))
    links = {link.get("rel"): link.get("href") for link in whole.findall("atom:link", ATOM)}
    assert said(whole, "title") == QUESTION
    assert client.get(links["alternate"]).status_code == 200
    assert entries(client.get(links["self"])) != []


def test_newer_documents_come_first_and_ids_are_those_of_their_versions(
    client, service, monkeypatch
):
    newer = replace(attendance_policy(), id="newer", date="2024", version="d" * 64)
    before = {said(entry, "id") for entry in entries(feed(client, ABSENCE))}
    service.add(newer)
    build = replace(fake_answer_service.INDEX, build="20250102T030405Z-abcdef")
    monkeypatch.setattr(fake_answer_service, "INDEX", build)
    after = entries(feed(client, ABSENCE))
    assert [said(entry, "published")[:4] for entry in after] == ["2024", "2016"]
    assert before < {said(entry, "id") for entry in after}


def test_readers_that_look_again_before_another_build_ask_nothing(client, service):
    first = feed(client)
    asked = len(service.questions)
    again = client.get(first.request.url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, len(service.questions)) == (304, asked)
    assert feed(client).data == first.data
    assert len(service.questions) == asked


def test_readers_of_another_language_are_told_what_was_found_before(client, service):
    first = feed(client)
    asked = len(service.questions)
    address = first.request.url
    assert client.get(address, headers={"Accept-Language": "de"}).data == first.data
    assert len(service.questions) == asked


def test_another_build_is_asked_anew(client, service, monkeypatch):
    first = feed(client)
    asked = len(service.questions)
    newer = replace(fake_answer_service.INDEX, build="20250102T030405Z-abcdef")
    monkeypatch.setattr(fake_answer_service, "INDEX", newer)
    assert said(read(feed(client)), "updated") == "2025-01-02T03:04:05+00:00"
    assert len(service.questions) > asked
    assert feed(client).headers["ETag"] != first.headers["ETag"]


def test_filters_limit_a_feed(client):
    assert entries(feed(client, date_to="2020-01-01")) == []


def test_a_question_that_nothing_answers_is_an_empty_feed(client):
    assert entries(feed(client, UNANSWERABLE)) == []


def test_a_feed_without_a_question_is_refused(client):
    response = client.get("/feeds/answers.atom")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")


def test_a_day_may_be_as_short_as_a_year():
    dates = ("2016", "2016-02", "2016-02-29")
    assert [f"{day(date):%Y-%m-%d}" for date in dates] == ["2016-01-01", "2016-02-01", "2016-02-29"]


def test_an_answer_offers_the_feed_of_its_question_as_understood(client, service):
    page = client.get("/", query_string={"q": QUESTION, "date_from": "2020-01-01"}).text
    assert "/feeds/answers.atom?q=What+did+inspectors" in page
    assert "date_from=2020-01-01" in page.split("answers.atom?", 1)[1].split('"', 1)[0]
    assert answer_object(service.ask(Question(QUESTION)))["kind"] == "quotes"


def test_what_lists_documents_offers_no_feed(client):
    page = client.get("/", query_string={"q": "Which documents do you have?"}).text
    assert "answers.atom" not in page
