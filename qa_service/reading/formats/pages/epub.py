"""Electronic books (.epub): the chapters in the order of the spine (EPUB 3.3, section 5)."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import html as lxml_html  # type: ignore[import-untyped]

from qa_service.errors import UnreadableDocument
from qa_service.reading.blocks.losses import pictures_told, words_told
from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.formats.office.packages.parts import local_name, parsed_xml
from qa_service.reading.formats.pages.html import decoded_page
from qa_service.reading.formats.pages.html_cells import carry_cells
from qa_service.reading.formats.pages.html_signs import write_out
from qa_service.reading.formats.pages.html_tree import (
    element_blocks,
    is_hidden,
    is_struck,
    main_element,
    without,
)
from qa_service.reading.formats.pages.unseen import mark_looks
from qa_service.reading.metadata.dates import parse_date
from qa_service.reading.metadata.titles import is_meaningful_title
from qa_service.translation.sentences import said

_CONTAINER = "META-INF/container.xml"
_FIELDS = {
    "creator": "author",
    "publisher": "publisher",
    "language": "language",
    "source": "address",
    "subject": "keywords",
    "description": "description",
}


def read_epub(data: bytes) -> Content:
    """A book as content. Raises UnreadableDocument for one that is encrypted."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        if "META-INF/encryption.xml" in book.namelist() and b"EncryptedData" in book.read(
            "META-INF/encryption.xml"
        ):
            raise UnreadableDocument(said("the book is encrypted; use a copy without protection"))
        place = _package_path(book)
        package = parsed_xml(book.read(place))
        lost: list[str] = []
        blocks = tuple(_blocks(book, package, posixpath.dirname(place), lost))
    stated = _stated(package)
    date, title = parse_date(stated.get("date", "")), stated.get("title", "")
    return Content(
        "epub",
        blocks,
        title=title if is_meaningful_title(title) else None,
        date=FoundDate(date, said("the book's package")) if date else None,
        metadata={field: stated[name] for name, field in _FIELDS.items() if name in stated},
        warnings=tuple(lost),
    )


def _package_path(book: zipfile.ZipFile) -> str:
    container = parsed_xml(book.read(_CONTAINER))
    roots = [item for item in container.iter() if _is(item, "rootfile")]
    return str(roots[0].get("full-path"))


def _stated(package: Any) -> dict[str, str]:
    """The first value of each element of the package's metadata."""
    stated: dict[str, str] = {}
    for metadata in (item for item in package if _is(item, "metadata")):
        for item in metadata:
            if isinstance(item.tag, str) and (item.text or "").strip():
                stated.setdefault(local_name(item), item.text.strip())
    return stated


def _blocks(book: zipfile.ZipFile, package: Any, folder: str, lost: list[str]) -> Iterator[Block]:
    """The blocks of the chapters in order; what is not read of them is added to `lost`."""
    names = set(book.namelist())
    items = {item.get("id"): item for item in package.iter() if _is(item, "item")}
    for reference in (item for item in package.iter() if _is(item, "itemref")):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if path in names and "html" in item.get("media-type", ""):
            yield from _chapter(book.read(path), path, lost)
        else:
            lost.append(said("%(path)s of the book was not read", path=path))


def _chapter(data: bytes, path: str, lost: list[str]) -> Iterator[Block]:
    parser = lxml_html.HTMLParser(encoding="utf-8")
    text = decoded_page(data).text.encode("utf-8", "replace")
    page = lxml_html.document_fromstring(text, parser=parser)
    mark_looks(page)
    write_out(page)
    carry_cells(page)
    for element in list(page.iter("script", "style", "head", "svg")):
        if element.getparent() is not None:
            element.drop_tree()
    main = main_element(page)
    shown = without(main, _is_unseen)
    unseen = _words(main) - _words(shown)
    lost += words_told(said("hidden or struck-out text of %(path)s", path=path), unseen)
    described = [image.get("alt") or "" for image in shown.iter("img")]
    lost += pictures_told(described, said(" on %(path)s", path=path))
    yield from element_blocks(shown)


def _words(element: Any) -> int:
    return len(" ".join(element.itertext()).split())


def _is_unseen(element: Any) -> bool:
    return isinstance(element.tag, str) and (is_hidden(element) or is_struck(element))


def _is(element: Any, name: str) -> bool:
    return isinstance(element.tag, str) and local_name(element) == name
