"""Readings of an earlier build, taken over where a file's bytes are the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from qa_service.indexing.building.build import open_current
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading import Source, document_id
from qa_service.reading.metadata.titles import FROM_FILE_NAME, readable_title

Items = tuple[Document | SkippedFile, ...]


class EarlierReadings:
    """What a build read, by the bytes of the files; a renamed file is found as well."""

    def __init__(self, opened: FolderBuild) -> None:
        self._store = opened.store
        self._skipped = {
            (item.source, item.version): item for item in opened.manifest.skipped if item.version
        }
        self._partly_read = {item.source for item in opened.manifest.skipped}

    def of(self, source: Source, version: str, stated: str) -> Items | None:
        """What a file of these bytes was read as; None where it has to be read.

        An archive of which a part could not be read is read again, and so is a file whose
        ending has changed, for that may not fit its content.
        """
        if skipped := self._skipped.get((source.name, version)):
            return (skipped,)
        for file, found in self._store.readings(version, stated).items():
            partly = any(name.startswith(f"{file}/") for name in self._partly_read)
            if not partly and PurePosixPath(file).suffix == PurePosixPath(source.name).suffix:
                return tuple(_moved(item, name, file, source) for name, item in found)
        return None


@contextmanager
def earlier_readings(index_dir: Path, reading: str) -> Iterator[EarlierReadings | None]:
    """The readings of the build in use; None where it was read with something else."""
    opened = open_current(index_dir)
    try:
        same = opened is not None and opened.manifest.reading == reading
        yield EarlierReadings(opened) if opened and same else None
    finally:
        if opened:
            opened.close()


def _moved(document: Document, was: str, file: str, source: Source) -> Document:
    """A document as if it had been read from where its file lies now."""
    name = source.name + was.removeprefix(file)
    named_by_file = document.metadata.get("title_source") == FROM_FILE_NAME
    return replace(
        document,
        id=document_id(name),
        source=name,
        title=readable_title(name) if named_by_file else document.title,
        collection=document.metadata.get("collection") or source.collection,
    )
