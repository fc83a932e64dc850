"""People sign in at a provider of OpenID Connect that runs beside the service."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import requests
from authlib.oidc.core import CodeIDToken
from fake_answer_service import FakeAnswerService
from provider_beside import (
    DEPRECATED,
    provider,
    sent_back,
    served_at_its_address,
    sign_in,
    signing_in_at,
)

from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.web import create_app
from qa_service.web.access.claims import groups_claimed

pytestmark = pytest.mark.filterwarnings(DEPRECATED)
TOKEN_SECONDS = 3600
"""For which the provider's tokens hold."""


class SeenService(FakeAnswerService):
    """Remembers by which groups it was seen last."""

    seen: frozenset[str] | None = None

    def seen_by(self, groups: frozenset[str]) -> SeenService:
        self.seen = groups
        return self


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider that knows PEOPLE, and asks for no password."""
    with provider() as address:
        yield address


@pytest.fixture
def service() -> SeenService:
    return SeenService()


@pytest.fixture
def serve(tmp_path, service) -> Callable[..., Any]:
    """Serves the app with a provider, at an address of its own."""

    def served(issuer: str, **own: Any) -> AbstractContextManager[str]:
        own = {"index_dir": tmp_path / "index"} | own
        return served_at_its_address(
            lambda site: create_app(signing_in_at(issuer, site, **own), service)
        )

    return served


@pytest.fixture
def site(serve, issuer) -> Iterator[str]:
    with serve(issuer) as address:
        yield address


def test_who_signs_in_is_seen_by_the_groups_that_the_provider_tells(site, service):
    with requests.Session() as browser:
        returned = sign_in(browser, site, "ada", back="/documents?find=a")
        assert (returned.status_code, returned.headers["Location"]) == (303, "/documents?find=a")
        page = browser.get(f"{site}/documents").text
    assert service.seen == {"board", "staff"}
    assert "Ada Peel" in page


def test_who_is_in_no_group_and_who_has_not_signed_in_are_everybody(site, service):
    with requests.Session() as browser:
        sign_in(browser, site, "cook")
        browser.get(f"{site}/api/documents")
    assert service.seen == frozenset()
    assert 'href="/sign-in?back=' in requests.get(f"{site}/documents", timeout=9).text
    assert service.seen == frozenset()


def test_the_cookie_is_for_this_site_alone_and_out_of_reach_of_scripts(site):
    with requests.Session() as browser:
        cookie = sign_in(browser, site, "ada").headers["Set-Cookie"]
    assert "qa_session=" in cookie
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_behind_https_the_cookies_are_secure(serve, issuer):
    with serve(issuer, public_address="https://qa.example.org") as site:
        sent = requests.get(f"{site}/sign-in", allow_redirects=False, timeout=9)
    assert "Secure" in sent.headers["Set-Cookie"]
    callback = "redirect_uri=https%3A%2F%2Fqa.example.org%2Fsign-in%2Fcallback"
    assert callback in sent.headers["Location"]


def test_a_sign_in_carries_state_nonce_and_a_challenge(site):
    sent = requests.get(f"{site}/sign-in", allow_redirects=False, timeout=9)
    asked = sent.headers["Location"]
    assert all(f"{name}=" in asked for name in ("state", "nonce", "code_challenge"))
    assert "code_challenge_method=S256" in asked


def test_what_another_browser_began_is_refused(site):
    with requests.Session() as browser:
        address = sent_back(browser, site, "ada")
    refused = requests.get(address, timeout=9)
    assert refused.status_code == 400
    assert "begun in another browser" in refused.text
    assert "qa_session" not in refused.cookies


def test_a_code_is_good_for_one_session(site):
    with requests.Session() as browser:
        address = sent_back(browser, site, "ada")
        assert browser.get(address, allow_redirects=False).status_code == 303
        assert browser.get(address, allow_redirects=False).status_code == 400


def test_who_is_refused_by_the_provider_is_told(site):
    with requests.Session() as browser:
        form = browser.get(f"{site}/sign-in")
        refused = browser.post(form.url, data={"action": "deny"})
    assert refused.status_code == 403
    assert "Nobody was signed in" in refused.text


def test_who_signs_out_is_everybody_again_and_can_sign_out_there(site, issuer, service):
    with requests.Session() as browser:
        sign_in(browser, site, "ada")
        kept = dict(browser.cookies)
        page = browser.post(f"{site}/sign-out").text
    assert f'href="{issuer}/oauth2/end_session?id_token_hint=' in page
    requests.get(f"{site}/api/documents", cookies=kept, timeout=9)
    assert service.seen == frozenset()


def test_who_came_and_left_is_written_down(serve, issuer, tmp_path):
    with (
        serve(issuer, audit_log=str(tmp_path / "audit.log")) as site,
        requests.Session() as browser,
    ):
        sign_in(browser, site, "ada")
        browser.post(f"{site}/sign-out")
    acts = [json.loads(line) for line in (tmp_path / "audit.log").read_text().splitlines()]
    told = [(act["who"], act["what"], act["outcome"]) for act in acts]
    assert told == [
        ("person Ada Peel", "GET signing_in.callback", "done"),
        ("person Ada Peel", "POST signing_in.sign_out", "done"),
    ]


def test_who_signs_in_again_has_one_session(site, service):
    with requests.Session() as browser:
        sign_in(browser, site, "ada")
        first = dict(browser.cookies)
        sign_in(browser, site, "ada")
        browser.get(f"{site}/api/documents")
    assert service.seen == {"board", "staff"}
    requests.get(f"{site}/api/documents", cookies=first, timeout=9)
    assert service.seen == frozenset()


def test_another_site_signs_nobody_out(site, service):
    with requests.Session() as browser:
        sign_in(browser, site, "ada")
        forged = {"Origin": "https://evil.example"}
        assert browser.post(f"{site}/sign-out", headers=forged).status_code == 403
        browser.get(f"{site}/api/documents")
    assert service.seen == {"board", "staff"}


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n\\evil"],
)
def test_nobody_is_led_to_another_site(site, back):
    with requests.Session() as browser:
        returned = sign_in(browser, site, "ada", back=back)
    assert returned.headers["Location"] == "/"


def test_a_provider_that_is_away_is_told_and_the_pages_stay(serve):
    with serve("http://127.0.0.1:9") as site:
        away = requests.get(f"{site}/sign-in", timeout=20)
        assert away.status_code == 503
        assert "who people are does not answer" in away.text
        assert requests.get(f"{site}/documents", timeout=9).status_code == 200


def test_a_provider_that_has_another_name_is_not_believed(serve, issuer):
    with serve(f"{issuer}/") as site:
        refused = requests.get(f"{site}/sign-in", allow_redirects=False, timeout=9)
    assert refused.status_code == 503


@pytest.mark.parametrize(("late", "status"), [(30, 303), (90, 403)])
def test_clocks_may_differ_by_a_minute(site, monkeypatch, late, status):
    validate = CodeIDToken.validate

    def validate_late(claims: CodeIDToken, _now: int | None = None, leeway: int = 0) -> None:
        validate(claims, int(time.time()) + TOKEN_SECONDS + late, leeway)

    monkeypatch.setattr(CodeIDToken, "validate", validate_late)
    with requests.Session() as browser:
        assert sign_in(browser, site, "ada").status_code == status


@pytest.mark.parametrize(
    ("claims", "name", "groups"),
    [
        ({"groups": ["a", " b "]}, "groups", {"a", "b"}),
        ({"groups": "a, b"}, "groups", {"a", "b"}),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", {"a"}),
        ({"https://qa.example/groups": ["a"]}, "https://qa.example/groups", {"a"}),
        ({"groups": {"a": 1}}, "groups", set()),
        ({}, "groups", set()),
    ],
)
def test_groups_are_read_of_a_claim(claims, name, groups):
    assert groups_claimed(claims, name, ",") == groups


@pytest.mark.parametrize(
    ("wrong", "fix"),
    [
        ({"access": "open"}, "set access to groups"),
        ({"oidc_client_id": ""}, "set oidc_client_id"),
        ({"public_address": ""}, "public_address too"),
        ({"public_address": "http://qa.example.org"}, "https"),
        ({"groups_header": "QAGroups", "trusted_proxies": "127.0.0.1"}, "set one of them"),
    ],
)
def test_settings_that_would_sign_in_unsafely_are_refused(wrong, fix):
    sound = {
        "access": "groups",
        "oidc_issuer": "https://login.example.org",
        "oidc_client_id": "qa",
        "public_address": "https://qa.example.org",
    }
    with pytest.raises(SettingsError, match=fix):
        Settings(**sound | wrong)
