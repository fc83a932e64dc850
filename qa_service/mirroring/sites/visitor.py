"""Requests to web sites: of allowed hosts, by bounded steps, and not too often."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urldefrag, urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.util import Timeout

from qa_service import __version__
from qa_service.errors import FetchFailed, NotThere, Refused
from qa_service.mirroring.patience import within
from qa_service.mirroring.sites.connections import PORTS, Networks, pool_of
from qa_service.translation.sentences import said

AGENT = "qa-service"
"""What robots.txt may call this by."""
HEADERS = {
    "User-Agent": f"{AGENT}/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
BUSY = (429, 503)
NOT_MODIFIED = 304
PIECE_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class Answered:
    """A response whose body was written: its headers, by small names, the address it came from
    after all redirects, and its size in bytes. `is_same` says that what is held still holds."""

    address: str
    headers: Mapping[str, str]
    size: int = 0
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a visitor keeps to: hosts (of which each may be asked), networks besides the public
    ones, seconds for one request and between two of a host, and bytes of a body."""

    hosts: frozenset[str]
    networks: Networks
    seconds: float
    pause: float
    most_bytes: int


class Visitor:
    """Fetches addresses of the web. For one thread."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._last: dict[str, float] = {}
        self._pauses: dict[str, float] = {}

    def wait_longer(self, host: str, seconds: float) -> None:
        """Has requests to a host be so many seconds apart, if that is more than by the bounds."""
        self._pauses[host] = seconds

    def get(
        self, address: str, file: BinaryIO, validators: Mapping[str, str] | None = None
    ) -> Answered:
        """Writes what is at an address into a file, which is at its beginning.

        `validators` are headers that ask for it only if it has changed. Raises NotThere for 404
        and 410, FetchFailed for all else that is not 200.
        """
        for _ in range(MOST_REDIRECTS + 1):
            self._require_host(address)
            self._wait(urlsplit(address).netloc)
            step = _Request(address, file, dict(validators or {}), self._bounds)
            answered = within(self._bounds.seconds, step.answer)
            if isinstance(answered, Answered):
                return answered
            address = answered
        raise FetchFailed(said("more than %(most)s redirects", most=MOST_REDIRECTS))

    def _require_host(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in PORTS or parts.username is not None:
            raise FetchFailed(
                said(
                    "it leads to %(address)s, which is no plain address of the web", address=address
                )
            )
        if (parts.hostname or "") not in self._bounds.hosts:
            raise FetchFailed(
                said(
                    "it leads to %(hostname)s, which is none of the site's hosts; if it is one, "
                    "add it to site_hosts",
                    hostname=parts.hostname,
                )
            )

    def _wait(self, host: str) -> None:
        pause = max(self._bounds.pause, self._pauses.get(host, 0.0))
        since = time.monotonic() - self._last.get(host, -pause)
        if since < pause:
            time.sleep(pause - since)
        self._last[host] = time.monotonic()


@dataclass(frozen=True, slots=True)
class _Request:
    address: str
    file: BinaryIO
    validators: dict[str, str]
    bounds: Bounds

    def answer(self) -> Answered | str:
        """The answer, or the address that it redirects to."""
        parts = urlsplit(self.address)
        pool = pool_of(parts.scheme, parts.hostname or "", parts.port, self.bounds.networks)
        target = parts._replace(scheme="", netloc="").geturl() or "/"
        with pool:
            response = pool.urlopen(
                "GET",
                target if target.startswith("/") else f"/{target}",
                headers=HEADERS | self.validators,
                redirect=False,
                retries=False,
                preload_content=False,
                timeout=Timeout(self.bounds.seconds),
            )
            try:
                return self._taken(response)
            finally:
                response.close()

    def _taken(self, response: BaseHTTPResponse) -> Answered | str:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.status in REDIRECTS and headers.get("location"):
            return urldefrag(urljoin(self.address, headers["location"])).url
        if response.status == NOT_MODIFIED and self.validators:
            return Answered(self.address, headers, is_same=True)
        if response.status in GONE:
            raise NotThere(
                said("its server answers %(status)s: it is gone", status=response.status)
            )
        if 400 <= response.status < 500 and response.status not in BUSY:
            raise Refused(said("its server answers %(status)s", status=response.status))
        if response.status != 200:
            if response.status in BUSY:
                told = said(
                    "its server answers %(status)s; build again later", status=response.status
                )
                raise FetchFailed(told)
            raise FetchFailed(said("its server answers %(status)s", status=response.status))
        return Answered(self.address, headers, self._written(response))

    def _written(self, response: BaseHTTPResponse) -> int:
        written = 0
        for piece in response.stream(PIECE_BYTES, decode_content=True):
            written += len(piece)
            if written > self.bounds.most_bytes:
                raise FetchFailed(
                    said(
                        "larger than %(most)s bytes; raise QA_MAX_FILE_MEGABYTES",
                        most=self.bounds.most_bytes,
                    )
                )
            self.file.write(piece)
        return written
