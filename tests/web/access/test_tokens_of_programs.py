"""A program's token on the routes: its groups, its scopes, and nothing once it is withdrawn."""

import pytest
from beside_builds import tokens_in
from guarded_site import SECRET, settings_in
from test_groups_told import SeenService

from qa_service.tokens.api_tokens import FILE_NAME
from qa_service.web import create_app
from qa_service.web.access.tokens import ROUTES

BOARD = frozenset({"board"})


@pytest.fixture
def tokens(tmp_path):
    return tokens_in(tmp_path / "index")


@pytest.fixture
def service():
    return SeenService()


@pytest.fixture
def get(tmp_path, service):
    client = create_app(settings_in(tmp_path), service).test_client()

    def send(address, token, **headers):
        return client.get(address, headers={"Authorization": f"Bearer {token}", **headers})

    return send


def test_a_token_shows_what_its_groups_may_read(tokens, get, service):
    token = tokens.make("newsroom", BOARD, ["documents"], 30)
    assert get("/api/documents", token).status_code == 200
    assert service.seen == [{"board"}]


def test_a_token_counts_in_place_of_what_the_proxy_tells(tokens, get, service):
    token = tokens.make("newsroom", BOARD, ["documents"], 30)
    told = {"QAGroups": "staff", "X-QA-Proxy-Secret": SECRET}
    assert get("/api/documents", token, **told).status_code == 200
    assert service.seen == [{"board"}]
    assert get("/api/documents", token, QAGroups="staff").status_code == 403


def test_a_token_of_no_use_is_refused_and_nothing_is_shown(tokens, get, service):
    token = tokens.make("newsroom", BOARD, ["documents"], 30)
    tokens.withdraw("newsroom")
    for useless in (token, "qat_never-made"):
        response = get("/api/documents", useless)
        assert response.status_code == 401
        assert "token make" in response.get_json()["detail"]
    assert service.seen == []


@pytest.mark.parametrize(
    ("scope", "address", "status"),
    [
        ("ask", "/api/search?q=teaching", 200),
        ("ask", "/api/documents", 403),
        ("documents", "/api/documents/hillside-2023", 200),
        ("documents", "/api/documents/hillside-2023/boxes?start=0&end=9", 200),
        ("documents", "/api/search?q=teaching", 403),
        ("documents", "/api/documentsandmore", 403),
        ("documents", "/", 403),
        ("documents", "/operator", 403),
        ("feedback", "/api/health", 200),
    ],
)
def test_a_token_opens_what_is_in_its_scope_alone(tokens, get, scope, address, status):
    token = tokens.make("newsroom", BOARD, [scope], 30)
    assert get(address, token).status_code == status


def test_every_address_of_a_scope_is_a_route(tmp_path, service):
    rules = [str(rule) for rule in create_app(settings_in(tmp_path), service).url_map.iter_rules()]
    for addresses in ROUTES.values():
        for address in addresses:
            assert any(rule == address or rule.startswith(f"{address}/") for rule in rules)


def test_a_damaged_file_of_tokens_shows_nothing(tmp_path, tokens, get, service):
    token = tokens.make("newsroom", BOARD, ["documents"], 30)
    (tmp_path / "index" / FILE_NAME).write_text("no JSON")
    assert get("/api/documents", token).status_code == 500
    assert service.seen == []
