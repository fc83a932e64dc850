"""Commands that change what is served, or who may read it, are written down."""

from __future__ import annotations

import argparse
import getpass
import sys

from qa_service.commands import ANSWERED, PARTLY_BUILT
from qa_service.config import Settings
from qa_service.disk.audit_log import Act, AuditLog

NOTED = {
    ("tokens", "make"): "token make",
    ("tokens", "withdraw"): "token withdraw",
    ("indexing", "build"): "build",
    ("indexing", "builds"): "builds --use",
    ("moving", "backup"): "backup",
    ("moving", "restore"): "restore",
}
"""Commands by the modules and functions that run them."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Runs a command; its exit status. Raises what the command does."""
    words = NOTED.get((options.run.__module__.rpartition(".")[2], options.run.__name__))
    if words is None or getattr(options, "use", "any") is None:
        return int(options.run(options, settings))
    status = None
    try:
        status = int(options.run(options, settings))
        return status
    finally:
        # Standard output is what the command gives.
        AuditLog(settings, sys.stderr).note(_act(words, options, status))


def _act(words: str, options: argparse.Namespace, status: int | None) -> Act:
    done = status in (ANSWERED, PARTLY_BUILT)
    named = (getattr(options, name, None) for name in ("name", "use", "file"))
    which = next((str(it) for it in named if it), "")
    who = f"user {getpass.getuser()} by a command"
    return Act(who=who, what=words, outcome="done" if done else "failed", which=which)
