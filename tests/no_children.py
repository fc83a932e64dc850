"""What reads and cuts documents without child processes, for tests that aren't about these."""

from __future__ import annotations

from qa_service.indexing.passages.cutting import CountTokens, split_document
from qa_service.nouns.documents import Document, Passage, SkippedFile
from qa_service.reading import ReadingLimits
from qa_service.reading.files import read_source
from qa_service.reading.sources import Source
from qa_service.reading.timing import Spent, told_of_stages


class ReadsHere:
    """Reads files in this process, as a child would: what starts one takes most of a second."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self.spent: Spent = {}

    def read(self, source: Source) -> list[Document | SkippedFile]:
        self.spent = {}
        with told_of_stages(self.spent):
            return list(read_source(source, self._limits))

    def stop(self) -> None:
        """There is nothing to end."""

    close = stop


def cut_here(
    document: Document, count_tokens: CountTokens, max_tokens: int, spent: float = 0.0
) -> list[Passage]:
    """Cuts in this process, without bounds."""
    del spent
    return split_document(document, count_tokens, max_tokens)


class CutsHere:
    """Cuts documents in this process, as a child would."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.limits = limits

    def __enter__(self) -> CutsHere:
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to end."""

    cut = staticmethod(cut_here)
