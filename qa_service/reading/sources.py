"""The files of a corpus: which there are, what they are called, and reading one of them."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from qa_service.errors import BuildFailed, UnreadableDocument
from qa_service.reading.assembling import assemble
from qa_service.reading.content import Content, Reader
from qa_service.reading.docx import read_docx
from qa_service.reading.html import read_html
from qa_service.reading.markdown import read_markdown
from qa_service.reading.pdf import read_pdf
from qa_service.reading.text import read_text
from qa_service.schema import Document

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
LONGEST_SLUG = 60


def list_sources(corpus_dir: Path) -> list[Path]:
    """Every file of the corpus, ordered by POSIX path; of any ending.

    Left out: hidden files and folders, a README.md at the top, links that lead outside.
    Raises BuildFailed where there is no such folder.
    """
    if not corpus_dir.is_dir():
        raise BuildFailed(
            f"there is no corpus folder {corpus_dir}; create it and put documents into it, "
            "or name another with --corpus or QA_CORPUS_DIR"
        )
    sources = [
        path
        for folder, folders, names in os.walk(corpus_dir, onerror=_refuse)
        for path in _files(Path(folder), folders, names)
        if _belongs(path, corpus_dir)
    ]
    return sorted(sources, key=lambda path: path.relative_to(corpus_dir).as_posix())


def _refuse(error: OSError) -> None:
    raise BuildFailed(f"cannot list {error.filename}: {error.strerror}; check its permissions")


def _files(folder: Path, folders: list[str], names: list[str]) -> list[Path]:
    """The files of one folder; hidden folders are taken off the list still to walk."""
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return [folder / name for name in names if not name.startswith(".")]


def _belongs(path: Path, corpus_dir: Path) -> bool:
    if path.parent == corpus_dir and path.name == "README.md":
        return False
    return path.is_file() and path.resolve().is_relative_to(corpus_dir.resolve())


def document_id(source: str) -> str:
    """A stable, readable id for URLs: the file name's words and 8 hex digits.

    `source` is the POSIX path under the corpus; the digits begin its sha256.
    """
    plain = unicodedata.normalize("NFKD", PurePosixPath(source).stem)
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    digest = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return "-".join(part for part in (slug[:LONGEST_SLUG].rstrip("-"), digest) if part)


def read_document(path: Path, corpus_dir: Path, max_bytes: int) -> Document:
    """One source file as a document.

    Raises UnreadableDocument, its message the reason, for whatever keeps the file from
    being read: its name, its ending, its size, its permissions, damage, encryption, lack of text.
    """
    source = _source(path, corpus_dir)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        supported = ", ".join(READERS)
        raise UnreadableDocument(f"the ending {path.suffix!r} is not read; use one of {supported}")
    data = _bytes(path, max_bytes)
    content = _content(reader, data, path.suffix.lower())
    return assemble(content, document_id(source), hashlib.sha256(data).hexdigest(), source)


def _source(path: Path, corpus_dir: Path) -> str:
    """The POSIX path under the corpus, which pages and indexes can only keep as UTF-8."""
    source = path.relative_to(corpus_dir).as_posix()
    try:
        source.encode()
    except UnicodeEncodeError as error:
        raise UnreadableDocument("the file name is not UTF-8; rename the file") from error
    return source


def _bytes(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file, of which no more than one over the limit is ever read."""
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableDocument(f"cannot be opened: {error.strerror}") from error
    if len(data) > max_bytes:
        raise UnreadableDocument(
            f"larger than {max_bytes:,} bytes; split it or raise QA_MAX_FILE_MEGABYTES"
        )
    if not data:
        raise UnreadableDocument("no text: the file is empty")
    return data


def _content(reader: Reader, data: bytes, ending: str) -> Content:
    try:
        return reader(data)
    except UnreadableDocument:
        raise
    # Libraries raise whatever they like on a damaged file; one file must not stop a build.
    except Exception as error:
        detail = " ".join(str(error).split())[:200]
        raise UnreadableDocument(
            f"not a sound {ending} file ({type(error).__name__}: {detail}); save it anew"
        ) from error
