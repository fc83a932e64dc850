"""Tools for assistants tell what those may read for whom they are served."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from guarded_site import QUESTIONS, SECRET_WORDS, headers_of, settings_in
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError
from starlette.testclient import TestClient

from qa_service.tokens.api_tokens import ApiTokens
from qa_service.web.mcp.running import groups_of_calls
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
            server = mcp_server(service, settings, lambda _: frozenset(groups))
            async with Client(server) as client:
                for tool in TOOLS:
                    for given in _arguments(minutes.id):
                        taken = {name: given[name] for name in _names(tool) if name in given}
                        parts.append(str(await client.call_tool(tool.name, taken)))
                parts.append(str(await client.list_resources()))
                try:
                    parts.append(str(await client.read_resource(f"{RESOURCE}{minutes.id}")))
                except MCPError as error:
                    parts.append(str(error))

        anyio.run(run)
        return "\n".join(parts).lower()

    return visit


def _names(tool):
    return tool.input_schema["properties"]


def _arguments(document_id):
    word = {"label": "treasurer", "quote": "The harbour crane was sold to", "find": ""}
    cited = {"document_id": document_id, **word}
    for question in QUESTIONS:
        yield {**cited, "question": question, "query": question, "q": question}
    yield {**cited, "question": "crane", "query": "crane", "q": "crane", "start": 0, "end": 40}


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
    settings = settings_in(tmp_path)

    def send(headers: dict[str, str], address: str = "127.0.0.1") -> dict[str, Any]:
        server = mcp_server(guarded[0], settings, groups_of_calls(settings))
        app = server.streamable_http_app(json_response=True, stateless_http=True)
        call = {"name": "documents", "arguments": {}}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        with TestClient(app, "http://localhost:8010", client=(address, 50_000)) as client:
            accept = {"Accept": "application/json, text/event-stream"}
            return client.post("/mcp", json=message, headers=accept | headers).json()["result"]

    return send


def total(result):
    return result["structuredContent"]["total"]


def test_over_http_each_call_is_asked_for_its_groups(listed):
    assert total(listed({})) == 2
    assert total(listed(headers_of("member"))) == 4


def test_groups_told_by_anybody_but_the_proxy_are_refused(listed):
    for address, headers in (
        ("192.0.2.7", headers_of("member")),
        ("127.0.0.1", {"X-Groups": "board"}),
    ):
        assert "trusted_proxies" in str(listed(headers, address))


def test_a_token_for_tools_opens_them_and_no_other_does(listed, tmp_path):
    tokens = ApiTokens(settings_in(tmp_path).index_dir)
    board = frozenset({"board"})
    wrong, right = (tokens.make(it, board, [it], 30) for it in ("ask", "tools"))
    assert total(listed({"Authorization": f"Bearer {right}"})) == 4
    assert "not this address" in str(listed({"Authorization": f"Bearer {wrong}"}))
    assert "token make" in str(listed({"Authorization": "Bearer qat_none"}))
