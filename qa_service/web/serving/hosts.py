"""A server for this computer alone answers to this computer's names alone.

Else a page from elsewhere could have its own name lead to 127.0.0.1 and read the documents
through its visitor's browser (DNS rebinding). Flask's TRUSTED_HOSTS cannot name [::1].
"""

from __future__ import annotations

import re
from ipaddress import ip_address

from flask import Flask, request
from werkzeug.exceptions import BadRequest

HOST_AND_PORT = re.compile(r"(?:\[(?P<ipv6>[^\]]*)\]|(?P<name>[^:]*))(?::\d*)?", re.ASCII)
NOT_THIS_COMPUTER = (
    "This server answers only to localhost, 127.0.0.1 and [::1]. "
    "To reach it by another name, start it with another --host."
)


def register(app: Flask, listening_on: str) -> None:
    """Refuse with 400 what asks for another host, where the app listens on loopback only."""
    if is_loopback(listening_on):
        app.before_request(_refuse_other_hosts)


def is_loopback(host: str) -> bool:
    """Whether a host name or an address without brackets is this computer's loopback."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_other_hosts() -> None:
    parts = HOST_AND_PORT.fullmatch(request.headers.get("Host", ""))
    if parts is None or not is_loopback(parts["ipv6"] or parts["name"] or ""):
        raise BadRequest(NOT_THIS_COMPUTER)
