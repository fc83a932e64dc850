"""A folder of a file system elsewhere: listed whole, and its files fetched one by one."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Protocol

from qa_service.errors import FetchFailed, NotThere
from qa_service.mirroring.patience import within
from qa_service.mirroring.places import Entry, Held, Listing
from qa_service.translation.sentences import said

PIECE_BYTES = 2**20
MARKS = (
    *("ETag", "etag", "checksum", "content_md5", "md5Hash", "contentHash", "cTag", "version_id"),
    *("LastModified", "last_modified", "last_write_time", "modified", "updated", "mtime"),
)
"""What drivers call a hash or version of a file's bytes, and the time of writing."""
MOST_NAME_BYTES = 255
Info = Mapping[str, Any]
Connect = Callable[[], "tuple[FileSystem, str]"]


class FileSystem(Protocol):
    """What is asked of a driver of fsspec."""

    def ls(self, path: str, detail: bool = True) -> list[dict[str, Any]]: ...

    def info(self, path: str) -> dict[str, Any]: ...

    def open(self, path: str, mode: str = "rb") -> Any: ...

    def invalidate_cache(self, path: str | None = None) -> None: ...


class FileSystemPlace:
    """What lies below a folder of a file system. See Place."""

    def __init__(self, connect: Connect, address: str, seconds: float, most_bytes: int) -> None:
        """`connect` opens the file system and tells the folder's path in it; `seconds` is for
        each step."""
        self._connect, self._address = connect, address
        self._seconds, self._most_bytes = seconds, most_bytes
        self._opened: tuple[FileSystem, str] | None = None

    @property
    def _system(self) -> FileSystem:
        return self._reached()[0]

    @property
    def _root(self) -> str:
        return self._reached()[1]

    def _reached(self) -> tuple[FileSystem, str]:
        self._opened = self._opened or within(self._seconds, self._connect)
        return self._opened

    def listing(self) -> Listing:
        """See Place. Every folder is listed, and one that cannot be fails the whole."""
        self._opened = None
        entries: list[Entry] = []
        left_out: list[tuple[str, str]] = []
        folders, seen = [self._root], {self._root.strip("/")}
        while folders:
            for info in self._listed(folders.pop()):
                path = str(info["name"])
                if path.strip("/") in seen:
                    continue
                seen.add(path.strip("/"))
                if info.get("type") == "directory":
                    folders.append(path)
                elif not self._is_hidden(path):
                    reason = self._unfit(path, info)
                    if reason:
                        left_out.append((self._name(path), reason))
                    else:
                        entries.append(self._entry(path, info))
        return Listing(tuple(entries), tuple(left_out))

    def fetch(self, entry: Entry, held: Held | None, file: BinaryIO) -> Held | None:  # noqa: ARG002
        """See Place. What changes meanwhile, or breaks off, is not taken."""
        path = self._path(entry.address)
        try:
            written = self._copy(path, file)
            after = within(self._seconds, lambda: self._fresh_info(path))
        except FileNotFoundError as error:
            raise FetchFailed(said("it went away while it was fetched; build again")) from error
        if entry.size is not None and written != entry.size:
            raise FetchFailed(
                said(
                    "broke off after %(written)s of %(size)s bytes",
                    written=written,
                    size=entry.size,
                )
            )
        if _mark(after) != entry.mark:
            raise FetchFailed(said("it changed while it was fetched; build again"))
        return Held(entry.name, entry.mark, written)

    def is_gone(self, address: str) -> bool:
        """See Place."""
        try:
            within(self._seconds, lambda: self._fresh_info(self._path(address)))
        except FileNotFoundError:
            return True
        return False

    def table(self, held: dict[str, Held]) -> None:  # noqa: ARG002
        """None: it is a file like the others. See Place."""
        return

    def _listed(self, folder: str) -> list[dict[str, Any]]:
        try:
            return within(self._seconds, lambda: self._system.ls(folder, detail=True))
        except FileNotFoundError as error:
            gone = folder == self._root and self._is_gone_from_above()
            raise (NotThere if gone else FetchFailed)(
                said("there is no %(name)s; check the address", name=folder)
                if folder
                else said("there is no such folder; check the address")
            ) from error

    def _is_gone_from_above(self) -> bool:
        """Whether the folder above the root can be listed and does not name it: S3 has no folder
        without files."""
        above, _, name = self._root.rstrip("/").rpartition("/")
        if not above:
            return False
        try:
            found = within(self._seconds, lambda: self._system.ls(above, detail=True))
        except (FileNotFoundError, FetchFailed):
            return False
        return all(str(info["name"]).rstrip("/").rpartition("/")[2] != name for info in found)

    def _fresh_info(self, path: str) -> dict[str, Any]:
        self._system.invalidate_cache()
        return self._system.info(path)

    def _copy(self, path: str, file: BinaryIO) -> int:
        """Writes a file's bytes; how many they are. Raises FetchFailed where they are too many."""
        written = 0
        source = within(self._seconds, lambda: self._system.open(path, "rb"))
        while piece := within(self._seconds, lambda: source.read(PIECE_BYTES)):
            written += len(piece)
            if written > self._most_bytes:
                raise FetchFailed(self._too_large)
            file.write(piece)
        within(self._seconds, source.close)
        return written

    @property
    def _too_large(self) -> str:
        return said(
            "larger than %(most)s bytes; split it or raise QA_MAX_FILE_MEGABYTES",
            most=self._most_bytes,
        )

    def _entry(self, path: str, info: Info) -> Entry:
        size = info.get("size")
        return Entry(
            f"{self._address}/{self._name(path)}",
            self._name(path),
            _mark(info),
            size if isinstance(size, int) else None,
        )

    def _name(self, path: str) -> str:
        """Its path below the root."""
        root = self._root.strip("/")
        return path.strip("/").removeprefix(f"{root}/" if root else "")

    def _path(self, address: str) -> str:
        """The driver's path of what is at an address."""
        root, name = self._root.rstrip("/"), address.removeprefix(f"{self._address}/")
        return f"{root}/{name}" if root or self._root else name

    def _is_hidden(self, path: str) -> bool:
        return any(part.startswith(".") for part in self._name(path).split("/"))

    def _unfit(self, path: str, info: Info) -> str:
        """Why a file is not fetched; "" where it is."""
        if info.get("type") != "file":
            return said(
                "no file but of the kind %(type)s; links are not followed",
                type=info.get("type") or "?",
            )
        parts = self._name(path).split("/")
        try:
            longest = max(len(os.fsencode(part)) for part in parts)
        except UnicodeEncodeError:
            return said("its name is not UTF-8; rename it")
        if "" in parts or "\0" in path or longest > MOST_NAME_BYTES:
            return said("no file can have its name; rename it")
        return self._too_large if (info.get("size") or 0) > self._most_bytes else ""


def _mark(info: Info) -> str:
    """What differs whenever a file may hold something else; "" where its size alone is known."""
    found = {name: str(info[name]) for name in MARKS if info.get(name)}
    return json.dumps({"size": info.get("size"), **found}, sort_keys=True) if found else ""
