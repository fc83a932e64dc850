"""Quotes that a browser kept and sends back: what became of their words in the documents."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from qa_service.errors import DocumentNotFound, IndexingError
from qa_service.nouns.documents import Document
from qa_service.translation.catalogue import N_, _
from qa_service.web.serving.answer_service import current_service

CHANGED = N_("The document has changed since. Open the quote to see where its words stand now.")
GONE = N_("The document is no longer in the index.")
NOT_THERE = N_("The document does not hold these words at this place.")
NOT_COMPARED = N_("The index cannot be read at present, so the words were not compared.")
MOST_HELD = 32
"""Documents that are held for one request; a conversation quotes few."""


class SentQuote(Protocol):
    """Words, and where in which version of a document they are said to stand."""

    @property
    def quote(self) -> str: ...

    @property
    def document_version(self) -> str: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Comparison:
    """What does not match in the quotes of one request, each document of which is read once."""

    def __init__(self) -> None:
        self._documents = lru_cache(MOST_HELD)(_document)

    def mismatch_of(self, document_id: str, sent: SentQuote) -> str:
        """Why the words of a quote may not be its document's; empty where they stand there."""
        document = self._documents(document_id)
        if isinstance(document, str):
            return document
        if document.version != sent.document_version:
            return CHANGED
        return "" if document.text[sent.start : sent.end] == sent.quote else NOT_THERE


def _document(document_id: str) -> Document | str:
    """A document, or why there is none to compare with."""
    try:
        return current_service().document(document_id)[1]
    except DocumentNotFound:
        return GONE
    except IndexingError:
        return NOT_COMPARED


def mismatch_words(mismatch: str) -> str:
    """A mismatch as files that are given out tell it."""
    return _("Not verified. %(reason)s", reason=_(mismatch)) if mismatch else ""
