"""Sentences of the extraction report on what of a document is not read."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.reading.metadata.titles import shortened

LONGEST_SHOWN = 120


def pictures_told(descriptions: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on pictures, with what their descriptions say; none where there are none."""
    if not descriptions:
        return ()
    count = len(descriptions)
    told = f"{count} picture{'s' * (count > 1)}{where} not read"
    said = [" ".join(text.split()) for text in dict.fromkeys(descriptions) if text.strip()]
    return (f'{told}: "{shortened("; ".join(said), LONGEST_SHOWN)}"' if said else told,)
