"""A server answers to its own names alone: to this computer's, and to those of `allowed_hosts`.

Else a page from elsewhere could have its own name lead here and read the documents through its
visitor's browser (DNS rebinding). Flask's TRUSTED_HOSTS cannot name [::1].
"""

from __future__ import annotations

import re
from functools import partial

from flask import Flask, request
from werkzeug.exceptions import BadRequest

from qa_service.config import Settings
from qa_service.config_checks import is_loopback

HOST_AND_PORT = re.compile(r"(?:\[(?P<ipv6>[^\]]*)\]|(?P<name>[^:]*))(?::\d*)?", re.ASCII)
ANY = "*"
NOT_OURS = (
    "This server answers only to localhost, 127.0.0.1, [::1] and the names in its setting "
    "allowed_hosts. To reach it by this name, start it with that name in QA_ALLOWED_HOSTS."
)


def register(app: Flask, settings: Settings) -> None:
    """Refuse with 400 what asks for another host, on every route."""
    names = frozenset(name.lower() for name in settings.allowed_hosts.split())
    if ANY not in names:
        app.before_request(partial(_refuse_other_hosts, names))


def name_of(host: str) -> str:
    """The name or address that a Host header gives, in small letters; empty where it is none."""
    parts = HOST_AND_PORT.fullmatch(host)
    return (parts["ipv6"] or parts["name"] or "").lower() if parts else ""


def _refuse_other_hosts(names: frozenset[str]) -> None:
    name = name_of(request.headers.get("Host", ""))
    if not is_loopback(name) and name not in names:
        raise BadRequest(NOT_OURS)
