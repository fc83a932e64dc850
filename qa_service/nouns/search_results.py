"""Ranked passages for a query."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.nouns.answers import Correction
from qa_service.nouns.results import Hit, IndexInfo


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked passages for a query, without an answer."""

    query: str
    hits: tuple[Hit, ...]
    index: IndexInfo
    took_ms: float
    corrections: tuple[Correction, ...] = ()
