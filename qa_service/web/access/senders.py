"""The groups of whoever sends a request: told by a proxy that is trusted, of a token, of a person
who has signed in, or none."""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Protocol

from werkzeug.exceptions import Forbidden

from qa_service.config import Settings
from qa_service.config_checks import networks
from qa_service.nouns.access import EVERYBODY, Groups, groups_of
from qa_service.tokens.api_tokens import ApiTokens
from qa_service.web.access.sessions import Person, Sessions
from qa_service.web.access.tokens import groups_of_token, token_in

NOT_BELIEVED = (
    "This request says which groups its sender is in, and did not come by a proxy that this server "
    "trusts. Its settings trusted_proxies and proxy_secret name the one that it does."
)


class Headers(Protocol):
    """Those of a request, by names in any letters."""

    def get(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Sender:
    """What a request tells of who sent it: its headers, from what address, to which path, and the
    cookie of a session."""

    headers: Headers
    address: str
    path: str
    session: str = ""


class SignedTokens(Protocol):
    """Tells what a proxy signed."""

    def groups_of(self, token: str) -> Groups:
        """The groups that a token tells. Raises Forbidden for one that is not to be believed."""
        ...


class Doorkeeper:
    """Knows in which groups senders are, by what the settings trust."""

    def __init__(
        self,
        settings: Settings,
        tokens: ApiTokens,
        sessions: Sessions[Person],
        signed: SignedTokens | None = None,
    ) -> None:
        """`signed` is asked about what comes in the header `proxy_token_header`."""
        self._settings, self._tokens = settings, tokens
        self._sessions, self._signed = sessions, signed

    def groups_of(self, sender: Sender) -> Groups:
        """The groups that a token of a program is for, else those of the person.

        Raises Forbidden where they are told by somebody who is not trusted, and as
        `groups_of_token`.
        """
        told = self._told_by_proxy(sender)
        secret = token_in(sender.headers.get("Authorization") or "")
        if secret is not None:
            return groups_of_token(self._tokens, secret, sender.path)
        person = self._sessions.get(sender.session)
        return person.groups if person else told

    def _told_by_proxy(self, sender: Sender) -> Groups:
        if self._signed:
            token = sender.headers.get(self._settings.proxy_token_header)
            return EVERYBODY if token is None else self._signed.groups_of(token)
        return _told_in_header(self._settings, sender)


def _told_in_header(settings: Settings, sender: Sender) -> Groups:
    told = sender.headers.get(settings.groups_header) if settings.groups_header else None
    if told is None:
        return EVERYBODY
    if not (_is_from_proxy(settings, sender.address) and _knows_secret(settings, sender.headers)):
        raise Forbidden(NOT_BELIEVED)
    return groups_in(told, settings.groups_separator)


def groups_in(told: str, separator: str) -> Groups:
    """The groups of a header's value, which HTTP takes for Latin-1 and proxies write in UTF-8."""
    with suppress(UnicodeError):
        told = told.encode("latin-1").decode("utf-8")
    return groups_of(told, separator)


def _is_from_proxy(settings: Settings, sent_from: str) -> bool:
    """Whether the sender's address is a trusted one, where there are any."""
    trusted = networks("trusted_proxies", settings.trusted_proxies)
    if not trusted:
        return True
    try:
        address = ip_address(sent_from)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return any(address in network for network in trusted)


def _knows_secret(settings: Settings, headers: Headers) -> bool:
    """Whether the secret was sent, where there is one; compared in constant time."""
    if not settings.proxy_secret:
        return True
    sent = headers.get(settings.proxy_secret_header) or ""
    return hmac.compare_digest(sent.encode(), settings.proxy_secret.encode())
