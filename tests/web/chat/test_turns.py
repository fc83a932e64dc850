"""Turns as fragments: of a question, and of answers that the browser kept."""

import json
import re

import pytest
from fake_answer_service import ABSENCE, QUESTION

from qa_service.errors import NoIndex

ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}


def answer_in(turn):
    """The answer that a turn holds for the browser."""
    return json.loads(re.search(r'class="kept">(.*?)</script>', turn, re.DOTALL)[1])


@pytest.fixture
def turn(client):
    """Ask by the fields of the form, with what was said before."""

    def post(question=QUESTION, history=(), **fields):
        said = [{"role": role, "text": text} for role, text in history]
        return client.post("/turn", data={"q": question, "history": json.dumps(said), **fields})

    return post


@pytest.fixture
def kept(turn):
    """Answers as the browser keeps them."""
    return lambda *questions: [answer_in(turn(question).text) for question in questions]


@pytest.fixture
def show(client):
    return lambda answers: client.post("/turns", json={"answers": answers})


def test_a_turn_is_what_the_page_shows(client, turn):
    page = client.get("/", query_string={"q": QUESTION}).text
    fragment = turn().text
    start, end = fragment.index("<blockquote"), fragment.index("Ask next")
    assert fragment[start:end] in page
    assert fragment.startswith(f"<!doctype html>\n<title>{QUESTION}")


def test_the_conversation_goes_with_the_question_and_its_own_part_into_the_address(turn, service):
    said = [("user", "Who led it?"), ("assistant", "Leaders did."), ("user", ABSENCE)]
    answer = answer_in(turn(history=said).text)
    assert [item.role for item in service.questions[0].history] == ["user", "assistant", "user"]
    assert answer["asked"]["earlier"] == ["Who led it?", ABSENCE]


def test_an_address_holds_as_many_earlier_questions_as_fit(turn):
    said = [("user", letter * 900) for letter in "abc"]
    earlier = answer_in(turn(history=said).text)["asked"]["earlier"]
    assert [question[0] for question in earlier] == ["b", "c"]


def test_limits_and_switches_are_those_of_the_form(turn, service):
    turn(document="hillside-2023", date_from="2020-01-01", compare="true")
    [asked] = service.questions
    assert (asked.filters.document_ids, asked.filters.date_from) == (
        ("hillside-2023",),
        "2020-01-01",
    )
    assert asked.compare


@pytest.mark.parametrize("history", ["{", "7", '[{"role": "robot"}]', "[" * 50_000])
def test_a_history_that_is_none_is_refused(client, history):
    response = client.post("/turn", data={"q": QUESTION, "history": history})
    assert response.status_code == 422
    assert "history" in response.text


def test_why_there_is_no_answer_is_told_on_a_page(turn, service):
    assert turn("   ").status_code == 422
    service.failure = NoIndex("none")
    response = turn()
    assert response.status_code == 503
    assert '<p class="detail">No index has been built yet.' in response.text


def test_kept_answers_are_shown_in_their_order_as_before(kept, show, turn):
    shown = show(kept(ABSENCE, QUESTION)).text
    assert re.findall(r'data-place="(\d)"', shown) == ["0", "1"]
    as_before = turn().text.partition("<blockquote")[2].partition('<script type="application')[0]
    assert as_before in shown
    assert f"<title>{QUESTION}" in shown


def test_a_damaged_answer_is_left_out_and_harms_no_other(kept, show):
    [sound] = kept(QUESTION)
    hollow = {**sound, "answer": [{"quote": "x", "citation": 9}]}
    shown = show([hollow, 7, {"question": 7}, sound, {**sound, "passages": 3}])
    assert re.findall(r'data-place="(\d)"', shown.text) == ["3"]


def test_what_has_not_the_shape_of_an_answer_is_not_shown(kept, show):
    [sound] = kept(QUESTION)
    for member in ("kind", "citations", "confidence"):
        assert "<article" not in show([{**sound, member: {}}]).text
        assert "<article" not in show([{key: sound[key] for key in sound if key != member}]).text


def test_what_was_kept_is_text_and_leads_to_documents_alone(kept, show):
    [answer] = kept(QUESTION)
    answer["answer"][0]["quote"] = "<script>alert(1)</script>"
    assert "<script>alert" not in show([answer]).text
    answer["citations"][0]["permalink"] = "javascript:alert(1)"
    assert "<article" not in show([answer]).text


def test_no_more_is_shown_at_once_than_a_browser_keeps(kept, show):
    assert show(kept(QUESTION) * 101).status_code == 422
    assert show("all").status_code == 422
    [answer] = kept(QUESTION)
    answer["hint"] = "long " * 300_000
    assert show([answer]).status_code == 413


@pytest.mark.parametrize("address", ["/turn", "/turns"])
def test_another_site_cannot_ask_through_a_visitor(client, service, address):
    assert client.post(address, data={"q": QUESTION}, headers=ELSEWHERE).status_code == 403
    assert service.questions == []
