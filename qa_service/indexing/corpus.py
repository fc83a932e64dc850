"""The corpus folder as what a build takes in: documents, and files that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qa_service.reading import ReadingLimits, Source, list_sources, source_version
from qa_service.reading.isolation.pool import ReadingPool
from qa_service.schema import Document, SkippedFile


def read_corpus(
    corpus_dir: Path, limits: ReadingLimits, processes: int = 0
) -> Iterator[Document | SkippedFile]:
    """Every file below the folder, ordered by name; one that cannot be read is skipped.

    Raises BuildFailed where there is no such folder.
    """
    sources = list_sources(corpus_dir)
    with ReadingPool(limits, processes) as pool:

        def read(source: Source) -> list[Document | SkippedFile]:
            return [_with_version(item, source) for item in pool.read(source)]

        for items in pool.map(read, sources):
            yield from items


def _with_version(item: Document | SkippedFile, source: Source) -> Document | SkippedFile:
    """A skipped file with the hash of its bytes, where not even that was got before."""
    if isinstance(item, SkippedFile) and not item.version and item.source == source.name:
        return replace(item, version=source_version(source))
    return item
