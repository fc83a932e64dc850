"""Suggested questions of a new build: those of the one before that still hold, and further ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.suggested import SuggestedQuestion

MOST_CHANGED = 0.5
"""Where a larger share of the documents is new, all suggestions are found anew."""


class Suggest(Protocol):
    """Finds questions that a build answers."""

    def __call__(
        self,
        opened: OpenedBuild,
        kept: Sequence[SuggestedQuestion] = (),
        among: Collection[str] | None = None,
    ) -> Sequence[SuggestedQuestion]:
        """Those `kept`, and further ones, of the documents `among` by id, or of all."""


def renewed_suggestions(
    new: OpenedBuild, old: OpenedBuild | None, suggest: Suggest
) -> Sequence[SuggestedQuestion]:
    """The suggestions of a new build, where `old` is the one that it replaces, if any.

    Those of documents that stay as they were are kept, and questions are made of the others
    alone; nothing is asked where there are none.
    """
    if old is None or old.manifest.model_fingerprint != new.manifest.model_fingerprint:
        return suggest(new)
    before = {item.id: item for item in old.catalogue}
    changed = {item.id for item in new.catalogue if before.get(item.id) != item}
    if not old.suggested or len(changed) > MOST_CHANGED * len(new.catalogue):
        return suggest(new)
    here = {item.id for item in new.catalogue} - changed
    kept = [item for item in old.suggested if item.document_id in here]
    return suggest(new, kept, changed) if changed else kept
