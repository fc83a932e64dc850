"""A web site as a place: the pages of its sitemap or of a list, each fetched by itself."""

from __future__ import annotations

import csv
import hashlib
import mimetypes
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urljoin, urlsplit

from qa_service.config import Settings
from qa_service.config_checks import networks
from qa_service.errors import FetchFailed, SettingsError
from qa_service.mirroring.places import Entry, Held, Listing
from qa_service.mirroring.sites.robots import Robots
from qa_service.mirroring.sites.sitemaps import WEB, ListedPage, lines_of, pages_of
from qa_service.mirroring.sites.visitor import Answered, Bounds, Visitor
from qa_service.translation.sentences import said

LONGEST_SLUG = 80
USUAL_SITEMAP = "/sitemap.xml"
VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


def open_site(address: str, settings: Settings) -> SitePlace:
    """The place of a site's address, or of a file of addresses of pages.

    Raises SettingsError where such a file is not there or names no page.
    """
    pages = None if address.startswith(WEB) else _pages_of_file(address)
    named = [address] if pages is None else [page.address for page in pages]
    hosts = {urlsplit(one).hostname or "" for one in named} | set(settings.site_hosts.split())
    bounds = Bounds(
        hosts=frozenset(hosts),
        networks=networks("site_networks", settings.site_networks),
        seconds=settings.fetch_seconds,
        pause=settings.site_pause,
        most_bytes=settings.max_file_megabytes * 2**20,
    )
    return SitePlace(address, pages, Visitor(bounds), settings.max_site_pages)


def _pages_of_file(address: str) -> list[ListedPage]:
    path = Path(address).expanduser()
    try:
        pages = lines_of(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            said("the list of pages %(path)s cannot be read: %(error)s", path=path, error=error)
        ) from error
    if not pages:
        raise SettingsError(
            said("%(path)s names no page; write an address such as https://… a line", path=path)
        )
    return pages


class SitePlace:
    """Pages of the web. See Place."""

    def __init__(
        self, address: str, pages: list[ListedPage] | None, visitor: Visitor, most: int
    ) -> None:
        """`pages` are those of a list that is at hand; None where `address` tells them."""
        self._address, self._pages, self._visitor, self._most = address, pages, visitor, most
        self._robots = Robots(visitor)

    def listing(self) -> Listing:
        """See Place."""
        pages = self._pages
        if pages is None:
            pages = list(pages_of(self._lists(), self._list))
        taken = tuple(Entry(page.address, mark=page.changed) for page in pages[: self._most])
        over = len(pages) - len(taken)
        told = (
            (
                self._address,
                said("%(over)s more pages are left out; raise QA_MAX_SITE_PAGES", over=over),
            ),
        )
        return Listing(taken, told if over else ())

    def fetch(self, entry: Entry, held: Held | None, file: BinaryIO) -> Held | None:
        """See Place."""
        self._robots.require_leave(entry.address)
        answered = self._visitor.get(entry.address, file, held.validators if held else None)
        if answered.is_same:
            return None
        name = held.name if held else _name(entry.address, answered)
        validators = {
            asks: answered.headers[tells]
            for tells, asks in VALIDATORS.items()
            if tells in answered.headers
        }
        return Held(name, entry.mark, answered.size, validators)

    def is_gone(self, address: str) -> bool:  # noqa: ARG002
        """True: what its whole list does not name is no part of it. See Place."""
        return True

    def table(self, held: dict[str, Held]) -> str:
        """The address of each page. See Place."""
        text = StringIO()
        rows = csv.writer(text)
        rows.writerow(("file", "address"))
        rows.writerows(sorted((page.name, address) for address, page in held.items()))
        return text.getvalue()

    def _lists(self) -> list[str]:
        """The sitemap at its address, or those of the site that it is the first page of."""
        if urlsplit(self._address).path.strip("/"):
            return [self._address]
        named = self._robots.sitemaps(self._address)
        return named or [urljoin(self._address, USUAL_SITEMAP)]

    def _list(self, address: str) -> bytes:
        file = BytesIO()
        try:
            self._visitor.get(address, file)
        except FetchFailed as error:
            raise FetchFailed(
                said("its list %(address)s cannot be had: %(error)s", address=address, error=error)
            ) from error
        return file.getvalue()


def _name(address: str, answered: Answered) -> str:
    """A file's name: the last words of the address, and what tells it from all others."""
    parts = urlsplit(address)
    path = unquote(parts.path).rstrip("/")
    words = path.rpartition("/")[2].rpartition(".")[0] or path.rpartition("/")[2]
    slug = re.sub(r"[^\w-]+", "-", words).strip("-_")[:LONGEST_SLUG] or "index"
    digest = hashlib.sha256(address.encode()).hexdigest()[:10]
    kind = answered.headers.get("content-type", "").partition(";")[0].strip().lower()
    ending = ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ".html"
    return f"{slug}-{digest}{ending}"
