"""The operator's page of tokens: one is shown once, listed without what opens, withdrawn."""

from __future__ import annotations

import re

import pytest
from operator_site import BEARER, operator_app, operator_settings, prototype  # noqa: F401

FORM = {"name": "newsroom", "groups": "staff; board", "days": "30", "scope": ["ask", "tools"]}


@pytest.fixture
def tokens(app):
    return app.extensions["tokens"]


@pytest.fixture
def post(client):
    return lambda path="", **form: client.post(f"/operator/tokens{path}", data=form, headers=BEARER)


def test_a_token_that_is_made_is_shown_this_once(post, client, tokens):
    response = post(**FORM)
    [secret] = re.findall(r"<code>(qat_[^<]+)</code>", response.text)
    assert tokens.known(secret).scopes == ["ask", "tools"]
    assert response.headers["Cache-Control"] == "no-store"
    page = client.get("/operator/tokens", headers=BEARER).text
    assert "board; staff · <code>ask, tools</code> · until" in page
    assert secret not in page


@pytest.mark.parametrize(("wrong", "told"), [({"days": "soon"}, "whole"), ({"name": ""}, "name")])
def test_what_cannot_be_a_token_is_told_on_the_page(post, tokens, wrong, told):
    response = post(**FORM | wrong)
    assert response.status_code == 422
    assert re.search(f'role="alert">[^<]*{told}', response.text)
    assert tokens.all() == []


def test_a_token_is_withdrawn(post, tokens):
    post(**FORM)
    assert post("/withdraw?name=newsroom").status_code == 303
    assert tokens.all() == []
    assert post("/withdraw?name=newsroom").status_code == 409
