"""The form below an answer without JavaScript, and what other sites may not do with it."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from beside_builds import feedback_in
from fake_answer_service import QUESTION, UNANSWERABLE

ADDRESS = f"/?{urlencode({'q': QUESTION})}"
OWN = "http://localhost"


@pytest.fixture
def store(tmp_path):
    return feedback_in(tmp_path / "index")


@pytest.fixture
def press(client):
    """Press a thumb of the form that the page of an answer holds."""

    def post(question=QUESTION, verdict="up", note="", headers=None, **fields):
        page = client.get("/", query_string={"q": question}).text
        values = {
            "answer": unescape(re.search(r"name=\"answer\" value='([^']*)'", page)[1]),
            "back": unescape(re.search(r'name="back" value="([^"]*)"', page)[1]),
        }
        data = values | {"verdict": verdict, "note": note} | fields
        return client.post("/feedback", data=data, headers=headers)

    return post


@pytest.mark.parametrize("question", [QUESTION, UNANSWERABLE, 'What\'s <b>"this"</b> & that?'])
def test_a_thumb_stores_the_verdict_and_leads_to_thanks(press, client, store, question):
    response = press(question, note="Look at 2016")
    (stored,) = store.read()
    assert response.status_code == 303
    assert (stored.feedback.question, stored.feedback.note) == (question, "Look at 2016")
    assert "Thanks, stored." in client.get(response.location).text


def test_the_thanks_lead_back_to_the_answer(press, client):
    page = client.get(press().location).text
    assert client.get(re.search(r'href="(/\?[^"]*)"', page)[1]).text.count("<blockquote") == 1


def test_the_verdict_can_be_taken_back(press, client, store):
    thanks = press().location.partition("?")[0]
    page = client.post(f"{thanks}/undo", data={"back": ADDRESS})
    assert "Taken back." in page.text
    assert store.read() == ()
    assert client.get(thanks).status_code == 404


@pytest.mark.parametrize("back", ["https://evil.example/?", "//evil.example/?q=1", "javascript:1"])
def test_the_way_back_leads_nowhere_else(press, client, back):
    page = client.get(press(back=back).location).text
    assert '<a href="/">Back to the answer</a>' in page


@pytest.mark.parametrize("answer", ["", "{", "[]", "[" * 50_000])
def test_a_form_without_its_answer_is_422_on_a_page(press, answer):
    response = press(answer=answer)
    assert (response.status_code, response.mimetype) == (422, "text/html")


def test_a_note_too_long_is_told_on_a_page(press, store):
    response = press(note="x" * 1001)
    assert response.status_code == 422
    assert "send 1,000 characters at most" in response.text
    assert store.read() == ()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OWN},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://in-front-of-a-proxy.example"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_page_and_programs_may_send_the_form(press, headers):
    assert press(headers=headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9"},
        {"Origin": "null"},
        {"Origin": "http://[bad"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": OWN},
    ],
)
def test_another_site_cannot_send_it_through_a_visitor(press, store, headers):
    response = press(headers=headers)
    assert response.status_code == 403
    assert "sent from another site" in response.text
    assert store.read() == ()


def test_another_site_cannot_take_a_verdict_back(press, client, store):
    thanks = press().location.partition("?")[0]
    headers = {"Origin": "https://evil.example"}
    assert client.post(f"{thanks}/undo", headers=headers).status_code == 403
    assert len(store.read()) == 1


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (QUESTION, "Is this the right answer?"),
        (UNANSWERABLE, "Is it right that the documents do not say?"),
        ("Which documents do you have?", "Is this the right reply?"),
    ],
)
def test_each_kind_of_answer_is_asked_about_in_its_own_words(client, question, asked):
    assert asked in client.get("/", query_string={"q": question}).text


def test_who_says_hello_or_thanks_is_asked_nothing(client):
    assert 'class="feedback"' not in client.get("/", query_string={"q": "Hello"}).text
