"""The original files of collections, for workers on other machines: from the folder of the
collection, or from its address, and always the very bytes that the build saw."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from qa_service.config import Settings
from qa_service.errors import FetchFailed
from qa_service.indexing.queue.messages import OriginalFile
from qa_service.mirroring.mirror_folder import MirrorFolder
from qa_service.mirroring.mirrors import is_site, open_place
from qa_service.mirroring.places import Entry
from qa_service.reading import Source, source_version


class Originals:
    """Those of the collections of some settings, as the machine that builds tells of them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, source: Source) -> tuple[str, OriginalFile] | None:
        """The collection of a file and how another machine has it; None where it cannot."""
        version, name = source_version(source), self._names.get(source.folder)
        if not version or name is None:
            return None
        path = source.path.relative_to(source.folder).as_posix()
        entry = self._entries[name].get(path) if name in self._entries else ("", "")
        if entry is None:
            return None
        return name, OriginalFile(path, source.name, source.collection, version, *entry)

    @cached_property
    def _names(self) -> dict[Path, str]:
        return {folder: name for name, folder in self._settings.folders}

    @cached_property
    def _entries(self) -> dict[str, dict[str, tuple[str, str]]]:
        """Of each mirror, by the paths of its files, their addresses and marks; nothing of web
        sites, whose pages this machine alone asks for."""
        return {name: self._held(name, address) for name, address in self._settings.addresses}

    def _held(self, name: str, address: str) -> dict[str, tuple[str, str]]:
        held = MirrorFolder(self._settings.mirror_folder(name)).state(address).held
        return {} if is_site(address) else {it.name: (at, it.mark) for at, it in held.items()}


class FetchedOriginals:
    """Those of the collections of some settings, as whoever reads them has them."""

    def __init__(self, settings: Settings, mirrored: bool = False) -> None:
        """Collections at addresses are fetched from there, file by file, unless all of them are
        `mirrored` here."""
        self._settings = settings
        elsewhere = {} if mirrored else dict(settings.addresses)
        self._addresses = {name: at for name, at in elsewhere.items() if not is_site(at)}
        self._folders = {
            name: folder
            for name, folder in settings.folders
            if folder.is_dir() and name not in elsewhere
        }

    @property
    def collections(self) -> list[str]:
        """Names of the collections whose files can be had here."""
        return [*self._folders, *self._addresses]

    @contextmanager
    def fetched(self, collection: str, file: OriginalFile) -> Iterator[Source]:
        """A file, as it is to be read. Raises FetchFailed where it is not there, or holds other
        bytes by now."""
        if collection in self._folders:
            yield _sound(file, self._folders[collection])
            return
        with tempfile.TemporaryDirectory(prefix="qa-original-") as folder:
            self._fetch(collection, file, Path(folder) / file.path)
            yield _sound(file, Path(folder))

    def _fetch(self, collection: str, file: OriginalFile, path: Path) -> None:
        place = open_place(self._addresses[collection], self._settings)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as written:
            place.fetch(Entry(file.address, file.path, file.mark), None, written)


def _sound(file: OriginalFile, folder: Path) -> Source:
    source = Source(folder / file.path, folder, file.name, file.collection)
    if source_version(source) != file.version:
        raise FetchFailed(f"{file.name} is not here as the build saw it")
    return source
