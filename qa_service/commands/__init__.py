"""The commands of the command line, and what each does."""

from __future__ import annotations

import json

ANSWERED, FAILED, PARTLY_BUILT, NO_EVIDENCE = 0, 1, 3, 4
"""Exit statuses; 2 is the argument parser's own, for a wrong flag."""


def json_text(value: object) -> str:
    """JSON as the commands print it."""
    return json.dumps(value, ensure_ascii=False, indent=2)
