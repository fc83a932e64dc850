"""A request outside the contract is refused, and the refusal names the field."""

import pytest

BROKEN_FIELDS = [
    ({"question": None}, "question"),
    ({"question": 7}, "question"),
    ({"question": " \n\t "}, "question"),
    ({"question": "x" * 2001}, "question"),
    ({"question": "half a character \ud800"}, "question"),
    ({"limit": 0}, "limit"),
    ({"limit": 51}, "limit"),
    ({"limit": True}, "limit"),
    ({"limit": 2.5}, "limit"),
    ({"limit": "5"}, "limit"),
    ({"history": "hello"}, "history"),
    ({"history": [{"role": "user", "text": "hi"}] * 41}, "history"),
    ({"history": ["hello"]}, "history[0]"),
    ({"history": [{"role": "system", "text": "hi"}]}, "history[0].role"),
    ({"history": [{"role": ["user"], "text": "hi"}]}, "history[0].role"),
    ({"history": [{"role": "user"}]}, "history[0].text"),
    ({"spelling": "false"}, "spelling"),
    ({"spelling": 0}, "spelling"),
    ({"scope": "no"}, "scope"),
    ({"compare": 1}, "compare"),
    ({"follow_up": "yes"}, "follow_up"),
    ({"filters": ["a"]}, "filters"),
    ({"filters": {"colour": "green"}}, "filters"),
    ({"filters": {"document_ids": "hillside"}}, "filters.document_ids"),
    ({"filters": {"collections": [1]}}, "filters.collections[0]"),
    ({"filters": {"date_from": "2023"}}, "filters.date_from"),
    ({"filters": {"date_from": "2023-02-30"}}, "filters.date_from"),
    ({"filters": {"date_to": "20230201"}}, "filters.date_to"),
    ({"filters": {"date_from": "2024-01-01", "date_to": "2023-01-01"}}, "filters.date_from"),
]


@pytest.mark.parametrize(("members", "field"), BROKEN_FIELDS)
def test_a_field_out_of_range_is_named(ask, members, field):
    response = ask(**members)
    assert response.status_code == 422
    assert response.get_json()["field"] == field
    assert field in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"question": 5}, "must be a text, not a whole number"),
        ({"limit": "many"}, "must be a whole number or null, not a text"),
        ({"limit": 51}, "must be a whole number of at most 50"),
        ({"spelling": []}, "must be true or false or null, not a list"),
        ({"filters": {"collections": ["a"] * 1001}}, "must be a list of at most 1000 entries"),
        ({"filters": {"colour": "red"}}, "must not have the member colour"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(ask, members, words):
    assert words in ask(**members).get_json()["detail"]


@pytest.mark.parametrize("question", ["?", "x" * 2000, "  " + "é" * 2000 + "  "])
def test_questions_of_one_to_two_thousand_characters_pass(ask, question):
    assert ask(question).status_code == 200


@pytest.mark.parametrize(
    "members",
    [
        {"limit": 1},
        {"limit": 50},
        {"spelling": None},
        {"spelling": False},
        {"scope": False, "compare": True, "follow_up": False},
        {"limit": None, "history": None, "filters": None},
        {"history": [{"role": "assistant", "text": ""}] * 40},
        {"filters": {"date_from": "2024-02-29", "date_to": "2024-02-29"}},
    ],
)
def test_fields_at_their_bounds_pass(ask, members):
    assert ask(**members).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=" + "x" * 2001, "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=101", "limit"),
        ("q=a&spelling=", "spelling"),
        ("q=a&spelling=0", "spelling"),
        ("q=a&limit=ten", "limit"),
        ("q=a&limit=", "limit"),
        ("q=a&limit=" + "9" * 5000, "limit"),
    ],
)
def test_a_search_out_of_range_is_named(client, query, field):
    response = client.get(f"/api/search?{query}")
    assert (response.status_code, response.get_json()["field"]) == (422, field)


def test_a_search_may_ask_for_a_hundred_passages(client):
    assert client.get("/api/search?q=absence&limit=100").status_code == 200


def test_what_is_switched_is_what_is_asked(ask, service):
    ask(scope=False, follow_up=False, compare=True)
    ask(scope=None, follow_up=None, compare=None)
    asked = [(each.scope, each.follow_up, each.compare) for each in service.questions]
    assert asked == [(False, False, True), (True, True, False)]


@pytest.mark.parametrize(
    ("query", "field"), [("limit=21", "limit"), ("limit=0", "limit"), ("q=" + "x" * 201, "q")]
)
def test_a_completion_out_of_range_is_named(client, query, field):
    response = client.get(f"/api/complete?{query}")
    assert (response.status_code, response.get_json()["field"]) == (422, field)


def test_nothing_typed_may_be_completed(client):
    assert client.get("/api/complete").status_code == 200
