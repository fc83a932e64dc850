"""What the extraction report says of what was not read, and on which pages."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.reading.metadata.titles import shortened

LONGEST_SHOWN = 120
LEFT_OUT = "left out at the head or foot of"
"""So begins what is told of page numbers and other lines that stand on every page."""


def pictures_told(descriptions: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on pictures, with what their descriptions say; none where there are none."""
    return _told("picture", descriptions, where)


def comments_told(comments: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on comments, with what they begin with; none where there are none."""
    return _told("comment", comments, where)


def words_told(what: str, words: int) -> tuple[str, ...]:
    """A sentence on text of a kind ("struck-out text") that was not read; none without words."""
    return (f"{what} was not read: {words} word{'s' * (words > 1)}",) if words else ()


def _told(thing: str, texts: Sequence[str], where: str) -> tuple[str, ...]:
    if not texts:
        return ()
    count = len(texts)
    told = f"{count} {thing}{'s' * (count > 1)}{where} not read"
    said = [" ".join(text.split()) for text in dict.fromkeys(texts) if text.strip()]
    return (f'{told}: "{shortened("; ".join(said), LONGEST_SHOWN)}"' if said else told,)


def page_ranges(pages: Sequence[int]) -> str:
    """Page numbers in words: "page 3", "pages 1-4 and 9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    listed = " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
    return f"{'pages' if len(pages) > 1 else 'page'} {listed}"
