"""Filters as conditions of SQL: they say of all documents what `Filters.admits` says of one."""

from __future__ import annotations

import json

from qa_service.nouns.questions import Filters


def filter_conditions(filters: Filters) -> tuple[list[str], list[str]]:
    """What a WHERE over documents joins by AND, and its values; nothing without filters."""
    within = "(SELECT value FROM json_each(?))"
    conditions = {
        f"id IN {within}": _json_list(filters.document_ids),
        f"id IN (SELECT document_id FROM sources WHERE collection IN {within})": _json_list(
            filters.collections
        ),
        "substr(date || '-99-99', 1, 10) >= ?": filters.date_from,
        "date <= ?": filters.date_to,
    }
    kept = {condition: value for condition, value in conditions.items() if value}
    return list(kept), list(kept.values())


def _json_list(values: tuple[str, ...]) -> str | None:
    return json.dumps(values) if values else None
