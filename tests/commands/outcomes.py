"""What the commands' tests ask, and what a plain failure looks like."""

from __future__ import annotations

from typing import NamedTuple

QUESTION = "What did inspectors recommend about quality assurance?"
FOREIGN = "Which zebra migrated across Antarctica yesterday?"
BORDERS = """# Borders inspection

Inspectors recommended better quality assurance of case records. Managers read files monthly.
"""


class Outcome(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


def assert_plain_failure(outcome: Outcome, *words: str) -> None:
    assert (outcome.status, outcome.out) == (1, "")
    message = outcome.err.splitlines()[-1]
    assert message.startswith("qa-service: ")
    assert "Traceback" not in outcome.err
    assert all(word in message for word in words)
