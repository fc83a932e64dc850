"""Tokens (JWT) by which a proxy tells groups: believed if a known key signed them for this service.

Keys are read again once an hour, and at once for a token of a key that is not known yet, but not
more than twice a minute: anybody may send such a token.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

import requests
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from werkzeug.exceptions import Forbidden

from qa_service.config import Settings
from qa_service.errors import ProviderAway
from qa_service.nouns.access import Groups
from qa_service.web.access.claims import LEEWAY_SECONDS, groups_claimed

ALGORITHMS = [f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)] + [
    "EdDSA"
]
"""Those by which whoever can verify cannot sign."""
KEYS_SECONDS = 3600
SOONEST_SECONDS = 30
PATIENCE_SECONDS = 5
NOT_BELIEVED = (
    "The token that tells who sends this request is not one that this server believes: it has "
    "ended, is for another service, or was not signed with a key that proxy_token_keys holds."
)
KEYS_AWAY = "the keys that sign the proxy's tokens cannot be had from {place} for now"

logger = logging.getLogger("qa_service.web")


class Keys:
    """The JWK set at an address or in a file. For many threads.

    `clock` counts seconds from any moment.
    """

    def __init__(self, place: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._place = place
        self._clock = clock
        self._lock = Lock()
        self._known: KeySet | None = None
        self._tried = 0.0

    def get(self, again: bool = False) -> KeySet:
        """The keys, read `again` unless that was done just now. What is known is kept where they
        cannot be had. Raises ProviderAway where none are known."""
        with self._lock:
            age = self._clock() - self._tried
            if self._known is None or age > (SOONEST_SECONDS if again else KEYS_SECONDS):
                self._known = self._read() or self._known
                self._tried = self._clock()
            if self._known is None:
                raise ProviderAway(KEYS_AWAY.format(place=self._place))
            return self._known

    def _read(self) -> KeySet | None:
        try:
            return KeySet.import_key_set(_read_json(self._place))
        except (OSError, ValueError, KeyError, TypeError, JoseError) as error:
            logger.error("%s: %s", KEYS_AWAY.format(place=self._place), error)
            return None


def _read_json(place: str) -> Any:
    """Raises OSError, of which those of requests are, and ValueError."""
    if "://" not in place:
        return json.loads(Path(place).read_text("utf-8"))
    response = requests.get(place, timeout=PATIENCE_SECONDS)
    response.raise_for_status()
    return response.json()


class ProxyTokens:
    """Verifies tokens as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keys = Keys(settings.proxy_token_keys)
        self._claims = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": settings.proxy_token_issuer},
            aud={"essential": True, "value": settings.proxy_token_audience},
            exp={"essential": True},
        )

    def groups_of(self, token: str) -> Groups:
        """The groups that a token tells.

        Raises Forbidden for one that is not to be believed, ProviderAway without any keys.
        """
        try:
            claims = self._decoded(token).claims
            self._claims.validate(claims)
        except (JoseError, ValueError) as error:
            raise Forbidden(NOT_BELIEVED) from error
        settings = self._settings
        return groups_claimed(claims, settings.groups_claim, settings.groups_separator)

    def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys.get(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            return jwt.decode(token, self._keys.get(again=True), algorithms=ALGORITHMS)
