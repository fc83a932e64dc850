"""What a build has of the one in use: documents that are as they were are copied, those that are
gone are remembered, so that what cites them can say so."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from qa_service import stems as terms
from qa_service.errors import DocumentNotFound
from qa_service.indexing.encoding import passage_vectors as encoding
from qa_service.indexing.engine import store_writing
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.store_writing import Stretch
from qa_service.indexing.passages import cutting as passages
from qa_service.indexing.passages import headings, sentence_ends, sentences
from qa_service.nouns import dates
from qa_service.nouns.documents import Document, Withdrawal

_CODE = (dates, encoding, headings, passages, sentence_ends, sentences, store_writing, terms)
_LIBRARIES = ("bm25s", "PyStemmer", "sentencex", "symspellpy")
MOST_REMEMBERED = 100_000
"""Withdrawals that a build keeps; the oldest are forgotten first."""


@cache
def splitting_fingerprint() -> str:
    """sha256, in hex, of the code and libraries that make passages of a document and store them.

    How many tokens a text has is the model's to say, whose own fingerprint tells of it.
    """
    digest = hashlib.sha256(repr([(name, version(name)) for name in _LIBRARIES]).encode())
    for module in _CODE:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()


def unchanged(document: Document, old: FolderBuild) -> Stretch | None:
    """Where a build of the same model holds all that would be made of a document, or None."""
    if old.manifest.splitting != splitting_fingerprint():
        return None
    try:
        same = old.store.document(document.id) == document
    except DocumentNotFound:
        return None
    return old.store.stretch(document.id) if same else None


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
