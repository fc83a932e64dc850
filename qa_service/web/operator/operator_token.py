"""Who may see the operator's page: who knows the token.

A person signs in with it once and gets a cookie that is worth nothing after `SESSION_SECONDS` or,
on one machine, a restart; a program sends it with each request as `Authorization: Bearer`.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections import deque
from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from typing import cast

from flask import Response, current_app, request
from werkzeug.exceptions import NotFound, TooManyRequests, Unauthorized

from qa_service.config import Settings
from qa_service.translation.catalogue import N_, _
from qa_service.web.access.opened_sessions import open_sessions
from qa_service.web.serving.origins import require_own_page

COOKIE = "qa_operator"
SESSION_SECONDS = 12 * 3600
MOST_SESSIONS = 100
MOST_FAILURES = 5
FAILURE_SECONDS = 60
MOST_FAILURES_OF_ALL = 20
SLOW_SECONDS = 1.0
MOST_IN_TURN = 5
MOST_ADDRESSES = 1_000
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
HOW_TO_SIGN_IN = N_("Send the operator's token as Authorization: Bearer, or sign in at /operator.")
WRONG_TOKEN = N_("This is not the operator's token.")


class OperatorToken:
    """The sessions of those who signed in, and the failures of those who could not.

    `clock` counts seconds from any moment.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`is_on` says whether there is a token, and so a page."""
        self.is_on = bool(settings.operator_token)
        self._token_hash = _hashed(settings.operator_token)
        self._clock = clock
        self._sleep = sleep
        self._lock = Lock()
        self._one_at_a_time = Lock()
        self._in_turn = BoundedSemaphore(MOST_IN_TURN)
        self._all_failures: deque[float] = deque(maxlen=MOST_FAILURES_OF_ALL)
        self._sessions = open_sessions(
            settings, "operator", bool, SESSION_SECONDS, MOST_SESSIONS, clock
        )
        self._failures: dict[str, deque[float]] = {}

    def sign_in(self, token: str, address: str) -> str:
        """A new session for the right token, as the value of its cookie.

        Raises Unauthorized for a wrong one, TooManyRequests after several from one address.
        """
        self.require_token(token, address)
        return self._sessions.begin(True)

    def require_token(self, token: str, address: str) -> None:
        """Raises as `sign_in` does. The comparison takes the same time for every wrong token.

        The right one is taken at any time: behind a proxy all have one address, and somebody's
        wrong tokens must not shut the operator out.
        """
        self._slow_down()
        right = hmac.compare_digest(_hashed(token), self._token_hash)
        with self._lock:
            if right:
                self._failures.pop(address, None)
                return
            self._all_failures.append(self._clock())
            self._refuse_after_failures(address)
            self._note_failure(address)
        raise Unauthorized(WRONG_TOKEN)

    def has_session(self, session: str) -> bool:
        """Whether a cookie's value is of a session that has not ended."""
        return bool(self._sessions.get(session))

    def sign_out(self, session: str) -> None:
        """Ends a session, if there is such a one."""
        self._sessions.end(session)

    def _slow_down(self) -> None:
        """After many wrong tokens, wherever from, one is looked at every second, right or wrong.

        Raises TooManyRequests where several wait for that.
        """
        latest = self._all_failures
        many = len(latest) == MOST_FAILURES_OF_ALL
        if not many or latest[0] <= self._clock() - FAILURE_SECONDS:
            return
        if not self._in_turn.acquire(blocking=False):
            raise TooManyRequests(_("Too many wrong tokens; try again."), retry_after=MOST_IN_TURN)
        try:
            with self._one_at_a_time:
                self._sleep(SLOW_SECONDS)
        finally:
            self._in_turn.release()

    def _refuse_after_failures(self, address: str) -> None:
        failures = self._failures.get(address, deque())
        while failures and failures[0] <= self._clock() - FAILURE_SECONDS:
            failures.popleft()
        if len(failures) >= MOST_FAILURES:
            wait = math.ceil(failures[0] + FAILURE_SECONDS - self._clock())
            raise TooManyRequests(
                _("Too many wrong tokens; try again in %(number)s seconds.", number=wait),
                retry_after=wait,
            )

    def _note_failure(self, address: str) -> None:
        while len(self._failures) >= MOST_ADDRESSES:
            del self._failures[next(iter(self._failures))]
        self._failures.setdefault(address, deque()).append(self._clock())


def current_token() -> OperatorToken:
    """That of the app in use."""
    return cast(OperatorToken, current_app.extensions["operator"])


def is_operator() -> bool:
    """Whether the request comes from a browser in which the operator has signed in."""
    return current_token().has_session(request.cookies.get(COOKIE, ""))


def require_page() -> None:
    """Raises NotFound where there is no operator's page; what changes something must come from
    a page of our own."""
    if not current_token().is_on:
        raise NotFound
    if request.method not in SAFE_METHODS:
        require_own_page()


def require_operator() -> None:
    """Raises Unauthorized for who has neither the token nor a session."""
    require_page()
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        current_token().require_token(token.strip(), request.remote_addr or "")
    elif not is_operator():
        raise Unauthorized(HOW_TO_SIGN_IN)


def keep_private(response: Response) -> Response:
    """Let no cache keep what only the operator may see."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _hashed(token: str) -> str:
    """What is compared, of one length whatever was sent."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
