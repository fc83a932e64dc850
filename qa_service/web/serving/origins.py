"""Forms that store something are taken from our own pages only.

Else any page could have its visitor's browser send one (cross-site request forgery). A
browser that says where a request comes from is believed: no page can forge these headers.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden

from qa_service.translation.catalogue import N_

FROM_ELSEWHERE = N_("This form was sent from another site; open it on this service's own page.")


def require_own_page() -> None:
    """Raises Forbidden for a request that a browser sends on behalf of another site.

    Browsers send `Sec-Fetch-Site` to https and to localhost, and `Origin` with every form.
    Programs send neither, and act for nobody else.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in ("same-origin", "none") if site else origin is None or _is_own(origin)
    if not own:
        raise Forbidden(FROM_ELSEWHERE)


def own_address(address: str | None) -> str:
    """A page of our own to go back to, such as "/documents?find=a"; else the first.

    Browsers pass over tabs and line ends: one after the first slash would hide that two follow
    each other, which name another site.
    """
    address = address or ""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and address.isprintable() else "/"


def _is_own(origin: str) -> bool:
    """Whether an origin such as "http://localhost:8000" is the host that was asked."""
    try:
        return urlsplit(origin).netloc.lower() == request.host.lower()
    except ValueError:
        return False
