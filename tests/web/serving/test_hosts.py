"""A page from elsewhere that has its name lead here (DNS rebinding) learns nothing."""

import pytest
from fake_answer_service import FakeAnswerService

from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.web import create_app
from qa_service.web.server import serve

OWN_NAMES = ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"]
OTHER_NAMES = ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.5", "[::2]"]
MALFORMED_NAMES = ["", ":8000", "127.0.0.1@evil.example", "localhost:8000:1", "[localhost", "::1"]


def status(host, listening_on="127.0.0.1", path="/api/health", allowed=""):
    settings = Settings(host=listening_on, allowed_hosts=allowed)
    client = create_app(settings, FakeAnswerService()).test_client()
    return client.get(path, headers={"Host": host}).status_code


@pytest.mark.parametrize("host", OWN_NAMES)
def test_this_computer_is_answered_by_each_of_its_names(host):
    assert status(host) == 200


@pytest.mark.parametrize("host", OTHER_NAMES + MALFORMED_NAMES)
def test_another_name_is_400_where_the_server_is_for_this_computer(host):
    assert status(host) == 400


@pytest.mark.parametrize("path", ["/", "/documents", "/static/style.css", "/nothing"])
def test_pages_files_and_unknown_addresses_are_refused_alike(path):
    assert status("evil.example", path=path) == 400


@pytest.mark.parametrize("listening_on", ["localhost", "127.0.0.1", "127.0.0.2", "::1"])
def test_every_loopback_address_is_for_this_computer(listening_on):
    assert status("evil.example", listening_on) == 400


@pytest.mark.parametrize("listening_on", ["0.0.0.0", "::", "192.0.2.7", "127.0.0.1"])
def test_a_server_answers_to_the_names_it_was_given_and_to_no_other(listening_on):
    allowed = "qa.example 192.0.2.7 2001:db8::7"
    for name in ("QA.example:8000", "192.0.2.7", "[2001:db8::7]:8000", "localhost"):
        assert status(name, listening_on, allowed=allowed) == 200
    for name in ("evil.example", "qa.example.evil.example", "192.0.2.8"):
        assert status(name, listening_on, "/documents", allowed) == 400


def test_any_name_will_do_where_that_is_asked_for():
    assert status("evil.example", "0.0.0.0", allowed="*") == 200


@pytest.mark.parametrize("listening_on", ["0.0.0.0", "::", "192.0.2.7", "qa.example"])
def test_a_server_for_others_is_not_started_without_names(listening_on):
    with pytest.raises(SettingsError, match="QA_ALLOWED_HOSTS"):
        serve(Settings(host=listening_on, port=0))


def test_a_page_says_why_it_is_refused(client):
    page = client.get("/", headers={"Host": "evil.example"})
    assert "only to localhost" in page.text


def test_a_program_is_told_with_a_problem(client):
    problem = client.get("/api/health", headers={"Host": "evil.example"})
    assert problem.mimetype == "application/problem+json"
    assert "QA_ALLOWED_HOSTS" in problem.get_json()["detail"]
