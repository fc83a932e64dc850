"""Which documents of earlier builds are gone, so that what cites them can say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.nouns.documents import Withdrawal

MOST_REMEMBERED = 100_000
"""Withdrawals that a build keeps; the oldest are forgotten first."""


def withdrawn(
    earlier: FolderBuild | None, documents: Mapping[tuple[str, str], str]
) -> tuple[Withdrawal, ...]:
    """Documents of the earlier build, and those it knew to be withdrawn, that are not here.

    `documents` are the ids of the new build by version and access group.
    """
    if earlier is None:
        return ()
    ids = frozenset(documents.values())
    now_at = {version: name for (version, _), name in documents.items()}
    gone = (replace(item, moved_to=now_at.get(item.version)) for item in _candidates(earlier, ids))
    return tuple(islice(gone, MOST_REMEMBERED))


def _candidates(earlier: FolderBuild, ids: Collection[str]) -> Iterator[Withdrawal]:
    today = datetime.now(UTC).date().isoformat()
    for item in earlier.store.summaries():
        if item.id not in ids:
            yield Withdrawal(item.id, item.title, item.source, item.version, today)
    for known in earlier.store.withdrawals():
        if known.id not in ids:
            yield known
