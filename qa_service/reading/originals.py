"""The file that a document was read from: its bytes and its pages, as long as it is the same.

Hashed whenever it may have changed: what is shown beside a document's text is what the text
was read from.
"""

from __future__ import annotations

import atexit
import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from queue import Empty, SimpleQueue
from threading import Timer
from typing import BinaryIO, TypeVar

from qa_service.errors import OriginalUnavailable, UnreadableDocument
from qa_service.nouns.documents import DocumentSummary
from qa_service.reading.file_states import remembered_sha256
from qa_service.reading.isolation.bounds import CHANGED, DONE, UNREADABLE
from qa_service.reading.isolation.children import kill_child, start_child
from qa_service.reading.limits import ReadingLimits
from qa_service.reading.sources import Source, open_source
from qa_service.translation.catalogue import N_, _

WORKER = "qa_service.reading.isolation.original_worker"
WIDTHS = (600, 900, 1400, 2000)
"""The widths in pixels that a page may be drawn at."""
PICTURED = frozenset({"pdf", "image"})
"""Kinds of files whose pages can be drawn."""
SECONDS = 15.0
"""The most that one page, or one file within a file, may take."""
GRACE = 3.0
MOST_PICTURE_BYTES = 32 * 2**20
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HAS_CHANGED = N_(
    "the file has changed since the index was built, so it is not shown beside the text that was "
    "read then; it will be after the next: qa-service build"
)
HAS_LEFT = N_("the file is not in the corpus any more; the next qa-service build will take note")

_ready: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
Result = TypeVar("Result")
Folders = Sequence[tuple[str, Path]]


@dataclass(frozen=True, slots=True)
class Original:
    """Where the bytes of a document lie: a file of the corpus, or the file `name` within it."""

    source: Source
    name: str
    version: str


def from_original(
    document: DocumentSummary, folders: Folders, use: Callable[[Original], Result]
) -> Result:
    """What `use` makes of the first original that is still the document's.

    Raises OriginalUnavailable, with the reason of the last one, where none is.
    """
    reason = HAS_LEFT
    for original in _originals(document, folders):
        try:
            return use(original)
        except (OriginalUnavailable, UnreadableDocument) as error:
            reason = str(error)
    raise OriginalUnavailable(_(reason))


def is_whole_file(original: Original) -> bool:
    """Whether the document is a file of the corpus and not one within it."""
    return original.name == original.source.name


def opened(original: Original, limits: ReadingLimits) -> BinaryIO:
    """The bytes, as a file at its beginning. Raises OriginalUnavailable where they changed."""
    if not is_whole_file(original):
        return BytesIO(_from_child(original, limits, limits.file_bytes))
    file = open_source(original.source)
    if remembered_sha256(file) != original.version:
        file.close()
        raise OriginalUnavailable(_(HAS_CHANGED))
    file.seek(0)
    return file


def drawn(original: Original, page: int, width: int, limits: ReadingLimits) -> bytes:
    """A page (from 1) as PNG, drawn by a child process. Raises OriginalUnavailable."""
    picture = _from_child(original, limits, MOST_PICTURE_BYTES, page, width)
    if not picture.startswith(PNG_SIGNATURE):
        raise OriginalUnavailable(
            _("page %(number)s cannot be drawn; read its text instead", number=page)
        )
    return picture


def _originals(document: DocumentSummary, folders: Folders) -> Iterator[Original]:
    for name in document.sources or (document.source,):
        for collection, folder in folders:
            inner = PurePosixPath(name)
            if collection and not inner.is_relative_to(collection):
                continue
            inner = inner.relative_to(collection) if collection else inner
            if source := _file_on_the_way(inner, folder, collection):
                yield Original(source, name, document.version)


def _file_on_the_way(inner: PurePosixPath, folder: Path, collection: str) -> Source | None:
    """The file that a path below a folder leads to or into; None where none is there."""
    if inner.is_absolute() or ".." in inner.parts:
        return None
    for steps in range(1, len(inner.parts) + 1):
        within = PurePosixPath(*inner.parts[:steps])
        if (folder / within).is_file():
            name = PurePosixPath(collection) / within
            return Source(folder / within, folder, str(name), collection)
    return None


def _from_child(
    original: Original,
    limits: ReadingLimits,
    most_bytes: int,
    page: int | None = None,
    width: int = 0,
) -> bytes:
    request = {
        "path": str(original.source.path.absolute()),
        "folder": str(original.source.folder.absolute()),
        "source": original.source.name,
        "name": original.name,
        "version": original.version,
        "page": page,
        "width": width,
        "limits": asdict(replace(limits, seconds=min(limits.seconds, SECONDS))),
    }
    status, output = _run(json.dumps(request), most_bytes)
    if status == DONE and output:
        return output
    if status == CHANGED:
        raise OriginalUnavailable(_(HAS_CHANGED))
    if status == UNREADABLE and output:
        raise OriginalUnavailable(output[:500].decode("utf-8", "replace"))
    raise OriginalUnavailable(_("the file cannot be shown: it takes too long, or too much memory"))


def _run(request: str, most_bytes: int) -> tuple[int, bytes]:
    """Exit status and output of a child, which is ended where it is late or gives too much."""
    try:
        child = _ready_child()
    except OSError:
        return -1, b""
    assert child.stdin
    assert child.stdout
    alarm = Timer(SECONDS + GRACE, kill_child, [child])
    alarm.start()
    try:
        child.stdin.write(f"{request}\n".encode())
        child.stdin.flush()
        output = child.stdout.read(most_bytes + 1)
        if len(output) > most_bytes:
            kill_child(child)
        return child.wait(), output
    except OSError:
        return -1, b""
    finally:
        alarm.cancel()
        _end(child)


def _ready_child() -> subprocess.Popen[bytes]:
    """A child that has loaded its libraries, if one is; the next is started at once.

    Each does one piece of work and ends: to start it takes much longer than to draw a page.
    """
    try:
        child = _ready.get_nowait()
    except Empty:
        child = start_child(WORKER)
    _ready.put(start_child(WORKER))
    return child if child.poll() is None else start_child(WORKER)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends a child that has not ended yet, and lets go of its streams."""
    if child.poll() is None:
        kill_child(child)
        child.wait()
    for stream in (child.stdin, child.stdout):
        if stream:
            with suppress(OSError):
                stream.close()


@atexit.register
def _end_ready() -> None:
    """Ends the child that waits. Where this is not called, it ends at the end of its input."""
    with suppress(Empty):
        while True:
            _end(_ready.get_nowait())
