"""Documents whose text holds some words: side by side, as a thing's name does, or apart."""

from __future__ import annotations

from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.stems import terms, unaccented

MOST_ROWS = 20_000
"""Of words that stand together in more passages it is not looked whether side by side."""


def documents_mentioning(opened: OpenedBuild, words: str) -> tuple[set[str], set[str]]:
    """Ids of the documents in which a sentence holds the words side by side, in any form and
    whatever function words stand between them, and of the others that hold them in a passage."""
    stems = list(map(unaccented, terms(words)))
    rows = opened.rows_with_accents(stems)
    holding = opened.documents_of(rows)
    if len(stems) == 1 or len(rows) > MOST_ROWS:
        return holding, set()
    said = f" {' '.join(stems)} "
    found = [said in _plain(record.lines) for record in opened.store.sentences(rows)]
    beside = opened.documents_of(rows[found])
    return beside, holding - beside


def _plain(lines: str) -> str:
    """Stems of sentences without their accents, each between blanks."""
    if not lines.isascii():
        lines = "\n".join(" ".join(map(unaccented, line.split())) for line in lines.split("\n"))
    return f" {lines} ".replace("\n", " \n ")
