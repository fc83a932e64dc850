"""Tools for assistants tell what those may read for whom they are served."""

from __future__ import annotations

import anyio
import pytest
from beside_builds import tokens_in
from guarded_site import (
    ACCEPTED,
    SECRET_WORDS,
    called,
    headers_of,
    settings_in,
    tool_arguments,
)
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError
from werkzeug.test import TestResponse

from qa_service.web import create_app
from qa_service.web.mcp.desk import Desk
from qa_service.web.mcp.server import RESOURCE, mcp_server
from qa_service.web.mcp.tools import TOOLS


@pytest.fixture
def told(guarded, tmp_path):
    """All that tools and resources say to somebody in these groups, in small letters."""
    service, minutes = guarded
    settings = settings_in(tmp_path)

    def visit(groups: set[str]) -> str:
        parts: list[str] = []

        async def run() -> None:
            server = mcp_server(Desk(service, settings), lambda _: frozenset(groups))
            async with Client(server) as client:
                for tool in TOOLS:
                    for taken in tool_arguments(tool, minutes.id):
                        parts.append(str(await client.call_tool(tool.name, taken)))
                parts.append(str(await client.list_resources()))
                try:
                    parts.append(str(await client.read_resource(f"{RESOURCE}{minutes.id}")))
                except MCPError as error:
                    parts.append(str(error))

        anyio.run(run)
        return "\n".join(parts).lower()

    return visit


def test_nobody_else_is_told_a_word_of_a_groups_documents(told):
    for groups in (set(), {"cook"}):
        said = told(groups)
        assert not [word for word in SECRET_WORDS if word in said]


def test_a_member_is_told(told):
    said = told({"board"})
    assert all(word in said for word in ("vellumore", "glimmerfax", "tamsinby", "wexcombe"))


@pytest.fixture
def listed(guarded, tmp_path):
    """What a call over HTTP with these headers is told of the documents."""
    client = create_app(settings_in(tmp_path), guarded[0]).test_client()

    def send(headers: dict[str, str], address: str = "127.0.0.1") -> TestResponse:
        carried = {"json": called("documents"), "headers": ACCEPTED | headers}
        return client.post("/mcp", environ_base={"REMOTE_ADDR": address}, **carried)

    return send


def total(response):
    return response.get_json()["result"]["structuredContent"]["total"]


def test_over_http_each_call_is_asked_for_its_groups(listed):
    assert total(listed({})) == 2
    assert total(listed(headers_of("member"))) == 4


def test_groups_told_by_anybody_but_the_proxy_are_refused(listed):
    for address, headers in (
        ("192.0.2.7", headers_of("member")),
        ("127.0.0.1", {"QAGroups": "board"}),
    ):
        refused = listed(headers, address)
        assert refused.status_code == 403
        assert "trusted_proxies" in refused.get_json()["detail"]


def test_a_token_for_tools_opens_them_and_no_other_does(listed, tmp_path):
    tokens = tokens_in(settings_in(tmp_path).index_dir)
    board = frozenset({"board"})
    wrong, right = (tokens.make(it, board, [it], 30) for it in ("ask", "tools"))
    assert total(listed({"Authorization": f"Bearer {right}"})) == 4
    for token, status in ((wrong, 403), ("qat_none", 401)):
        assert listed({"Authorization": f"Bearer {token}"}).status_code == status
