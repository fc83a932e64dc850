"""Filters as a condition on documents."""

from __future__ import annotations

from typing import Any

from qa_service.nouns.questions import Filters


def condition(filters: Filters) -> tuple[str, dict[str, Any]]:
    """What a WHERE over documents says for `Filters.admits`, and its values; "true" for none."""
    parts = {
        "id = ANY(%(ids)s)": filters.document_ids,
        """id IN (SELECT document_id FROM sources
            WHERE sources.collection = ANY(%(collections)s))""": filters.collections,
        """substr(date || '-99-99', 1, 10) COLLATE "C" >= %(since)s""": filters.date_from,
        """date COLLATE "C" <= %(until)s""": filters.date_to,
    }
    values = {
        "ids": list(filters.document_ids),
        "collections": list(filters.collections),
        "since": filters.date_from,
        "until": filters.date_to,
    }
    return " AND ".join(part for part, value in parts.items() if value) or "true", values
