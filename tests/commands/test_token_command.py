"""`token`: made and told once, listed without secrets, withdrawn."""

from __future__ import annotations

import json

from outcomes import assert_plain_failure


def test_a_token_is_told_once_and_listed_without_it(run) -> None:
    made = run("token", "make", "newsroom", "--groups", "staff; board", "--days", "90")
    assert made.out.startswith("qat_")
    assert "Made newsroom: board; staff; for ask, documents; until " in made.err
    assert "access is open" in made.err
    listed = run("token", "list", "--json")
    assert made.out.strip() not in listed.out
    [token] = json.loads(listed.out)
    assert (token["groups"], token["expired"]) == (["board", "staff"], False)


def test_a_token_is_withdrawn_by_its_name(run) -> None:
    run("token", "make", "newsroom", "--scope", "ask")
    assert run("token", "withdraw", "newsroom").out == "Withdrawn.\n"
    assert run("token", "list").out == "There is no token.\n"
    assert_plain_failure(run("token", "withdraw", "newsroom"), "qa-service token list")
