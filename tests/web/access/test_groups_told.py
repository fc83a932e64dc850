"""Which groups a request is believed to come from."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_answer_service import FakeAnswerService
from guarded_site import SECRET, settings_in

from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.web import create_app
from qa_service.web.access.senders import groups_in

TOLD = {"QAGroups": "board", "X-QA-Proxy-Secret": SECRET}


class SeenService(FakeAnswerService):
    """Remembers by which groups it was seen."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def seen_by(self, groups):
        self.seen.append(set(groups))
        return self


@pytest.fixture
def ask(tmp_path):
    """The status of a request with these headers from an address, and by whom it was seen."""

    def send(headers, address="127.0.0.1", **changed):
        service = SeenService()
        app = create_app(replace(settings_in(tmp_path), **changed), service)
        response = app.test_client().get(
            "/api/documents", headers=headers, environ_base={"REMOTE_ADDR": address}
        )
        return response, service.seen

    return send


def test_the_groups_of_the_proxy_are_believed(ask):
    response, seen = ask(TOLD | {"QAGroups": "board, staff"})
    assert (response.status_code, seen) == (200, [{"board", "staff"}])


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (TOLD, "192.0.2.7"),
        (TOLD | {"X-QA-Proxy-Secret": "another secret"}, "127.0.0.1"),
        ({"QAGroups": "board"}, "127.0.0.1"),
        (TOLD, ""),
    ],
)
def test_groups_told_by_anybody_else_are_refused_and_nothing_is_shown(ask, headers, address):
    response, seen = ask(headers, address)
    assert (response.status_code, seen) == (403, [])
    assert "trusted_proxies" in response.get_json()["detail"]


def test_without_groups_a_request_is_everybodys(ask):
    response, seen = ask({}, "192.0.2.7")
    assert (response.status_code, seen) == (200, [set()])


def test_a_network_is_trusted_also_in_its_sixth_version(ask):
    for address in ("10.1.2.3", "::ffff:10.1.2.3"):
        assert ask(TOLD, address, trusted_proxies="10.0.0.0/8")[0].status_code == 200
    assert ask(TOLD, "11.1.2.3", trusted_proxies="10.0.0.0/8")[0].status_code == 403


def test_what_one_may_read_is_kept_from_shared_caches(ask):
    headers = ask(TOLD)[0].headers
    assert "private" in headers["Cache-Control"]
    assert {"Authorization", "QAGroups"} <= set(headers["Vary"].split(", "))


def test_where_access_is_open_nobody_is_asked(ask):
    response, seen = ask(TOLD, "192.0.2.7", access="open", groups_header="")
    assert (response.status_code, seen) == (200, [])


def test_names_of_groups_in_other_letters_arrive_as_written():
    sent = "Führung; cn=Räte,ou=stadt".encode().decode("latin-1")
    assert groups_in(sent, ";") == {"Führung", "cn=Räte,ou=stadt"}


@pytest.mark.parametrize(
    ("wrong", "fix"),
    [
        ({"groups_header": "QAGroups"}, "set access to groups"),
        ({"groups_header": "QAGroups", "access": "groups"}, "trusted_proxies or proxy_secret"),
        ({"trusted_proxies": "everyone"}, "127.0.0.1 10.0.0.0/8"),
        ({"proxy_secret": "short"}, "token_urlsafe"),
        ({"access": "closed"}, "open, groups"),
    ],
)
def test_a_setting_that_would_show_too_much_is_refused(wrong, fix):
    with pytest.raises(SettingsError, match=fix):
        Settings(corpus_dir=Path("corpus"), **wrong)
