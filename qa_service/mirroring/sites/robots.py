"""What robots.txt asks of those who fetch pages by themselves (RFC 9309)."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

from protego import Protego

from qa_service.errors import FetchFailed, NotThere, Refused
from qa_service.mirroring.sites.visitor import AGENT, Visitor
from qa_service.translation.sentences import said

LONGEST_PAUSE = 60.0
"""Seconds; a site that asks for more between two requests gets no more."""


class Robots:
    """The rules of each host, fetched once."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._rules: dict[str, Protego] = {}

    def require_leave(self, address: str) -> None:
        """Raises FetchFailed where a page should not be fetched, or the rules cannot be had."""
        if not self._of(address).can_fetch(address, AGENT):
            raise FetchFailed(said("its site's robots.txt asks not to fetch it"))

    def sitemaps(self, address: str) -> list[str]:
        """Those that the rules of an address's site name."""
        return list(self._of(address).sitemaps)

    def _of(self, address: str) -> Protego:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = Protego.parse(self._fetched(f"{site}/robots.txt"))
            delay = self._rules[site].crawl_delay(AGENT) or 0.0
            self._visitor.wait_longer(parts.netloc, min(float(delay), LONGEST_PAUSE))
        return self._rules[site]

    def _fetched(self, address: str) -> str:
        """Its text; "", which allows all, where there is none to be had for good."""
        file = BytesIO()
        try:
            self._visitor.get(address, file)
        except (NotThere, Refused):
            return ""
        except FetchFailed as error:
            raise FetchFailed(said("robots.txt cannot be had: %(error)s", error=error)) from error
        return file.getvalue().decode("utf-8", "replace")
