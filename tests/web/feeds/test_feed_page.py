"""A feed opened in a browser: a page that says what it is for and shows what it holds."""

import pytest
from fake_answer_service import QUESTION, UNANSWERABLE
from own_words import GERMAN, english_in

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
READERS = ("*/*", "application/atom+xml, application/rss+xml, text/html;q=0.8", "")


def opened(client, question=QUESTION, accept=BROWSER, language="en", **fields):
    headers = {**GERMAN, "Accept": accept} if language == "de" else {"Accept": accept}
    return client.get(
        "/feeds/answers.atom", query_string={"q": question, **fields}, headers=headers
    )


def test_a_browser_is_shown_the_quote_and_what_a_feed_is_for(client):
    page = opened(client)
    assert page.mimetype == "text/html"
    assert "Give it to a feed reader" in page.text
    assert "Inspectors recommend that leaders check" in page.text
    assert "1 document answers it now" in page.text
    assert 'rel="alternate" type="application/atom+xml"' in page.text


@pytest.mark.parametrize("accept", READERS)
def test_a_reader_of_news_gets_the_feed(client, accept):
    assert opened(client, accept=accept).mimetype == "application/atom+xml"


def test_what_is_kept_between_is_told_that_both_differ(client):
    assert "Accept" in opened(client).vary
    assert "Accept" in opened(client, accept="*/*").vary


def test_the_page_leads_to_the_feed_itself(client):
    assert "format=atom" in opened(client).text
    assert opened(client, format="atom").mimetype == "application/atom+xml"


def test_a_question_that_nothing_answers_yet_can_be_followed_too(client):
    assert "No document answers it yet." in opened(client, UNANSWERABLE).text


def test_it_has_no_english_of_its_own_in_german(client):
    page = opened(client, language="de").text
    assert '<html lang="de">' in page
    assert english_in(page) == []
