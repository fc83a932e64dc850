"""Groups that a proxy tells in a signed token, and everything that is not such a one."""

from __future__ import annotations

import base64
import hmac
import json
import time
from typing import Any

import pytest
from guarded_site import settings_in
from joserfc import jwt
from joserfc.jwk import RSAKey
from test_groups_told import SeenService

from qa_service.config import Settings
from qa_service.errors import ProviderAway, SettingsError
from qa_service.web import create_app
from qa_service.web.access.signed_tokens import KEYS_SECONDS, SOONEST_SECONDS, Keys

HEADER = "X-Forwarded-Access-Token"
OURS = {"iss": "https://login.example.org", "aud": ["qa", "mail"], "groups": ["board"]}


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name})


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return new_key("one")


@pytest.fixture
def keys_file(tmp_path, key):
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    return path


@pytest.fixture
def ask(tmp_path, keys_file):
    """The status of a request with such a token, and by whom the service was seen."""
    service = SeenService()
    settings = Settings(
        index_dir=tmp_path / "index",
        access="groups",
        proxy_token_header=HEADER,
        proxy_token_keys=str(keys_file),
        proxy_token_issuer="https://login.example.org",
        proxy_token_audience="qa",
    )
    client = create_app(settings, service).test_client()

    def send(token: str | None) -> tuple[int, list[set[str]]]:
        headers = {} if token is None else {HEADER: token}
        return client.get("/api/documents", headers=headers).status_code, service.seen

    return send


def signed(key: Any, *, alg: str = "RS256", seconds: float = 300, **changed: Any) -> str:
    claims = OURS | {"exp": int(time.time() + seconds)} | changed
    header = {"alg": alg, "kid": "one"}
    return jwt.encode(header, claims, key, algorithms=[alg])


def test_groups_of_a_signed_token_are_believed(ask, key):
    assert ask(signed(key)) == (200, [{"board"}])


def test_without_a_token_a_request_is_everybodys(ask):
    assert ask(None) == (200, [set()])


def test_clocks_may_differ_by_a_minute(ask, key):
    assert ask(signed(key, seconds=-30))[0] == 200
    assert ask(signed(key, seconds=-90))[0] == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-service"},
        {"exp": None},
        {"nbf": int(time.time()) + 3600},
    ],
)
def test_a_token_for_another_purpose_is_refused(ask, key, changed):
    assert ask(signed(key, **changed)) == (403, [])


def test_a_token_of_another_key_is_refused(ask):
    assert ask(signed(new_key("one"))) == (403, [])


def test_a_token_that_is_signed_with_the_public_key_as_a_secret_is_refused(ask, key):
    head, body, _ = signed(key).split(".")
    head = encoded(b'{"alg": "HS256", "kid": "one"}')
    told = f"{head}.{body}"
    seal = hmac.digest(key.as_pem(private=False), told.encode(), "sha256")
    assert ask(f"{told}.{encoded(seal)}") == (403, [])


def encoded(part: bytes) -> str:
    """As tokens have it."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


@pytest.mark.parametrize("token", ["", "no token", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(ask, token):
    assert ask(token) == (403, [])


def test_keys_that_are_changed_are_read_again_but_not_for_every_token(keys_file):
    now = [1000.0]
    keys = Keys(str(keys_file), clock=lambda: now[0])
    assert [it.kid for it in keys.get().keys] == ["one"]
    newer = new_key("two").as_dict(private=False)
    keys_file.write_text(json.dumps({"keys": [newer]}))
    assert [it.kid for it in keys.get(again=True).keys] == ["one"]
    now[0] += SOONEST_SECONDS + 1
    assert [it.kid for it in keys.get(again=True).keys] == ["two"]


def test_known_keys_are_kept_while_they_cannot_be_had(keys_file):
    now = [1000.0]
    keys = Keys(str(keys_file), clock=lambda: now[0])
    keys.get()
    keys_file.write_text("no JSON")
    now[0] += KEYS_SECONDS + 1
    assert [it.kid for it in keys.get().keys] == ["one"]


def test_without_any_keys_nobody_is_believed(tmp_path):
    for place in (str(tmp_path / "none.json"), "http://127.0.0.1:9/keys"):
        with pytest.raises(ProviderAway, match="cannot be had"):
            Keys(place).get()


def test_a_token_without_its_keys_and_purpose_is_refused_as_a_setting(tmp_path):
    with pytest.raises(SettingsError, match="proxy_token_keys, proxy_token_issuer"):
        Settings(access="groups", proxy_token_header=HEADER)
    with pytest.raises(SettingsError, match="set one of them"):
        Settings(**vars_of(settings_in(tmp_path)), proxy_token_header=HEADER)


def vars_of(settings: Settings) -> dict[str, Any]:
    names = ("access", "groups_header", "trusted_proxies", "proxy_secret")
    return {name: getattr(settings, name) for name in names}


@pytest.mark.parametrize("header", ["X-Forwarded-Groups", "X_Forwarded_Groups", "QA-Groups"])
def test_a_header_that_has_two_spellings_is_refused(header):
    with pytest.raises(SettingsError, match="QAGroups"):
        Settings(access="groups", groups_header=header, trusted_proxies="127.0.0.1")
