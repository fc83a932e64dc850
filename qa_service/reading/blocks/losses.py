"""Sentences of the extraction report on what of a document is not read."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.reading.metadata.titles import shortened

LONGEST_SHOWN = 120


def pictures_told(descriptions: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on pictures, with what their descriptions say; none where there are none."""
    return _told("picture", descriptions, where)


def comments_told(comments: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on comments, with what they begin with; none where there are none."""
    return _told("comment", comments, where)


def _told(thing: str, texts: Sequence[str], where: str) -> tuple[str, ...]:
    if not texts:
        return ()
    count = len(texts)
    told = f"{count} {thing}{'s' * (count > 1)}{where} not read"
    said = [" ".join(text.split()) for text in dict.fromkeys(texts) if text.strip()]
    return (f'{told}: "{shortened("; ".join(said), LONGEST_SHOWN)}"' if said else told,)
