"""Facts of documents in the store: found by the stems of their labels, and where they stand."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qa_service.nouns.documents import Fact, Passage, StoredFact
from qa_service.stems import terms

FACT = """document_id, row, sentence, label, value, start, "end", value_start, value_end,
    "column", date"""
IN_ORDER = "ORDER BY document_id, place"


def label_stems(label: str) -> str:
    """The stems of a label, each once, in order of the alphabet, with a blank around each."""
    return f" {' '.join(sorted(set(terms(label))))} "


def fact_conditions(label: str | None, document_ids: Iterable[str] | None) -> tuple[str, list[str]]:
    """The WHERE of facts with all stems of a label, and of some documents; and its values."""
    conditions: list[str] = []
    values: list[str] = []
    if label is not None:
        for stem in set(terms(label)) or {label}:
            conditions.append("instr(stems, ?)")
            values.append(f" {stem} ")
    if document_ids is not None:
        conditions.append("document_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(document_ids)))
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def fact_of(record: tuple[Any, ...]) -> StoredFact:
    """The fact of a row of the columns FACT."""
    document_id, row, sentence, *values = record
    return StoredFact(document_id, row, sentence, Fact(*values))


def fact_places(
    facts: Sequence[Fact], passages: Sequence[Passage], first_sentence: int
) -> Iterator[tuple[int | None, int | None]]:
    """For each fact the row of its passage and the place of its sentence among all of the build.

    `first_sentence` is the place of the passages' first one.
    """
    starts = [passage.start for passage in passages]
    firsts = [first_sentence]
    for passage in passages:
        firsts.append(firsts[-1] + len(passage.sentences))
    for fact in facts:
        at = bisect_right(starts, fact.value_start) - 1
        if at < 0:
            yield None, None
            continue
        sentences = passages[at].sentences
        within = [n for n, (start, end) in enumerate(sentences) if start <= fact.value_start < end]
        yield passages[at].row, firsts[at] + within[0] if within else None
