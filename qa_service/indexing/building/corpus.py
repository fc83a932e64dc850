"""The corpus as what a build takes in: its files, each with the documents read in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import reduce
from operator import and_
from pathlib import Path, PurePosixPath
from typing import Protocol

from qa_service.errors import BuildFailed
from qa_service.indexing.building.metadata_table import StatedFacts, read_stated
from qa_service.indexing.building.reading_cache import EarlierReadings
from qa_service.nouns.documents import TABLE_NAME, CorpusFile, Document, SkippedFile
from qa_service.reading import ReadingLimits, Source, list_sources, source_version
from qa_service.reading.blocks.losses import PART_NOT_READ
from qa_service.reading.isolation.pool import ReadingPool
from qa_service.reading.timing import Spent
from qa_service.translation.sentences import said

Items = list[Document | SkippedFile]
Folders = Sequence[tuple[str, Path]]
"""Names of collections and their folders; a folder without a name is a corpus by itself."""


class FileReaders(Protocol):
    """What reads many files ahead of who takes the documents, see ReadingPool."""

    def read_timed(self, source: Source) -> tuple[Items, Spent]:
        """All documents of a file, what could not be read, and the seconds of each stage."""

    def map(
        self, work: Callable[[Source], CorpusFile], items: Iterable[Source]
    ) -> Iterator[CorpusFile]:
        """`work` of every file, in order, done ahead."""


def corpus_sources(folders: Folders) -> list[Source]:
    """Every file of the corpus but the tables that tell of the others, by folder and name.

    Raises BuildFailed where a folder is missing or two files have one name.
    """
    listed = [source for name, folder in folders for source in list_sources(folder, name)]
    sources = [source for source in listed if not _is_table(source)]
    counts = Counter(source.name for source in sources)
    for name, count in counts.items():
        if count > 1:
            raise BuildFailed(
                said(
                    "two files are called %(name)s: a collection, or the folder of uploads, has "
                    "the name of a folder of the corpus; rename that folder",
                    name=name,
                )
            )
    return sources


def folder_mode(folders: Folders) -> int:
    """Permissions of a folder that is no more readable than every file of the corpus."""
    paths = [folder for _, folder in folders]
    paths += [source.path for source in corpus_sources(folders)]
    readable = reduce(and_, (path.stat().st_mode for path in paths if path.exists()), 0o777)
    return 0o700 | (0o050 if readable & 0o040 else 0) | (0o005 if readable & 0o004 else 0)


def _is_table(source: Source) -> bool:
    return source.path == source.folder / TABLE_NAME


def read_corpus(
    folders: Folders,
    limits: ReadingLimits,
    processes: int = 0,
    earlier: EarlierReadings | None = None,
    unfetched: Sequence[SkippedFile] = (),
    readers: FileReaders | None = None,
) -> Iterator[CorpusFile]:
    """Every file of the corpus, ordered by name; what cannot be read in one is named in it.

    Those that could not be fetched from elsewhere come last. A table may tell of them, too.

    Files whose bytes are known from `earlier` are not read again; others are by `readers`, or by
    so many `processes` of this machine within the `limits`. Raises BuildFailed
    where a folder is missing or a table of facts cannot be used.
    """
    sources = corpus_sources(folders)
    facts = read_stated(folders, known_names(sources, unfetched))
    own = nullcontext(readers) if readers else ReadingPool(limits, processes)
    with own as pool:

        def read(source: Source) -> CorpusFile:
            version = source_version(source)
            stated = facts.of_file(source.name)
            known = earlier.of(source, version, stated) if earlier and version else None
            items, spent = (known, {}) if known is not None else pool.read_timed(source)
            told = _with_lost_parts(items)
            finished = tuple(_finished(item, source, version, facts) for item in told)
            return CorpusFile(source.name, version, finished, stated, known is not None, spent)

        yield from pool.map(read, sources)
    yield from (CorpusFile(item.source, "", (item,)) for item in unfetched)


def known_names(sources: Sequence[Source], unfetched: Sequence[SkippedFile]) -> list[str]:
    """Of which files a table may tell."""
    return [*(source.name for source in sources), *(item.source for item in unfetched)]


def _with_lost_parts(items: Sequence[Document | SkippedFile]) -> Items:
    """The items, each document with a warning on every file within it that could not be read."""
    lost: dict[str, list[str]] = {}
    names = {item.source for item in items if isinstance(item, Document)}
    for item in items:
        if isinstance(item, SkippedFile) and (holder := _holder(item.source, names)):
            part = item.source.removeprefix(f"{holder}/")
            told = said(PART_NOT_READ, part=part, reason=item.reason)
            lost.setdefault(holder, []).append(told)
    return [_warned(item, lost.get(item.source, ())) for item in items]


def _holder(name: str, names: set[str]) -> str | None:
    """The nearest document that a file lies in."""
    around = (str(path) for path in PurePosixPath(name).parents)
    return next((path for path in around if path in names), None)


def _warned(item: Document | SkippedFile, more: Sequence[str]) -> Document | SkippedFile:
    if not more or isinstance(item, SkippedFile):
        return item
    read = item.extraction
    return replace(item, extraction=replace(read, warnings=(*read.warnings, *more)))


def _finished(
    item: Document | SkippedFile, source: Source, version: str, facts: StatedFacts
) -> Document | SkippedFile:
    """An item with what a table states of it, or with the hash of its file's bytes."""
    if isinstance(item, Document):
        return facts.applied(item)
    if not item.version and item.source == source.name:
        return replace(item, version=version)
    return item
