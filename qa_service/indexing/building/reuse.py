"""Documents that the build in use holds just as this one would: what was made of them is copied."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
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
from qa_service.nouns.documents import Document

_CODE = (dates, encoding, headings, passages, sentence_ends, sentences, store_writing, terms)
_LIBRARIES = ("bm25s", "PyStemmer", "sentencex", "symspellpy")


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
