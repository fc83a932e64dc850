"""A provider of OpenID Connect that runs beside the service, and people who sign in at it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from background_server import in_background
from werkzeug.serving import make_server

from qa_service.config import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oidc_provider_mock import run_server_in_thread
    from oidc_provider_mock._storage import User

PEOPLE = (
    User(sub="ada", claims={"name": "Ada Peel", "groups": ["board", "staff"]}),
    User(sub="cook", claims={"name": "Cook", "groups": []}),
)
DEPRECATED = "ignore:.*deprecated:DeprecationWarning"
"""What tests with a provider leave unheeded: its own warnings."""


@contextmanager
def provider() -> Iterator[str]:
    """The address of one that knows PEOPLE, and asks for no password."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with run_server_in_thread(require_nonce=True, user_claims=PEOPLE) as server:
            yield f"http://localhost:{server.server_port}"


def signing_in_at(issuer: str, site: str, **own: Any) -> Settings:
    """Settings of a service at an address, at which people sign in there."""
    chosen = {"oidc_client_id": "qa", "public_address": site, "access": "groups"} | own
    return Settings(oidc_issuer=issuer, oidc_client_secret="known to the provider", **chosen)


@contextmanager
def served_at_its_address(make: Callable[[str], Any]) -> Iterator[str]:
    """Serves the app that is made for the address at which it is served."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    site = f"http://127.0.0.1:{server.port}"
    server.app = make(site)
    with in_background(server):
        yield site


def sent_back(browser: requests.Session, site: str, name: str, back: str = "/") -> str:
    """The address to which the provider sends a person who begins a sign-in."""
    form = browser.get(f"{site}/sign-in", params={"back": back})
    left = browser.post(form.url, data={"sub": name}, allow_redirects=False)
    return left.headers["Location"]


def sign_in(browser: requests.Session, site: str, name: str, back: str = "/") -> requests.Response:
    """What a browser gets that comes back from there."""
    address = sent_back(browser, site, name, back)
    return browser.get(address, allow_redirects=False)
