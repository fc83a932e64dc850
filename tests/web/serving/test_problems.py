"""Every error is told plainly: problem details to programs, a page to people."""

import pytest

from qa_service.config import Settings
from qa_service.errors import DamagedBuild, ModelError, NoIndex
from qa_service.web import create_app

MALFORMED_BODIES = [
    b"",
    b"{",
    b'{"question": "caf\xe9"}',
    b'["question"]',
    b'"question"',
    b"[" * 50_000,
    b'{"a":' * 50_000,
    b'{"limit": ' + b"9" * 10_000 + b"}",
]
FAILURES = [
    NoIndex("none"),
    DamagedBuild("rows.bin is not what its manifest says"),
    ModelError("m"),
]


def post(client, body, media_type="application/json"):
    return client.post("/api/ask", data=body, content_type=media_type)


@pytest.mark.parametrize("body", MALFORMED_BODIES, ids=range(len(MALFORMED_BODIES)))
def test_a_malformed_request_is_400(client, body):
    assert post(client, body).status_code == 400


def test_a_problem_says_what_rfc_9457_asks_for(client):
    response = post(client, b"{")
    assert response.mimetype == "application/problem+json"
    assert response.get_json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "The request is not valid JSON in UTF-8.",
    }


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_request_that_is_not_json_is_415(client, media_type):
    assert post(client, b'{"question": "x"}', media_type).status_code == 415


def test_a_large_request_is_413_and_names_the_limit(client):
    response = post(client, b" " * 262_145)
    assert response.status_code == 413
    assert "262,144 bytes" in response.get_json()["detail"]


def test_a_wrong_method_is_405_and_names_the_right_one(client):
    response = client.get("/api/ask")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/documents/nothing"])
def test_nothing_under_api_is_a_404_problem(client, path):
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_elsewhere_a_404_is_a_page(client):
    response = client.get("/documents/nothing")
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "/documents lists them all" in response.text


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
@pytest.mark.parametrize("path", ["/api/search?q=a", "/api/documents", "/api/health"])
def test_an_index_that_cannot_be_used_is_503(client, service, failure, path):
    service.failure = failure
    assert client.get(path).status_code == 503


def test_without_an_index_the_way_to_build_one_is_told(ask, service):
    service.failure = NoIndex("nothing in index/")
    assert "qa-service build" in ask().get_json()["detail"]


def test_what_is_wrong_with_an_index_is_for_the_log_alone(ask, service, caplog):
    service.failure = DamagedBuild("/srv/index/rows.bin is not what its manifest says")
    assert "/srv/index" not in ask().text
    assert "/srv/index/rows.bin" in caplog.text


def test_an_unexpected_error_is_logged_and_not_leaked(ask, service, caplog):
    service.failure = ZeroDivisionError("secret of the house")
    response = ask()
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "secret of the house" in caplog.text


def test_an_unexpected_error_on_a_page_is_a_page(client, service):
    service.failure = RuntimeError("secret of the house")
    response = client.get("/documents")
    assert (response.status_code, response.mimetype) == (500, "text/html")
    assert "secret" not in response.text


def test_a_full_waiting_room_is_503_with_a_time_to_return(service):
    app = create_app(Settings(processes=1, max_waiting=0), service)
    with app.extensions["waiting_room"].admit():
        response = app.test_client().post("/api/ask", json={"question": "anything"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "1"
