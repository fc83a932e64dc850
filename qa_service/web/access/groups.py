"""The groups of whoever sent the request at hand, on every route of the app."""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, current_app, g, request

from qa_service.config import Settings
from qa_service.nouns.access import Groups
from qa_service.tokens.api_tokens import ApiTokens
from qa_service.translation.catalogue import _
from qa_service.web.access.senders import Sender, groups_of_sender


def register(app: Flask, settings: Settings) -> None:
    """Have every request say who asks, where documents are not for everybody."""
    app.extensions["access"] = settings
    app.extensions["tokens"] = ApiTokens(settings.index_dir)
    if settings.access != "open":
        app.before_request(_require_belief)
        app.after_request(_keep_private)


def access_words(settings: Settings) -> str:
    """Who may read what, for whoever starts the server."""
    if settings.access == "open":
        return _("Whoever reaches this server may read every document (access is open).")
    if not settings.groups_header:
        return _("Documents that name an access group are shown to those whom tokens put in it.")
    return _(
        "Documents that name an access group are shown to those whom the header %(header)s and "
        "tokens put in it.",
        header=settings.groups_header,
    )


def groups_asking() -> Groups | None:
    """The groups of who sent the request at hand; None where nobody is asked for them.

    Raises as `groups_of_sender` does.
    """
    settings = cast(Settings, current_app.extensions["access"])
    if settings.access == "open":
        return None
    if "groups" not in g:
        tokens = cast(ApiTokens, current_app.extensions["tokens"])
        sender = Sender(request.headers, request.remote_addr or "", request.path)
        g.groups = groups_of_sender(settings, tokens, sender)
    return cast(Groups, g.groups)


def _require_belief() -> None:
    groups_asking()


def _keep_private(response: Response) -> Response:
    """Keeps what one may read out of caches that others share."""
    if request.endpoint != "static":
        response.cache_control.private = True
        response.cache_control.public = False
        response.vary.add("Authorization")
        settings = cast(Settings, current_app.extensions["access"])
        if settings.groups_header:
            response.vary.add(settings.groups_header)
    return response
