"""A fact with its place in a build."""

from __future__ import annotations

from typing import NamedTuple

from qa_service.nouns.documents import Fact


class StoredFact(NamedTuple):
    """A fact, its document, and where it stands among all of the build: the row of its passage
    and the place of its sentence, None where it is no sentence, as in a heading."""

    document_id: str
    row: int | None
    sentence: int | None
    fact: Fact
