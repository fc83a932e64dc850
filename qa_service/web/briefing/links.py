"""The address of a quote for somebody who reads a briefing elsewhere."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from qa_service.config_checks import is_loopback
from qa_service.plain_names import plain_address
from qa_service.web.briefing.pins import Pin

WEB = ("http", "https")
WORDS_AT_EACH_END = 5
"""Of a longer quote its first and last words are named, as the specification has it."""


def quote_address(pin: Pin, site: str) -> str:
    """Where the words stand: in the source on the web, by a text fragment
    (https://wicg.github.io/scroll-to-text-fragment), else on this server's page of it."""
    if web := web_address(pin):
        return f"{web}{_fragment(pin, web)}"
    return urljoin(site, plain_address(pin.permalink))


def document_address(pin: Pin, site: str) -> str | None:
    """What a reference names as the document's address: on the web, else this server's page,
    unless only this computer reaches that."""
    if web := web_address(pin):
        return web
    if is_loopback(urlsplit(site).hostname or ""):
        return None
    return urljoin(site, plain_address(pin.permalink.partition("?")[0]))


def web_address(pin: Pin) -> str | None:
    """The address of the source on the web, None where it has none."""
    for address in (pin.address, pin.source):
        try:
            parts = urlsplit(address or "")
        except ValueError:
            continue
        if parts.scheme in WEB and parts.hostname and address:
            return plain_address(address)
    return None


def _fragment(pin: Pin, address: str) -> str:
    """ "#:~:text=first%20words,last%20words"; before it the page, where the source is a PDF."""
    words = re.findall(r"\S+", pin.quote)
    ends = (
        [words]
        if len(words) <= 2 * WORDS_AT_EACH_END
        else [
            words[:WORDS_AT_EACH_END],
            words[-WORDS_AT_EACH_END:],
        ]
    )
    text = ",".join(_escaped(" ".join(end)) for end in ends)
    if "#" in address:
        return f":~:text={text}"
    is_pdf = urlsplit(address).path.lower().endswith(".pdf")
    return f"#{f'page={pin.page}' if is_pdf and pin.page else ''}:~:text={text}"


def _escaped(text: str) -> str:
    """Comma, hyphen and ampersand mean something in a text fragment."""
    return quote(text, safe="").replace("-", "%2D")
