"""The chat page as the server writes it, which is all that a browser without scripts gets."""

import re

import pytest
from fake_answer_service import MISTYPED, NEARLY_ANSWERED, QUESTION, UNANSWERABLE

from qa_service.errors import NoIndex


def page_for(client, question):
    return client.get("/", query_string={"q": question})


def test_the_empty_page_says_what_can_be_asked_about(client):
    page = client.get("/").text
    assert '<textarea id="question" name="q"' in page
    assert "3 documents" in page


def test_an_answer_shows_its_quote_and_citation(client):
    page = page_for(client, QUESTION).text
    assert "Inspectors recommend that leaders check the quality of teaching" in page
    assert "24 May 2023 · page 1 · Leadership and management" in page
    assert 'href="/documents/hillside-2023?start=211&amp;end=358&amp;version=aaaa' in page


def test_the_page_is_called_after_its_question(client):
    assert f"<title>{QUESTION} · Ask the documents</title>" in page_for(client, QUESTION).text
    assert "<title>Ask the documents</title>" in client.get("/").text


def test_no_answer_is_said_and_the_nearest_passages_are_called_that(client):
    page = page_for(client, NEARLY_ANSWERED).text
    assert "No answer found in the documents." in page
    assert "Nearest passages, not answers" in page
    assert "<blockquote" not in page


def test_a_refusal_without_a_near_passage_lists_none(client):
    page = page_for(client, UNANSWERABLE).text
    assert "No answer found in the documents." in page
    assert "Nearest passages" not in page


def test_small_talk_shows_the_hint(client):
    assert "Ask something that the documents may say." in page_for(client, "Hello there").text


def test_a_question_too_long_is_told_on_the_page_and_kept(client):
    response = page_for(client, "long " * 500)
    assert response.status_code == 422
    assert "send 1 to 2,000 characters" in response.text
    assert "long long" in response.text


def test_without_an_index_the_page_says_how_to_build_one(client, service):
    service.failure = NoIndex("none")
    response = client.get("/")
    assert response.status_code == 200
    assert "qa-service build" in response.text


def test_markup_in_a_question_is_shown_as_text(client):
    page = page_for(client, "<script>alert(1)</script> playground").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_correction_is_said_with_a_way_to_ask_what_was_typed(client):
    page = page_for(client, MISTYPED).text
    assert "Searched for “quality” in place of “qualtiy”." in page
    assert f'name="q" value="{MISTYPED}"' in page
    assert '<input type="hidden" name="spelling" value="false">' in page


def test_what_was_typed_is_asked_where_the_address_says_so(client, service):
    page = client.get("/", query_string={"q": MISTYPED, "spelling": "false"})
    assert "Searched for" not in page.text
    assert service.questions[-1].spelling is False
    assert client.get("/", query_string={"q": "a", "spelling": "no"}).status_code == 422


def test_the_exact_words_of_a_quote_are_marked(client, service):
    service.exact = "more often"
    assert "the quality of teaching <mark>more often</mark>." in page_for(client, QUESTION).text


def test_a_passage_says_why_it_matched_and_marks_the_sentence(client):
    page = page_for(client, NEARLY_ANSWERED).text
    assert "Why this matched" in page
    assert "Not here: antarctica, migrated" in page
    assert "<mark>" in page


def test_filters_of_the_address_are_set_in_the_form_and_reach_the_service(client, service):
    address = {"q": QUESTION, "document": "hillside-2023", "date_from": "2020-01-01"}
    page = client.get("/", query_string=address).text
    assert 'id="date-from" value="2020-01-01"' in page
    assert 'name="document" value="hillside-2023" data-title="Hillside Primary School' in page
    assert service.questions[0].filters.document_ids == ("hillside-2023",)


def test_the_last_earlier_questions_of_the_address_are_the_history(client, service):
    earlier = [f"Question {number}?" for number in range(12)]
    client.get("/", query_string={"q": QUESTION, "earlier": earlier})
    assert [turn.text for turn in service.questions[0].history] == earlier[-8:]


def test_a_range_of_dates_the_wrong_way_round_is_told_and_the_question_kept(client):
    address = {"q": QUESTION, "date_from": "2023-01-01", "date_to": "2020-01-01"}
    response = client.get("/", query_string=address)
    assert response.status_code == 422
    assert "must not be later than" in response.text
    assert QUESTION in response.text


@pytest.mark.parametrize("address", ["/documents", "/documents/hillside-2023"])
def test_a_document_can_be_asked_alone(client, address):
    link = r'href="/\?document=hillside-2023"[^<]*Ask this document alone'
    assert re.search(link, client.get(address).text)
