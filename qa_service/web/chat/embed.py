"""The chat on other sites: a script that opens it in a frame, on those that the operator names."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, Response, current_app, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from qa_service.config import Settings
from qa_service.web.chat.pages import show_chat
from qa_service.web.serving.headers import content_security_policy

blueprint = Blueprint("embed", __name__)


def register(app: Flask, settings: Settings) -> None:
    """Add the frame's page and the script; both answer 404 where no site is allowed."""
    app.config["EMBED_ORIGINS"] = settings.allowed_origins
    app.register_blueprint(blueprint)


@blueprint.before_request
def _require_origins() -> None:
    if not _origins():
        raise NotFound


@blueprint.get("/embed")
def frame() -> ResponseReturnValue:
    """The chat page as the sites that are allowed may show it."""
    response = make_response(show_chat("embed.html"))
    response.headers["Content-Security-Policy"] = content_security_policy(" ".join(_origins()))
    return response


@blueprint.get("/embed.js")
def script() -> Response:
    """The script for other sites. Those allowed may also verify it by a hash (CORS)."""
    response = current_app.send_static_file("embed.js")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in _origins():
        response.headers["Access-Control-Allow-Origin"] = origin
    return response


def _origins() -> tuple[str, ...]:
    return cast(tuple[str, ...], current_app.config["EMBED_ORIGINS"])
