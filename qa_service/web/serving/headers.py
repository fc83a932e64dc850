"""Response headers that keep a page from loading or running anything not our own."""

from __future__ import annotations

import logging
import re
import time
from urllib.parse import quote
from uuid import uuid4

from flask import Flask, Response, g, request

from qa_service.web.serving.own_processes import request_id


def content_security_policy(framed_by: str = "'none'") -> str:
    """The policy of our pages; `framed_by` are the origins that may show one in a frame."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {framed_by}",
        )
    )


SECURITY_HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

REQUEST_ID = "X-Request-ID"
_PLAIN_ID = re.compile(r"[\w-]{1,64}", re.ASCII)

SANDBOX = "default-src 'none'; sandbox"
"""The policy of files that are not ours: nothing in them loads or runs, wherever they open."""

logger = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Put the headers on every response of the app, errors included, and log each one."""
    app.before_request(_note_start)
    app.after_request(_add_security_headers)
    app.after_request(_log_request)


def _note_start() -> None:
    """Notes the time, and the request's id: a proxy's own, or a new one."""
    g.started = time.perf_counter()
    given = request.headers.get(REQUEST_ID, "")
    request_id.set(given if _PLAIN_ID.fullmatch(given) else uuid4().hex)


def _add_security_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers[REQUEST_ID] = request_id.get()
    return response


def _log_request(response: Response) -> Response:
    """One line without the query string: what people ask is not for the log."""
    milliseconds = 1000 * (time.perf_counter() - g.get("started", time.perf_counter()))
    path = quote(request.path)
    fields = {"method": request.method, "path": path, "status": response.status_code}
    fields["milliseconds"] = round(milliseconds, 1)
    line = "%s %s %d %.0f ms"
    told = (request.method, path, response.status_code, milliseconds)
    logger.info(line, *told, extra={"fields": fields})
    return response
