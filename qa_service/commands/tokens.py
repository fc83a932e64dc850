"""The command `token`: tokens of programs made, listed and withdrawn."""

from __future__ import annotations

import argparse
import sys

from qa_service.commands import ANSWERED, json_text
from qa_service.config import Settings
from qa_service.disk.whole_files import OWNER_ONLY
from qa_service.nouns.access import BETWEEN_GROUPS, groups_of
from qa_service.tokens.api_tokens import FILE_NAME, ApiToken, ApiTokens

OPEN = "access is open: everybody may read every document, whatever a token says"


def make(options: argparse.Namespace, settings: Settings) -> int:
    """Prints a new token on standard output, and what it is for on standard error."""
    tokens = _tokens(settings)
    scopes = options.scope or ["ask", "documents"]
    secret = tokens.make(options.name, groups_of(options.groups), scopes, options.days)
    made = next(token for token in tokens.all() if token.name == options.name)
    print(secret)
    print(f"Made {_line(tokens, made)}. It is not shown again.", file=sys.stderr)
    if settings.access == "open":
        print(f"Note: {OPEN}.", file=sys.stderr)
    return ANSWERED


def list_all(options: argparse.Namespace, settings: Settings) -> int:
    """Prints the tokens, without what would open anything."""
    tokens = _tokens(settings)
    if options.json:
        print(json_text([_object(tokens, token) for token in tokens.all()]))
    else:
        lines = [_line(tokens, token) for token in tokens.all()]
        print("\n".join(lines) or "There is no token.")
    return ANSWERED


def withdraw(options: argparse.Namespace, settings: Settings) -> int:
    """Takes a token back: it opens nothing from the next request on."""
    _tokens(settings).withdraw(options.name)
    print("Withdrawn.")
    return ANSWERED


def _tokens(settings: Settings) -> ApiTokens:
    from qa_service.indexing.builds.beside import file_beside

    return ApiTokens(file_beside(settings, FILE_NAME, OWNER_ONLY))


def _object(tokens: ApiTokens, token: ApiToken) -> dict[str, object]:
    return {
        "name": token.name,
        "groups": token.groups,
        "scopes": token.scopes,
        "made": token.made.isoformat(),
        "expires": token.expires.isoformat(),
        "expired": tokens.has_expired(token),
    }


def _line(tokens: ApiTokens, token: ApiToken) -> str:
    groups = f"{BETWEEN_GROUPS} ".join(token.groups) or "no group"
    until = "expired on" if tokens.has_expired(token) else "until"
    scopes = ", ".join(token.scopes)
    return f"{token.name}: {groups}; for {scopes}; {until} {token.expires.date().isoformat()}"
