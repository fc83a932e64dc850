"""The groups of whoever sent the request at hand, on every route of the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, Response, current_app, g, request

from qa_service.config import Settings
from qa_service.errors import MissingPackage
from qa_service.nouns.access import Groups
from qa_service.translation.catalogue import _
from qa_service.web.access.opened_sessions import open_sessions
from qa_service.web.access.senders import Doorkeeper, Sender, SignedTokens
from qa_service.web.access.sessions import SESSION_COOKIE, Person, Sessions
from qa_service.web.access.tokens import tokens_beside


def register(app: Flask, settings: Settings) -> None:
    """Have every request say who asks, where documents are not for everybody."""
    tokens = tokens_beside(settings)
    sessions = open_sessions(settings, "person", Person, 3600 * settings.session_hours)
    app.extensions["access"] = settings
    app.extensions["tokens"] = tokens
    app.extensions["sessions"] = sessions
    app.extensions["doorkeeper"] = Doorkeeper(settings, tokens, sessions, _signed(settings))
    if settings.access != "open":
        app.before_request(_require_belief)
        app.after_request(_keep_private)


def _signed(settings: Settings) -> SignedTokens | None:
    """What verifies the tokens of a proxy, where it sends such. Raises MissingPackage."""
    if not settings.proxy_token_header:
        return None
    with needing_oidc():
        from qa_service.web.access.signed_tokens import ProxyTokens
    return ProxyTokens(settings)


@contextmanager
def needing_oidc() -> Iterator[None]:
    """For imports of what verifies tokens. Raises MissingPackage where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingPackage(
            f"these settings of access need {error.name}; run: pip install 'qa-service[oidc]'"
        ) from error


def access_words(settings: Settings) -> str:
    """Who may read what, for whoever starts the server."""
    if settings.access == "open":
        return _("Whoever reaches this server may read every document (access is open).")
    if settings.oidc_issuer:
        return _(
            "Documents that name an access group are shown to those whom %(issuer)s and tokens put "
            "in it.",
            issuer=settings.oidc_issuer,
        )
    header = settings.groups_header or settings.proxy_token_header
    if not header:
        return _("Documents that name an access group are shown to those whom tokens put in it.")
    return _(
        "Documents that name an access group are shown to those whom the header %(header)s and "
        "tokens put in it.",
        header=header,
    )


def current_person() -> Person | None:
    """Who is signed in in the browser that sent the request at hand."""
    return current_sessions().get(request.cookies.get(SESSION_COOKIE, ""))


def current_sessions() -> Sessions[Person]:
    """Those of the app in use."""
    return cast(Sessions[Person], current_app.extensions["sessions"])


def groups_asking() -> Groups | None:
    """The groups of who sent the request at hand; None where nobody is asked for them.

    Raises as `Doorkeeper.groups_of` does.
    """
    settings = cast(Settings, current_app.extensions["access"])
    if settings.access == "open":
        return None
    if "groups" not in g:
        session = request.cookies.get(SESSION_COOKIE, "")
        sender = Sender(request.headers, request.remote_addr or "", request.path, session)
        g.groups = cast(Doorkeeper, current_app.extensions["doorkeeper"]).groups_of(sender)
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
        told_in = (settings.groups_header, settings.proxy_token_header)
        response.vary.update(filter(None, (*told_in, "Cookie" if settings.oidc_issuer else "")))
    return response
