"""Documents whose text holds some words: side by side, as a thing's name does, or apart."""

from __future__ import annotations

from functools import partial, reduce

import numpy as np

from qa_service.indexing.opened import OpenedBuild
from qa_service.indexing.terms import terms

MOST_ROWS = 20_000
"""Of words that stand together in more passages it is not looked whether side by side."""


def documents_mentioning(opened: OpenedBuild, words: str) -> tuple[set[str], set[str]]:
    """Ids of the documents in which a sentence holds the words side by side, in any form and
    whatever function words stand between them, and of the others that hold them in a passage."""
    stems = terms(words)
    holding = opened.documents_with(set(stems))
    if len(stems) == 1:
        return holding, set()
    postings = [opened.keyword.rows_with(stem) for stem in set(stems)]
    rows = reduce(partial(np.intersect1d, assume_unique=True), postings)
    if len(rows) > MOST_ROWS:
        return holding, set()
    said = f" {' '.join(stems)} "
    lines = (record.lines.replace("\n", " \n ") for record in opened.store.sentences(rows))
    found = [row for row, line in zip(rows, lines, strict=True) if said in f" {line} "]
    beside = {passage.document_id for passage in opened.store.passages(found)}
    return beside, holding - beside
