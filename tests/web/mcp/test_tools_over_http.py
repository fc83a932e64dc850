"""Tools at the address /mcp of the server of the pages, with its bounds and its counters."""

from __future__ import annotations

import subprocess
import sys
from typing import Any
from unittest import mock

import anyio
import pytest
from fake_answer_service import QUESTION
from mcp.client.client import Client
from werkzeug.test import TestResponse

from qa_service.web.serving.waiting_room import WaitingRoom

ACCEPTED = {"Accept": "application/json, text/event-stream"}


@pytest.fixture
def post(client):
    """What a message is answered with."""

    def send(method: str, headers: dict[str, str] | None = None, **params: Any) -> TestResponse:
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return client.post("/mcp", json=message, headers=ACCEPTED | (headers or {}))

    return send


@pytest.fixture
def ask_tool(post):
    return lambda: post("tools/call", name="ask", arguments={"question": QUESTION})


def test_the_librarys_own_client_asks_and_verifies(site):
    async def act() -> tuple[Any, Any]:
        async with Client(f"{site}/mcp") as client:
            answer = await client.call_tool("ask", {"question": QUESTION})
            cited = answer.structured_content["citations"][0]
            named = {"document_id": cited["document_id"], "quote": cited["quote"]}
            return answer, await client.call_tool("verify", named)

    answer, verified = anyio.run(act)
    assert answer.structured_content["answered"]
    assert verified.structured_content["state"] == "verified"


def test_a_question_of_an_assistant_is_counted(client, ask_tool):
    assert ask_tool().get_json()["result"]["structuredContent"]["answered"]
    counted = 'qa_questions_total{kind="quotes",outcome="answered"} 1.0'
    assert counted in client.get("/metrics").text


def test_a_question_waits_in_the_same_room_as_those_of_the_pages(app, ask_tool):
    app.extensions["waiting_room"] = WaitingRoom(at_once=1, max_waiting=0)
    with app.extensions["waiting_room"].admit():
        assert "More is waiting" in str(ask_tool().get_json())


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_are_no_streams_and_no_sessions(client, method):
    refused = client.open("/mcp", method=method, headers=ACCEPTED)
    assert (refused.status_code, set(refused.allow)) == (405, {"POST", "OPTIONS"})


def test_nobody_can_wait_for_news_that_never_comes(post):
    assert "error" in post("subscriptions/listen").get_json()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_page_from_elsewhere_reaches_no_tool(post, headers):
    assert post("tools/list", headers).status_code == 403


def test_a_name_that_is_not_the_servers_reaches_no_tool(post):
    refused = post("tools/list", {"Host": "evil.example"})
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")


def test_a_message_that_is_too_large_is_refused(client, app):
    app.config["MAX_CONTENT_LENGTH"] = 100
    assert client.post("/mcp", data=b" " * 101, headers=ACCEPTED).status_code == 413


def test_without_the_library_the_address_says_what_to_install(post):
    with mock.patch.dict(sys.modules, {"qa_service.web.mcp.over_http": None}):
        told = post("tools/list")
    assert told.status_code == 501
    assert "qa-service[mcp]" in told.get_json()["detail"]


def test_who_serves_no_assistant_loads_nothing_for_them():
    loaded = "import sys, qa_service.web.app; sys.exit('mcp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
