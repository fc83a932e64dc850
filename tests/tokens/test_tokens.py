"""Tokens of programs: told once, kept as hashes, of no use once expired or withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest
from beside_builds import tokens_in

from qa_service.errors import TokenError
from qa_service.tokens.api_tokens import FILE_NAME

BOARD = frozenset({"board"})


@pytest.fixture
def today():
    """A moment that tests move."""
    return [datetime(2030, 1, 1, tzinfo=UTC)]


@pytest.fixture
def tokens(tmp_path, today):
    return tokens_in(tmp_path / "index", lambda: today[0])


def test_a_token_is_known_with_its_groups_and_scopes(tokens):
    secret = tokens.make("newsroom", BOARD, ["ask"], 30)
    found = tokens.known(secret)
    assert (found.name, found.groups, found.scopes) == ("newsroom", ["board"], ["ask"])
    assert tokens.known(secret[:-1]) is None


def test_the_file_holds_no_token_and_is_its_owners_alone(tokens, tmp_path):
    secret = tokens.make("newsroom", BOARD, ["ask"], 30)
    path = tmp_path / "index" / FILE_NAME
    assert secret.removeprefix("qat_") not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_a_token_ends_on_its_day(tokens, today):
    secret = tokens.make("newsroom", BOARD, ["ask"], 30)
    today[0] += timedelta(days=30, seconds=-1)
    assert tokens.known(secret)
    today[0] += timedelta(seconds=1)
    assert tokens.known(secret) is None
    assert tokens.has_expired(tokens.all()[0])


def test_a_token_that_is_withdrawn_is_not_known_and_others_stay(tokens):
    first, second = (tokens.make(name, BOARD, ["ask"], 30) for name in ("one", "two"))
    tokens.withdraw("one")
    assert tokens.known(first) is None
    assert tokens.known(second)
    with pytest.raises(TokenError, match="token list"):
        tokens.withdraw("one")


@pytest.mark.parametrize(
    ("name", "days", "fix"), [("", 30, "needs a name"), ("one", 30, "withdraw"), ("x", 0, "1 to")]
)
def test_what_cannot_be_a_token_is_told(tokens, name, days, fix):
    tokens.make("one", BOARD, ["ask"], 30)
    with pytest.raises(TokenError, match=fix):
        tokens.make(name, BOARD, ["ask"], days)


def test_a_damaged_file_opens_nothing(tokens):
    secret = tokens.make("one", BOARD, ["ask"], 30)
    tokens._file.place.write_text("[{}]")
    with pytest.raises(TokenError, match="make the tokens anew"):
        tokens.known(secret)
