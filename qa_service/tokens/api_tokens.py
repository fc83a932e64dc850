"""Tokens of programs, kept beside the builds as hashes: made, listed, withdrawn, recognised."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

from msgspec import DecodeError, Struct, ValidationError, json

from qa_service.disk.whole_files import OWNER_ONLY, put_whole
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
    """The file of an index folder. Every method raises TokenError where it cannot be used."""

    def __init__(self, index_dir: Path, now: Callable[[], datetime] = _now) -> None:
        self.path = index_dir / FILE_NAME
        self._now = now

    def all(self) -> list[ApiToken]:
        """The tokens, in the order in which they were made, those that expired too."""
        try:
            return json.decode(self.path.read_bytes(), type=list[ApiToken])
        except FileNotFoundError:
            return []
        except (OSError, DecodeError, ValidationError) as error:
            fix = "mend or delete it, and make the tokens anew"
            raise TokenError(f"{self.path} cannot be read ({error}); {fix}") from error

    def make(self, name: str, groups: Groups, scopes: Iterable[Scope], days: int) -> str:
        """A new token, which is told this once. Raises TokenError for a name that is taken."""
        kept = self.all()
        if not name.strip():
            raise TokenError("a token needs a name, by which it can be withdrawn")
        if any(token.name == name for token in kept):
            raise TokenError(f"there is a token {name!r}; withdraw it or choose another name")
        if not 1 <= days <= MOST_DAYS:
            raise TokenError(f"a token lasts from 1 to {MOST_DAYS:,} days, not {days:,}")
        if len(kept) >= MOST_TOKENS:
            raise TokenError(f"there are {MOST_TOKENS:,} tokens, as many as can be; withdraw some")
        secret = BEGINNING + secrets.token_urlsafe(32)
        made = ApiToken(
            name=name,
            hash=_hashed(secret),
            groups=sorted(groups),
            scopes=list(scopes),
            made=self._now(),
            expires=self._now() + timedelta(days=days),
        )
        self._write([*kept, made])
        return secret

    def withdraw(self, name: str) -> None:
        """Takes a token back. Raises TokenError where there is none of that name."""
        kept = self.all()
        left = [token for token in kept if token.name != name]
        if len(left) == len(kept):
            raise TokenError(f"there is no token {name!r}; qa-service token list prints them")
        self._write(left)

    def known(self, secret: str) -> ApiToken | None:
        """What a token may do; None for one that was never made, was withdrawn or expired."""
        wanted = _hashed(secret)
        found = next((token for token in self.all() if token.hash == wanted), None)
        return found if found and not self.has_expired(found) else None

    def has_expired(self, token: ApiToken) -> bool:
        """Whether a token is of no use any more."""
        return token.expires <= self._now()

    def _write(self, tokens: Iterable[ApiToken]) -> None:
        try:
            put_whole(self.path, json.format(json.encode(list(tokens)), indent=1), OWNER_ONLY)
        except OSError as error:
            raise TokenError(f"{self.path} cannot be written: {error.strerror}") from error


def _hashed(secret: str) -> str:
    """Tokens have 256 random bits, so that their hash needs no salt and no slowness."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
