"""Nobody but who knows the token sees or changes anything of the operator's."""

import pytest
from fake_answer_service import FakeAnswerService
from operator_site import BEARER, TOKEN
from werkzeug.exceptions import TooManyRequests, Unauthorized

from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.web import create_app
from qa_service.web.operator.operator_token import (
    COOKIE,
    FAILURE_SECONDS,
    SESSION_SECONDS,
    SLOW_SECONDS,
    OperatorToken,
)

PAGES = [
    "/operator",
    "/operator/documents",
    "/operator/uploads",
    "/operator/questions",
    "/operator/tokens",
]
ENDPOINTS = ["documents", "check", "build", "builds", "uploads", "questions"]
FORMS = ["build", "build/cancel", "uploads", "uploads/a.txt/remove", "questions/forget", "tokens"]


class Clock:
    """Seconds that pass when told."""

    def __init__(self):
        self.now = 0.0
        self.waits = []

    def __call__(self):
        return self.now


@pytest.fixture
def app(tmp_path):
    settings = Settings(index_dir=tmp_path / "index", operator_token=TOKEN)
    return create_app(settings, FakeAnswerService())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def access(clock):
    return OperatorToken(
        Settings(operator_token=TOKEN), clock, sleep=lambda seconds: clock.waits.append(seconds)
    )


def sign_in(client, token=TOKEN, **headers):
    return client.post("/operator/sign-in", data={"token": token}, headers=headers)


@pytest.mark.parametrize("address", [*PAGES, "/operator/sign-in", "/api/operator/build"])
def test_without_a_token_in_the_settings_there_is_no_such_page(address, tmp_path):
    app = create_app(Settings(index_dir=tmp_path / "index"), FakeAnswerService())
    client = app.test_client()
    assert client.get(address, headers=BEARER).status_code in (404, 405)
    assert client.post(address, headers=BEARER).status_code in (404, 405)


def test_a_short_token_is_refused_with_the_way_to_make_one():
    with pytest.raises(SettingsError, match=r"secrets\.token_urlsafe"):
        Settings(operator_token="short")


def test_the_token_is_not_shown_with_the_settings():
    assert TOKEN not in repr(Settings(operator_token=TOKEN))


@pytest.mark.parametrize("address", PAGES)
def test_who_has_not_signed_in_is_asked_for_the_token(client, address):
    response = client.get(address)
    assert response.status_code == 401
    assert 'name="token"' in response.text


@pytest.mark.parametrize("name", ENDPOINTS)
def test_the_endpoint_wants_the_token_and_says_how(client, name):
    response = client.get(f"/api/operator/{name}")
    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert "Authorization: Bearer" in response.get_json()["detail"]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_does_anything_without_the_token(client, form):
    assert client.post(f"/operator/{form}").status_code == 401


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(client):
    response = sign_in(client)
    cookie = response.headers["Set-Cookie"]
    assert response.status_code == 303
    assert TOKEN not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/operator/uploads").status_code == 200
    assert client.get("/api/operator/uploads").status_code == 200


def test_signing_out_ends_the_session_and_not_only_the_cookie(client):
    sign_in(client)
    cookie = client.get_cookie(COOKIE).value
    client.post("/operator/sign-out")
    client.set_cookie(COOKIE, cookie)
    assert client.get("/operator").status_code == 401


def test_a_made_up_cookie_opens_nothing(client):
    client.set_cookie(COOKIE, "x" * 43)
    assert client.get("/operator").status_code == 401


def test_a_program_sends_the_token_with_its_request(client):
    assert client.get("/api/operator/uploads", headers=BEARER).status_code == 200
    wrong = {"Authorization": "Bearer wrong"}
    assert client.get("/api/operator/uploads", headers=wrong).status_code == 401


def test_after_five_wrong_tokens_further_ones_wait_and_the_right_one_does_not(client):
    assert {sign_in(client, "wrong").status_code for _ in range(5)} == {401}
    response = sign_in(client, "wrong")
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= FAILURE_SECONDS
    assert client.get("/api/operator/uploads", headers=BEARER).status_code == 200


def test_a_form_of_another_site_is_refused(client):
    sign_in(client)
    elsewhere = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/operator/build", headers=elsewhere).status_code == 403
    assert client.delete("/api/operator/questions", headers=elsewhere).status_code == 403


def test_what_only_the_operator_may_see_is_kept_by_no_cache(client):
    assert client.get("/operator").headers["Cache-Control"] == "no-store"
    private = client.get("/api/operator/uploads", headers=BEARER)
    assert private.headers["Cache-Control"] == "no-store"


def test_wrong_tokens_are_forgotten_after_a_minute(access, clock):
    for _ in range(5):
        with pytest.raises(Unauthorized):
            access.sign_in("wrong", "a")
    with pytest.raises(TooManyRequests):
        access.sign_in("wrong", "a")
    clock.now += FAILURE_SECONDS
    with pytest.raises(Unauthorized):
        access.sign_in("wrong", "a")


def test_one_address_does_not_lock_out_another(access):
    for _ in range(5):
        with pytest.raises(Unauthorized):
            access.sign_in("wrong", "a")
    assert access.has_session(access.sign_in(TOKEN, "b"))


def test_a_session_ends_by_itself(access, clock):
    session = access.sign_in(TOKEN, "a")
    clock.now += SESSION_SECONDS
    assert not access.has_session(session)


def test_tokens_of_any_letters_are_compared_without_failing(access):
    with pytest.raises(Unauthorized):
        access.sign_in("é\udce9", "a")


def test_many_wrong_tokens_from_many_addresses_slow_every_guess(access, clock):
    """Each address had five tries of its own: 210 a second."""
    for number in range(40):
        with pytest.raises((Unauthorized, TooManyRequests)):
            access.require_token("wrong", f"192.0.2.{number}")
    assert clock.waits == [SLOW_SECONDS] * 20
    access.require_token(TOKEN, "192.0.2.99")
    clock.now += FAILURE_SECONDS
    access.require_token(TOKEN, "192.0.2.99")
    assert len(clock.waits) == 21
