"""One file of the corpus -> the documents in it: itself, and the files it holds."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath

from qa_service.errors import UnreadableDocument
from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading.blocks.assembling import assemble
from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Content, Member
from qa_service.reading.detecting import ZIP_SIGNATURES, ending_warning, kind_of
from qa_service.reading.limits import ReadingLimits, step_forward
from qa_service.reading.readers import reader_of
from qa_service.reading.sources import Source, document_id, list_sources, source_bytes
from qa_service.reading.timing import stage
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

TOO_MUCH = N_("it holds more than one file may; unpack it into the corpus yourself")


@dataclass(slots=True)
class _Budget:
    """What is left for the files within one file, and which of them are passed over."""

    members: int
    unpacked_bytes: int
    left_out: frozenset[str]
    names: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def own_name(self, name: str) -> str:
        """The name, with a number where another file within has it already."""
        path, number, own = PurePosixPath(name), self.numbers.get(name, 1), name
        while own in self.names:
            number += 1
            own = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self.numbers[name] = number  # else the thousandth would be tried a thousand times
        self.names.add(own)
        return own

    @property
    def is_spent(self) -> bool:
        """Whether no further file may be read."""
        return self.members <= 0 or self.unpacked_bytes < 0

    def take(self, size: int) -> None:
        """Counts one more file. Raises UnreadableDocument where its bytes are too many."""
        self.members -= 1
        self.unpacked_bytes -= size
        if self.unpacked_bytes < 0:
            raise UnreadableDocument(TOO_MUCH)


def read_source(
    source: Source, limits: ReadingLimits, left_out: frozenset[str] = frozenset()
) -> Iterator[Document | SkippedFile]:
    """All documents of a file, and what of it could not be read.

    A file that holds others, as archives and mails do, gives a document for each of them,
    named below its own name; those of `left_out` are passed over. Raises nothing but
    MemoryError.
    """
    try:
        with stage("opening"):
            data = source_bytes(source, limits.file_bytes)
    except UnreadableDocument as error:
        yield SkippedFile(source.name, str(error))
        return
    budget = _Budget(limits.members, limits.unpacked_bytes, left_out)
    yield from _read(data, source.name, source.collection, limits, budget, limits.depth)


def read_document(path: Path, corpus_dir: Path, max_bytes: int) -> Document:
    """The document of one file, in this process. Raises UnreadableDocument with the reason."""
    found = [source for source in list_sources(corpus_dir) if source.path == path]
    source = found[0] if found else Source(path, corpus_dir, path.name, "default")
    (first, *_) = read_source(source, ReadingLimits(file_bytes=max_bytes))
    if isinstance(first, SkippedFile):
        raise UnreadableDocument(first.reason)
    return first


def document_bytes(source: Source, name: str, limits: ReadingLimits) -> bytes:
    """The bytes of the document `name`: those of a file, or of a file within it at any depth.

    Raises UnreadableDocument where it is not there any more.
    """
    data, place = source_bytes(source, limits.file_bytes), source.name
    for _ in range(limits.depth):
        if place == name:
            break
        data, place = _inside(data, place, name, limits)
    if place != name:
        raise UnreadableDocument(said("%(source)s no longer holds it", source=source.name))
    return data


def _inside(data: bytes, place: str, name: str, limits: ReadingLimits) -> tuple[bytes, str]:
    """The file within the file at `place` that is the document or holds it, and its place."""
    budget = _Budget(limits.members, limits.unpacked_bytes, frozenset())
    with _every_error_named(place):
        members = _content(data, place, limits).members
    for member in members:
        inner = budget.own_name(f"{place}/{_safe(member.name)}")
        if name == inner or name.startswith(f"{inner}/"):
            return _member_bytes(member.read, limits.file_bytes), inner
    return data, place


def _read(
    data: bytes, name: str, collection: str, limits: ReadingLimits, budget: _Budget, depth: int
) -> Iterator[Document | SkippedFile]:
    """The document that a file is, and those of what it holds."""
    step_forward(name)
    members: list[Member] = []
    yield from _itself(data, name, collection, limits, members)
    for place, member in enumerate(members):
        inner = budget.own_name(f"{name}/{_safe(member.name)}")
        if inner in budget.left_out:
            continue
        if budget.is_spent:
            yield SkippedFile(inner, _too_many(len(members) - place - 1))
            return
        try:
            inside = _unpacked(member, limits, budget, depth)
        except UnreadableDocument as error:
            yield SkippedFile(inner, str(error))
            continue
        found = _read(inside, inner, collection, limits, budget, depth - 1)
        yield from _warned(found, member.name) if _leads_out(member.name) else found


def _itself(
    data: bytes, name: str, collection: str, limits: ReadingLimits, members: list[Member]
) -> Iterator[Document | SkippedFile]:
    """The document of a file's own words, if it has any; what it holds is added to `members`."""
    version = hashlib.sha256(data).hexdigest()
    try:
        with _every_error_named(name):
            content = _content(data, name, limits)
            members += content.members
            if content.blocks or not members:
                document = assemble(content, document_id(name), version, name, collection)
                _require_readable_length(document, limits.text_characters)
                yield document
    except UnreadableDocument as error:
        # What it holds may have the words that it lacks itself.
        yield SkippedFile(name, str(error), version)


