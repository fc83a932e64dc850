"""The address of the tools, below the server of the pages; its library is loaded once it is asked.

What holds for every other address holds here: names of hosts, rights, bodies, what is counted.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, cast

from flask import Blueprint, Flask, Response, current_app, request

from qa_service.errors import MissingPackage
from qa_service.web.access.groups import groups_asking
from qa_service.web.access.tokens import TOOLS_PATH
from qa_service.web.mcp.desk import Bounds, Desk
from qa_service.web.serving.answer_service import (
    current_counters,
    current_settings,
    current_side_rooms,
    current_waiting_room,
    whole_service,
)
from qa_service.web.serving.origins import require_own_page

if TYPE_CHECKING:
    from qa_service.web.mcp.over_http import ToolsOverHTTP

NOT_INSTALLED = "Tools for assistants need {name}; run: pip install 'qa-service[mcp]'"

blueprint = Blueprint("mcp", __name__)
_opening = Lock()


def register(app: Flask) -> None:
    """Add the route."""
    app.register_blueprint(blueprint)


@blueprint.post(TOOLS_PATH)
def tools() -> Response:
    """A message of the protocol, and what answers it."""
    require_own_page()
    body = request.get_data()
    with _opening:
        over_http = _over_http()
    reply = over_http.reply_to(request.headers.items(), body, groups_asking())
    return Response(reply.body, reply.status, reply.headers)


def _over_http() -> ToolsOverHTTP:
    """That of the app in use. Raises MissingPackage."""
    try:
        from qa_service.web.mcp.over_http import ToolsOverHTTP
    except ModuleNotFoundError as error:
        raise MissingPackage(NOT_INSTALLED.format(name=error.name)) from error
    if "tools" not in current_app.extensions:
        bounds = Bounds(current_waiting_room(), current_side_rooms(), current_counters())
        desk = Desk(whole_service(), current_settings(), bounds)
        current_app.extensions["tools"] = ToolsOverHTTP(desk)
    return cast("ToolsOverHTTP", current_app.extensions["tools"])
