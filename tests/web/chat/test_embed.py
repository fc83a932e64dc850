"""Which sites may show the chat is told by headers; none may unless the operator names it."""

import pytest
from fake_answer_service import FakeAnswerService

from qa_service.config import Settings
from qa_service.web import create_app

SITE = "https://www.example.org"
OTHER = "https://other.example.org:8443"


@pytest.fixture
def embedding(tmp_path):
    settings = Settings(index_dir=tmp_path / "index", embed_origins=f"{SITE} {OTHER}")
    return create_app(settings, FakeAnswerService()).test_client()


def framed_by(response):
    policy = response.headers["Content-Security-Policy"].split("; ")
    return next(part for part in policy if part.startswith("frame-ancestors"))


@pytest.mark.parametrize("address", ["/embed", "/embed.js"])
def test_unless_a_site_is_named_there_is_nothing_to_embed(client, address):
    assert client.get(address).status_code == 404


def test_the_named_sites_may_show_the_chat(embedding):
    page = embedding.get("/embed")
    assert framed_by(page) == f"frame-ancestors {SITE} {OTHER}"
    assert 'id="question"' in page.text


@pytest.mark.parametrize("address", ["/", "/documents", "/documents/hillside-2023", "/nowhere"])
def test_no_other_page_may_be_framed_by_anyone(embedding, address):
    assert framed_by(embedding.get(address)) == "frame-ancestors 'none'"


@pytest.mark.parametrize(("origin", "allowed"), [(SITE, SITE), ("https://evil.example", None)])
def test_the_script_may_be_verified_by_the_named_sites_alone(embedding, origin, allowed):
    with embedding.get("/embed.js", headers={"Origin": origin}) as script:
        assert script.headers.get("Access-Control-Allow-Origin") == allowed
        assert "Origin" in script.headers["Vary"]
        assert script.mimetype == "text/javascript"


def test_answers_are_readable_from_no_other_site(embedding):
    asked = embedding.get("/api/search?q=absence", headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in asked.headers
