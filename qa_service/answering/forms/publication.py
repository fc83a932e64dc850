"""When a document was published: only what speaks of that says it, no other date of it."""

from __future__ import annotations

from dataclasses import replace

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.finding import Found
from qa_service.stems import stem_set

_PUBLISHING = stem_set("published publication released issued")


def with_publication(found: Found, *, asked: bool) -> Found:
    """What was found; of it only what says that something was published, if that is asked for."""
    if not asked:
        return found
    return replace(found, chosen=tuple(filter(_says_so, found.chosen)))


def _says_so(item: Evidence) -> bool:
    passage = item.hit.passage
    return not _PUBLISHING.isdisjoint(
        stem_set(passage.text[item.start - passage.start : item.end - passage.start])
    )
