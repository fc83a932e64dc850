"""The groups of whoever asks: told by a proxy that is trusted, or of a token, or none."""

from __future__ import annotations

import hmac
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import cast

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import Forbidden

from qa_service.access.tokens import ApiTokens
from qa_service.config import Settings
from qa_service.config_checks import networks
from qa_service.nouns.access import EVERYBODY, Groups, groups_of
from qa_service.web.access.tokens import groups_of_token, token_sent

NOT_BELIEVED = (
    "This request says which groups its sender is in, and did not come by a proxy that this server "
    "trusts. Its settings trusted_proxies and proxy_secret name the one that it does."
)


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
        return "Whoever reaches this server may read every document (access is open)."
    named = f"the header {settings.groups_header} and " if settings.groups_header else ""
    return f"Documents that name an access group are shown to those whom {named}tokens put in it."


def groups_asking() -> Groups | None:
    """The groups of who sent the request at hand; None where nobody is asked for them.

    A token's groups come in place of those that a proxy tells. Raises Forbidden where groups are
    told by somebody who is not trusted, and as `groups_of_token` does.
    """
    settings = cast(Settings, current_app.extensions["access"])
    if settings.access == "open":
        return None
    if "groups" not in g:
        told = _told_by_proxy(settings)
        secret = token_sent()
        g.groups = told if secret is None else groups_of_token(_tokens(), secret)
    return cast(Groups, g.groups)


def _tokens() -> ApiTokens:
    return cast(ApiTokens, current_app.extensions["tokens"])


def _require_belief() -> None:
    groups_asking()


def _told_by_proxy(settings: Settings) -> Groups:
    told = request.headers.get(settings.groups_header) if settings.groups_header else None
    if told is None:
        return EVERYBODY
    if not (_is_from_proxy(settings) and _knows_secret(settings)):
        raise Forbidden(NOT_BELIEVED)
    return groups_in(told, settings.groups_separator)


def groups_in(told: str, separator: str) -> Groups:
    """The groups of a header's value, which HTTP takes for Latin-1 and proxies write in UTF-8."""
    with suppress(UnicodeError):
        told = told.encode("latin-1").decode("utf-8")
    return groups_of(told, separator)


def _is_from_proxy(settings: Settings) -> bool:
    """Whether the sender's address is a trusted one, where there are any."""
    trusted = networks(settings.trusted_proxies)
    if not trusted:
        return True
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return any(address in network for network in trusted)


def _knows_secret(settings: Settings) -> bool:
    """Whether the secret was sent, where there is one; compared in constant time."""
    if not settings.proxy_secret:
        return True
    sent = request.headers.get(settings.proxy_secret_header, "")
    return hmac.compare_digest(sent.encode(), settings.proxy_secret.encode())


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
