"""The OpenID Connect provider at which people sign in, by the library's client for Flask.

That keeps state, nonce and the verifier of a sign-in (PKCE) in a signed cookie of the browser that
began it, and verifies the token: who signed it, for whom, when, and for which sign-in.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from qa_service.config import Settings
from qa_service.errors import ProviderAway
from qa_service.translation.catalogue import N_
from qa_service.web.access.claims import LEEWAY_SECONDS, groups_claimed
from qa_service.web.access.sessions import Person

DISCOVERY = "/.well-known/openid-configuration"
DESCRIBED_SECONDS = 3600
PATIENCE_SECONDS = 10
NAMES = ("name", "preferred_username", "email", "sub")
"""Claims by which a person may be called, the best first."""
MISNAMED = "the provider calls itself {name}; set oidc_issuer to that, letter by letter"
BEGUN_ELSEWHERE = N_("This sign-in was begun in another browser, or long ago. Sign in again.")
NOT_SIGNED_IN = N_("Nobody was signed in: the service at which people sign in refused it.")

logger = logging.getLogger("qa_service.web")


class Provider:
    """Sends people there, and takes them back. Its description is read again once an hour.

    `clock` gives seconds as time.time does.
    """

    def __init__(
        self, app: Flask, settings: Settings, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._client = OAuth(app).register(
            "oidc",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            server_metadata_url=settings.oidc_issuer.rstrip("/") + DISCOVERY,
            client_kwargs={
                "scope": settings.oidc_scopes,
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE_SECONDS,
            },
        )

    def departure(self, callback: str) -> Response:
        """Sends a browser to the provider, to come back to `callback`. Raises ProviderAway."""
        with _told():
            self._description()
            redirect: Response = self._client.authorize_redirect(callback)
            return redirect

    def arrival(self) -> Person:
        """Whom the provider sent back with the request at hand.

        Raises BadRequest where the sign-in was not begun in this browser, Forbidden where the
        provider refused it or its token cannot be believed, ProviderAway.
        """
        with _told():
            self._description()
            issuer = {"iss": {"essential": True, "value": self._settings.oidc_issuer}}
            token = self._client.authorize_access_token(
                claims_options=issuer, leeway=LEEWAY_SECONDS
            )
            return self._person(token)

    def farewell(self, person: Person, back: str) -> str | None:
        """The address at which a person signs out there, if there is such."""
        try:
            with _told():
                if "end_session_endpoint" not in self._description():
                    return None
                ends = self._client.create_logout_url(
                    back, person.id_token, client_id=self._settings.oidc_client_id
                )
        except ProviderAway:
            return None
        return str(ends["url"])

    def _person(self, token: dict[str, Any]) -> Person:
        claims = token.get("userinfo")
        if claims is None:
            raise Forbidden(NOT_SIGNED_IN)
        if not self._groups_are_told(claims) and "userinfo_endpoint" in self._description():
            more = self._client.userinfo(token=token)
            claims = {**more, **claims} if more.get("sub") == claims["sub"] else claims
        if not self._groups_are_told(claims):
            logger.warning("the provider tells no claim %s", self._settings.groups_claim)
        name = next(str(claims[it]) for it in NAMES if claims.get(it))
        groups = groups_claimed(
            claims, self._settings.groups_claim, self._settings.groups_separator
        )
        until = self._clock() + 3600 * self._settings.session_hours
        return Person(name, groups, claims["sub"], until, token["id_token"])

    def _groups_are_told(self, claims: dict[str, Any]) -> bool:
        return self._settings.groups_claim.split(".")[0] in claims or (
            self._settings.groups_claim in claims
        )

    def _description(self) -> dict[str, Any]:
        """What the provider says of itself. Raises ProviderAway if it calls itself otherwise."""
        known = self._client.server_metadata
        if known.get("_loaded_at", 0) < self._clock() - DESCRIBED_SECONDS:
            known.pop("_loaded_at", None)
        description: dict[str, Any] = self._client.load_server_metadata()
        if description.get("issuer") != self._settings.oidc_issuer:
            raise ProviderAway(MISNAMED.format(name=description.get("issuer")))
        return description


@contextmanager
def _told() -> Iterator[None]:
    """What the library raises, as this service tells it."""
    try:
        yield
    except requests.RequestException as error:
        raise ProviderAway(f"the OpenID Connect provider does not answer: {error}") from error
    except MismatchingStateError as error:
        raise BadRequest(BEGUN_ELSEWHERE) from error
    except (AuthlibBaseError, JoseError, ValueError) as error:
        logger.error("a sign-in was refused: %s", error)
        raise Forbidden(NOT_SIGNED_IN) from error
