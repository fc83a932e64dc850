"""Which sentences of a passage may be quoted."""

from __future__ import annotations

from bisect import bisect_right

from qa_service.nouns.documents import Passage

NEVER_QUOTED = ("contents", "boilerplate")


def quotable_sentences(passage: Passage) -> tuple[bool, ...]:
    """For each sentence of a passage whether it may be quoted, or made a suggestion of.

    Lines of contents and boilerplate may not: they are there to be searched. A passage whose
    blocks are not known is quoted whole.
    """
    starts = [block.start for block in passage.blocks]
    places = [bisect_right(starts, start) - 1 for start, _ in passage.sentences]
    return tuple(place < 0 or passage.blocks[place].kind not in NEVER_QUOTED for place in places)
