"""What the claims of a token say of who it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa_service.nouns.access import EVERYBODY, Groups, groups_of

LEEWAY_SECONDS = 60
"""By which clocks may differ."""


def groups_claimed(claims: Mapping[str, Any], name: str, separator: str) -> Groups:
    """The groups of a claim that is a list of names, or a text of them.

    `name` is that of a claim or, with dots, the way to one within others. A claim that is not
    there names no group.
    """
    value = claims[name] if name in claims else _within(claims, name)
    if isinstance(value, str):
        return groups_of(value, separator)
    if isinstance(value, list):
        return frozenset(filter(None, (str(item).strip() for item in value)))
    return EVERYBODY


def _within(claims: Mapping[str, Any], name: str) -> Any:
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
