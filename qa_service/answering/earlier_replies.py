"""Which documents an earlier reply quotes: a conversation holds its words, not its citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from qa_service.indexing.engine.keyword import weighed
from qa_service.indexing.engine.opened import OpenedBuild
from qa_service.indexing.lookup.names import named_together
from qa_service.nouns.documents import DocumentSummary, Passage
from qa_service.nouns.parsed_question import NamedDocuments
from qa_service.stems import terms

MOST_PASSAGES = 20
"""Those most like the reply are looked into for its sentences."""
LEAST_WORDS, FEWEST_WORDS = 4, 2
"""A shorter sentence stands in many documents: words of one, and of one in a document named."""


def quoted_documents(
    opened: OpenedBuild, named: Sequence[NamedDocuments], reply: str
) -> tuple[DocumentSummary, ...]:
    """The documents that a reply quotes word for word; none for a reply without words.

    Where documents that the question names are among them, of those alone: the same sentence
    may stand in others too. So is one of which another has every sentence quoted, and more.
    """
    said = " ".join(reply.split())
    rows, _ = opened.best_worded(weighed(terms(said)), MOST_PASSAGES)
    meant = named_together(named)
    quoted: defaultdict[str, set[int]] = defaultdict(set)
    for passage in opened.store.passages(rows):
        least = FEWEST_WORDS if passage.document_id in meant else LEAST_WORDS
        places = {said.find(sentence) for sentence in _sentences(passage, least)}
        quoted[passage.document_id] |= places - {-1}
    told = {name: places for name, places in quoted.items() if places}
    within = {name: told[name] for name in meant & told.keys()} or told
    found = [name for name in within if not any(told[name] < other for other in within.values())]
    documents = opened.summaries(found)
    return tuple(sorted(documents, key=lambda document: min(told[document.id])))


def _sentences(passage: Passage, least: int) -> Iterator[str]:
    for start, end in passage.sentences:
        words = passage.text[start - passage.start : end - passage.start].split()
        if len(words) >= least:
            yield " ".join(words)
