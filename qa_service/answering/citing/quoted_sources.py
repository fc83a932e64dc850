"""Which documents an earlier reply quotes: a conversation holds its words, not its citations."""

from __future__ import annotations

from collections.abc import Iterator

from qa_service.indexing.engine.keyword import weighed
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.documents import DocumentSummary, Passage
from qa_service.stems import terms

MOST_PASSAGES = 20
"""Those most like the reply are looked into for its sentences."""
LEAST_WORDS = 4
"""A shorter sentence stands in many documents."""


def quoted_documents(opened: OpenedBuild, question: str, reply: str) -> tuple[DocumentSummary, ...]:
    """The documents that a reply quotes word for word; none for a reply without words.

    Where documents that the question names are among them, of those alone: the same sentence
    may stand in others too.
    """
    said = " ".join(reply.split())
    rows, _ = opened.keyword.search(weighed(terms(said)), MOST_PASSAGES)
    quoted: dict[str, int] = {}
    for passage in opened.store.passages(rows):
        for at in (said.find(sentence) for sentence in _sentences(passage)):
            if at >= 0:
                quoted[passage.document_id] = min(at, quoted.get(passage.document_id, at))
    named = named_together(opened.names.named_in(question))
    found = {*quoted} & named or {*quoted}
    documents = opened.store.summaries(found) if found else ()
    return tuple(sorted(documents, key=lambda document: quoted[document.id]))


def _sentences(passage: Passage) -> Iterator[str]:
    for start, end in passage.sentences:
        words = passage.text[start - passage.start : end - passage.start].split()
        if len(words) >= LEAST_WORDS:
            yield " ".join(words)