def _unpacked(member: Member, limits: ReadingLimits, budget: _Budget, depth: int) -> bytes:
    """The bytes of a file within another. Raises UnreadableDocument."""
    if not depth:
        raise UnreadableDocument(said("archives within archives; unpack it into the corpus"))
    inside = _member_bytes(member.read, limits.file_bytes)
    budget.take(len(inside))
    return inside


def _too_many(others: int) -> str:
    """Told once, of the first file that is one too many: thousands of lines would hide others."""
    return (
        said(
            "%(reason)s (nor is any of %(others)s files after it read)",
            reason=TOO_MUCH,
            others=others,
        )
        if others
        else TOO_MUCH
    )


def _member_bytes(read: Callable[[], bytes], max_bytes: int) -> bytes:
    try:
        data = read()
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        raise UnreadableDocument(
            said("cannot be unpacked (%(error)s)", error=_detail(error))
        ) from error
    if len(data) > max_bytes:
        raise UnreadableDocument(
            said("larger than %(most)s bytes; unpack it and split it", most=max_bytes)
        )
    return data


def _safe(name: str) -> str:
    """A member's path without anything that leads elsewhere or cannot be stored."""
    parts = PurePosixPath(one_line(name).replace("\\", "/")).parts
    kept = [part for part in parts if part not in ("/", "..", ".")]
    return "/".join(kept) or "unnamed"


def _leads_out(name: str) -> bool:
    """Whether a member's path would leave the archive: a sign that somebody means harm."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or parts[:1] == ("/",)


def _warned(found: Iterable[Document | SkippedFile], name: str) -> Iterator[Document | SkippedFile]:
    warning = said(
        "its path leads out of the archive (%(name)s); it was read as if within",
        name=one_line(name),
    )
    for item in found:
        if isinstance(item, Document):
            read = item.extraction
            item = replace(item, extraction=replace(read, warnings=(*read.warnings, warning)))
        yield item


def _require_bounded(data: bytes, kind: str, limits: ReadingLimits) -> None:
    """Raises UnreadableDocument for a zip-based file that unpacks to more than is allowed."""
    if not data.startswith(ZIP_SIGNATURES):
        return
    with zipfile.ZipFile(BytesIO(data)) as package:
        sizes = [entry.file_size for entry in package.infolist()]
    if sum(sizes) > limits.unpacked_bytes or len(sizes) > limits.members:
        raise UnreadableDocument(
            said(
                "it unpacks to %(number)s files of %(sizes)s bytes together, more than one "
                "%(what)s may hold; split it",
                number=len(sizes),
                sizes=sum(sizes),
                what=N_("archive") if kind == "zip" else N_("document"),
            )
        )


def _require_readable_length(document: Document, most: int) -> None:
    if len(document.text) > most:
        raise UnreadableDocument(
            said("its text has more than %(most)s characters; split it", most=most)
        )


def _content(data: bytes, name: str, limits: ReadingLimits) -> Content:
    with stage("detecting"):
        kind = kind_of(data, name)
        _require_bounded(data, kind, limits)
    with stage(f"format {kind}"):
        content = reader_of(kind)(data)
    if warning := ending_warning(kind, name):
        return replace(content, warnings=(warning, *content.warnings))
    return content


@contextmanager
def _every_error_named(name: str) -> Iterator[None]:
    """Makes whatever a library raises on a damaged file an UnreadableDocument."""
    try:
        yield
    except (UnreadableDocument, MemoryError):
        raise
    # Libraries raise whatever they like on a damaged file; one file must not stop a build.
    except Exception as error:
        kind = PurePosixPath(name).suffix or "text"
        raise UnreadableDocument(
            said(
                "not a sound %(kind)s file (%(error)s); open it and save it anew",
                kind=kind,
                error=_detail(error),
            )
        ) from error


def _detail(error: Exception) -> str:
    message = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {message}".encode("utf-8", "replace").decode()
