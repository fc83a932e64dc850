"""Nothing of a group's documents leaves by any route for whoever is not in the group."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest
from fakes import FakeEmbedder
from guarded_site import SECRET_WORDS, Walk, headers_of

from qa_service.answering.service import AnswerService
from qa_service.indexing.builds.moving import send_build
from qa_service.indexing.engine.postgres.writing.keeping import database_builds
from qa_service.web import create_app
from qa_service.web.operator.operator_token import OperatorToken

TELLS_THE_MEMBER = {
    *("pages.chat", "pages.document_list", "pages.document", "embed.frame", "turns.ask"),
    *("api.ask", "api.search", "api.mentions", "api.facts", "api.suggest", "api.complete"),
    *("api.list_documents", "api.get_document", "citations.verify_citation"),
    *("originals.original", "feeds.answers", "matrix.page", "matrix.cell", "mentions.mentions"),
    *("mentions.table", "mcp.tools"),
}
"""The routes that show a member something of the board's: the walk gets so far."""


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.engines)])
def settings(request, guarded_settings):
    """Those of the guarded site, or of one that reads the same build from a database."""
    if request.param == "embedded":
        return guarded_settings
    address = request.getfixturevalue("new_database")()
    send_build(guarded_settings.index_dir, database_builds(address), keep=2)
    return replace(guarded_settings, engine="postgres", postgres=address)


@pytest.fixture
def walk(settings, guarded):
    with closing(AnswerService(settings, FakeEmbedder())) as service:
        app = create_app(settings, service)
        app.extensions["operator"] = OperatorToken(settings, sleep=lambda _: None)
        yield Walk(app, guarded[1])


def told(walk, method, rule, caller):
    """All that a route says to a caller, headers included, in small letters."""
    parts = []
    for response in walk.responses(method, rule, caller):
        with response:
            parts += [response.get_data().decode("utf-8", "replace"), str(response.headers)]
        assert response.status_code != 500
    return "\n".join(parts).lower()


def secrets_in(text):
    return {word for word in SECRET_WORDS if word in text}


@pytest.mark.parametrize("caller", ["everybody", "outsider"])
def test_no_route_tells_a_word_of_a_groups_documents_to_others(walk, caller):
    leaks = {
        f"{method} {rule}": found
        for method, rule in walk.rules()
        if (found := secrets_in(told(walk, method, rule, caller)))
    }
    assert not leaks


def test_members_are_told_all_of_them(walk):
    found = {}
    for method, rule in walk.rules():
        found.setdefault(rule.endpoint, set()).update(
            secrets_in(told(walk, method, rule, "member"))
        )
    assert {name for name, words in found.items() if words} >= TELLS_THE_MEMBER
    assert set().union(*found.values()) == set(SECRET_WORDS)


@pytest.mark.parametrize("kind", ["original", "pages/1.png"])
def test_files_and_pictures_are_for_members_alone(walk, kind):
    address = f"/documents/{walk.document.id}/{kind}"
    for caller, status in (("member", 200), ("outsider", 404)):
        with walk.app.test_client().get(address, headers=headers_of(caller)) as response:
            assert response.status_code == status
