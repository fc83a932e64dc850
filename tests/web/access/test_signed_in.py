"""Who signs in at the service itself reads what their groups may, and nobody else a word of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import requests
from guarded_site import QUESTIONS, SECRET_WORDS, Walk
from provider_beside import DEPRECATED, provider, served_at_its_address, sign_in, signing_in_at

from qa_service.web import create_app
from qa_service.web.access.sessions import SESSION_COOKIE, Person

pytestmark = pytest.mark.filterwarnings(DEPRECATED)
NAMES = {"everybody": None, "member": "ada", "outsider": "cook"}
GROUPS = {"member": {"board", "staff"}, "outsider": {"cook", "staff"}}
PAGES = ("/", "/documents", "/api/documents", f"/?q={QUESTIONS[0]}", "/api/search?q=crane")
WAYS = ("signing_in.sign_in", "signing_in.callback", "signing_in.sign_out")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider() as address:
        yield address


@pytest.fixture
def app_at(guarded, guarded_settings, issuer):
    """The guarded site, where people sign in."""
    kept = {"corpus_dir": guarded_settings.corpus_dir, "index_dir": guarded_settings.index_dir}

    def made(site: str):
        settings = signing_in_at(issuer, site, minimum_confidence=0.0, **kept)
        return create_app(settings, guarded[0])

    return made


def secrets_in(text: str) -> set[str]:
    return {word for word in SECRET_WORDS if word in text.lower()}


def read(browser: requests.Session, site: str) -> set[str]:
    """Which secret words a browser is told on its pages."""
    return secrets_in("".join(browser.get(f"{site}{page}", timeout=60).text for page in PAGES))


@pytest.mark.parametrize("caller", NAMES)
def test_the_whole_way_in_and_out_tells_members_alone(app_at, caller):
    with served_at_its_address(app_at) as site, requests.Session() as browser:
        name = NAMES[caller]
        arrived = name and sign_in(browser, site, name)
        assert not arrived or arrived.status_code == 303
        assert bool(read(browser, site)) is (caller == "member")
        left = browser.post(f"{site}/sign-out", timeout=60)
        assert not secrets_in(left.text + str(left.headers))
        assert not read(browser, site)


@pytest.mark.parametrize("caller", NAMES)
def test_no_way_in_or_out_tells_a_word_of_a_groups_documents(app_at, guarded, caller):
    app = app_at("http://127.0.0.1:8000")
    walk = Walk(app, guarded[1], headers=partial(session_of, app))
    ways = [(method, rule) for method, rule in walk.rules() if rule.endpoint in WAYS]
    assert {rule.endpoint for _, rule in ways} == set(WAYS)
    for method, rule in ways:
        for response in walk.responses(method, rule, caller):
            assert response.status_code in {200, 302, 400, 403}
            assert not secrets_in(response.text + str(response.headers))


def session_of(app, caller: str) -> dict[str, str]:
    """The cookie of one who has signed in, anew for each request, as a sign-out ends it."""
    if caller not in GROUPS:
        return {}
    session = app.extensions["sessions"].begin(Person(caller, frozenset(GROUPS[caller])))
    return {"Cookie": f"{SESSION_COOKIE}={session}"}
