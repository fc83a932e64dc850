"""The token of a program: which groups it is in, and which routes it may ask."""

from __future__ import annotations

from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized

from qa_service.config import Settings
from qa_service.disk.whole_files import OWNER_ONLY
from qa_service.indexing.builds.beside import file_beside
from qa_service.nouns.access import Groups
from qa_service.tokens.api_tokens import BEGINNING, FILE_NAME, ApiToken, ApiTokens, Scope

TOOLS_PATH = "/mcp"
"""At which assistants find their tools."""
ASKING = ("ask", "search", "mentions", "facts", "suggestions", "complete")
ROUTES: dict[Scope, tuple[str, ...]] = {
    "ask": (*(f"/api/{name}" for name in ASKING), "/feeds"),
    "documents": ("/api/documents", "/api/citations", "/documents"),
    "feedback": ("/api/feedback",),
    "tools": (TOOLS_PATH,),
}
"""Addresses that each scope opens, with those below them."""
FOR_ALL = ("/api/health", "/api/openapi.json")
NOT_KNOWN = (
    "This token was never made, has expired or was withdrawn; the operator makes another with "
    "qa-service token make."
)


def tokens_beside(settings: Settings) -> ApiTokens:
    """The tokens beside the builds."""
    return ApiTokens(file_beside(settings, FILE_NAME, OWNER_ONLY))


def token_in(authorization: str) -> str | None:
    """The token of a header; None where it has none, or an operator's."""
    kind, _, secret = authorization.partition(" ")
    secret = secret.strip()
    return secret if kind.lower() == "bearer" and secret.startswith(BEGINNING) else None


def groups_of_token(tokens: ApiTokens, secret: str, path: str) -> Groups:
    """The groups of a token. Raises Unauthorized for one that is of no use, and Forbidden for a
    route that is not in its scopes."""
    token = tokens.known(secret)
    if token is None:
        raise Unauthorized(NOT_KNOWN, www_authenticate=WWWAuthenticate("bearer"))
    if not _may_ask(token, path):
        scopes = ", ".join(token.scopes)
        raise Forbidden(f"This token opens {scopes}, and not this address.")
    return frozenset(token.groups)


def _may_ask(token: ApiToken, path: str) -> bool:
    opened = (*FOR_ALL, *(route for scope in token.scopes for route in ROUTES[scope]))
    return any(path == route or path.startswith(f"{route}/") for route in opened)
