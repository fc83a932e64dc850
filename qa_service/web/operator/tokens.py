"""The operator's page of tokens: made, listed and withdrawn, as the command does."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from qa_service.errors import TokenError
from qa_service.nouns.access import groups_of
from qa_service.tokens.api_tokens import SCOPES, ApiTokens
from qa_service.translation.catalogue import N_, _
from qa_service.web.access.groups import access_words
from qa_service.web.operator.pages import blueprint
from qa_service.web.serving.answer_service import current_settings
from qa_service.web.serving.problems import sentence

__all__ = ["blueprint"]
NO_NUMBER = N_("Give the days as a whole number.")


@blueprint.get("/tokens")
def tokens() -> str:
    """Who may read what, and the tokens of programs."""
    return _page()


@blueprint.post("/tokens")
def make_token() -> ResponseReturnValue:
    """Make a token, and show it on this page alone."""
    name, days = request.form.get("name", "").strip(), request.form.get("days", "")
    groups = groups_of(request.form.get("groups", ""))
    scopes = [scope for scope in SCOPES if scope in request.form.getlist("scope")]
    if not (days.isascii() and days.isdigit() and len(days) < 6):
        return _page(refused=_(NO_NUMBER)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        secret = _tokens().make(name, groups, scopes, int(days))
    except TokenError as error:
        return _page(refused=sentence(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(made=name, secret=secret)


@blueprint.post("/tokens/withdraw")
def withdraw_token() -> ResponseReturnValue:
    """Take a token back."""
    _tokens().withdraw(request.args.get("name", ""))
    return redirect(url_for(".tokens"), code=303)


def _page(**values: object) -> str:
    kept = _tokens()
    return render_template(
        "operator/tokens.html",
        access=access_words(current_settings()),
        tokens=[(token, kept.has_expired(token)) for token in kept.all()],
        scopes=SCOPES,
        **values,
    )


def _tokens() -> ApiTokens:
    return cast(ApiTokens, current_app.extensions["tokens"])
