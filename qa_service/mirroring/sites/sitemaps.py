"""Lists of pages: sitemaps (sitemaps.org), lists of sitemaps, and plain lines of addresses."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urldefrag
from xml.etree import ElementTree

from qa_service.errors import FetchFailed
from qa_service.translation.sentences import said

MOST_LISTS = 1_000
MOST_LIST_BYTES = 50 * 2**20
"""Unpacked, as the protocol has it."""
GZIP = b"\x1f\x8b"
WEB = ("http://", "https://")


class ListedPage(NamedTuple):
    """A page's address, and what its list says of when it changed, "" where nothing."""

    address: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    pages: tuple[ListedPage, ...] = ()
    lists: tuple[str, ...] = ()


def pages_of(first: list[str], fetched: Callable[[str], bytes]) -> Iterator[ListedPage]:
    """All pages of lists, and of lists that these name, each once.

    Raises FetchFailed where one of them cannot be had or is none.
    """
    waiting, seen = list(reversed(first)), set(first)
    pages: set[str] = set()
    while waiting:
        address = waiting.pop()
        found = _parsed(address, fetched(address))
        waiting += [one for one in reversed(found.lists) if one not in seen]
        seen.update(found.lists)
        if len(seen) > MOST_LISTS:
            raise FetchFailed(
                said("more than %(most)s sitemaps; name one of them", most=MOST_LISTS)
            )
        for page in found.pages:
            if page.address not in pages:
                pages.add(page.address)
                yield page


def lines_of(text: str) -> list[ListedPage]:
    """Addresses of plain lines; empty ones and those that begin with # are passed over."""
    lines = (line.strip() for line in text.splitlines())
    return [ListedPage(urldefrag(line).url) for line in lines if line.startswith(WEB)]


def _parsed(address: str, data: bytes) -> _List:
    data = _unpacked(data) if data.startswith(GZIP) else data
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _of_xml(address, data)
    pages = lines_of(data.decode("utf-8", "replace"))
    if not pages and data.strip():
        raise FetchFailed(
            said("%(address)s lists no pages; give the address of a sitemap", address=address)
        )
    return _List(tuple(pages))


def _of_xml(address: str, data: bytes) -> _List:
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise FetchFailed(
            said("%(address)s is no whole sitemap (%(error)s)", address=address, error=error)
        ) from error
    kind = _local(root)
    if kind not in ("urlset", "sitemapindex"):
        raise FetchFailed(
            said(
                "%(address)s is no sitemap; give the address of one, or of a list", address=address
            )
        )
    entries = [_entry(child) for child in root]
    listed = [entry for entry in entries if entry.address.startswith(WEB)]
    if kind == "urlset":
        return _List(pages=tuple(listed))
    return _List(lists=tuple(entry.address for entry in listed))


def _entry(element: ElementTree.Element) -> ListedPage:
    told = {_local(child): (child.text or "").strip() for child in element}
    return ListedPage(urldefrag(told.get("loc", "")).url, told.get("lastmod", ""))


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _unpacked(data: bytes) -> bytes:
    packed = zlib.decompressobj(wbits=31)
    try:
        text = packed.decompress(data, MOST_LIST_BYTES)
    except zlib.error as error:
        raise FetchFailed(said("a packed sitemap is damaged (%(error)s)", error=error)) from error
    if not packed.eof:
        raise FetchFailed(
            said("a packed sitemap is cut off, or larger than %(most)s bytes", most=MOST_LIST_BYTES)
        )
    return text
