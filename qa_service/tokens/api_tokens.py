"""Tokens of programs, kept beside the builds as hashes: made, listed, withdrawn, recognised."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal, get_args

from msgspec import DecodeError, Struct, ValidationError, json

from qa_service.disk.kept_file import KeptFile
from qa_service.errors import TokenError
from qa_service.nouns.access import Groups

FILE_NAME = "access-tokens.json"
BEGINNING = "qat_"
"""By which a token is known for one of these."""
MOST_TOKENS = 1_000
MOST_DAYS = 3_650

Scope = Literal["ask", "documents", "feedback", "tools"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


class ApiToken(Struct, frozen=True, kw_only=True):
    """What a token may do, and until when (UTC); of itself the sha256 alone, in hex."""

    name: str
    hash: str
    groups: list[str]
    scopes: list[Scope]
    made: datetime
    expires: datetime


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class ApiTokens:
    """Those in a file. Every method raises TokenError where it cannot be used."""

    def __init__(self, file: KeptFile, now: Callable[[], datetime] = _now) -> None:
        self._file = file
        self._now = now

    def all(self) -> list[ApiToken]:
        """The tokens, in the order in which they were made, those that expired too."""
        try:
            return self._tokens(self._file.read())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unreadable(error) from error

    def _tokens(self, data: bytes | None) -> list[ApiToken]:
        try:
            return json.decode(data, type=list[ApiToken]) if data is not None else []
        except (DecodeError, ValidationError) as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> TokenError:
        fix = "mend or delete it, and make the tokens anew"
        return TokenError(f"{self._file.place} cannot be read ({error}); {fix}")

    def make(self, name: str, groups: Groups, scopes: Iterable[Scope], days: int) -> str:
        """A new token, which is told this once. Raises TokenError for a name that is taken."""
        secret = BEGINNING + secrets.token_urlsafe(32)
        made = ApiToken(
            name=name,
            hash=_hashed(secret),
            groups=sorted(groups),
            scopes=list(scopes),
            made=self._now(),
            expires=self._now() + timedelta(days=min(max(days, 1), MOST_DAYS)),
        )

        def added(kept: list[ApiToken]) -> list[ApiToken]:
            _require_free(name, days, kept)
            return [*kept, made]

        self._change(added)
        return secret

    def withdraw(self, name: str) -> None:
        """Takes a token back. Raises TokenError where there is none of that name."""

        def without(kept: list[ApiToken]) -> list[ApiToken]:
            left = [token for token in kept if token.name != name]
            if len(left) == len(kept):
                raise TokenError(f"there is no token {name!r}; qa-service token list prints them")
            return left

        self._change(without)

    def known(self, secret: str) -> ApiToken | None:
        """What a token may do; None for one that was never made, was withdrawn or expired."""
        wanted = _hashed(secret)
        found = next((token for token in self.all() if token.hash == wanted), None)
        return found if found and not self.has_expired(found) else None

    def has_expired(self, token: ApiToken) -> bool:
        """Whether a token is of no use any more."""
        return token.expires <= self._now()

    def _change(self, change: Callable[[list[ApiToken]], list[ApiToken]]) -> None:
        def changed(data: bytes | None) -> bytes:
            return json.format(json.encode(change(self._tokens(data))), indent=1)

        try:
            self._file.change(changed)
        except OSError as error:
            raise TokenError(f"{self._file.place} cannot be written: {error.strerror}") from error


def _require_free(name: str, days: int, kept: list[ApiToken]) -> None:
    """Raises TokenError where no token of that name and age can be made."""
    if not name.strip():
        raise TokenError("a token needs a name, by which it can be withdrawn")
    if any(token.name == name for token in kept):
        raise TokenError(f"there is a token {name!r}; withdraw it or choose another name")
    if not 1 <= days <= MOST_DAYS:
        raise TokenError(f"a token lasts from 1 to {MOST_DAYS:,} days, not {days:,}")
    if len(kept) >= MOST_TOKENS:
        raise TokenError(f"there are {MOST_TOKENS:,} tokens, as many as can be; withdraw some")


def _hashed(secret: str) -> str:
    """Tokens have 256 random bits, so that their hash needs no salt and no slowness."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
