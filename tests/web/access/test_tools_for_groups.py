"""Tools for assistants tell what those may read for whom they are served."""

from __future__ import annotations

import anyio
import pytest
from guarded_site import QUESTIONS, SECRET_WORDS, settings_in
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError

from qa_service.web.mcp.server import RESOURCE, mcp_server
from qa_service.web.mcp.tools import TOOLS


@pytest.fixture
def told(guarded, tmp_path):
    """All that tools and resources say to somebody in these groups, in small letters."""
    service, minutes = guarded

    def visit(groups: set[str]) -> str:
        parts: list[str] = []

        async def run() -> None:
            server = mcp_server(service, settings_in(tmp_path), frozenset(groups))
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
