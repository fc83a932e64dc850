"""Streamable HTTP for a server of WSGI: the library is ASGI, and has a loop in a thread.

Every message is answered by itself, with one whole response. There are no sessions and no
streams, which would hold a thread each for as long as clients like.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from qa_service.nouns.access import Groups
from qa_service.web.access.tokens import TOOLS_PATH
from qa_service.web.mcp.desk import Desk
from qa_service.web.mcp.server import mcp_server

Headers = Iterable[tuple[str, str]]
GROUPS = "qa_service.groups"
"""The key of a scope that tells in which groups the sender is."""


@dataclass(slots=True)
class Reply:
    """What a client is told."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    async def take(self, event: Any) -> None:
        """A part of it, as ASGI sends them."""
        if event["type"] == "http.response.start":
            self.status = event["status"]
            self.headers = [(name.decode(), value.decode()) for name, value in event["headers"]]
        else:
            self.body += event.get("body", b"")


class ToolsOverHTTP:
    """Answers messages of the protocol. For many threads; its own ends with the process."""

    def __init__(self, desk: Desk) -> None:
        self._manager = StreamableHTTPSessionManager(
            mcp_server(desk, lambda request: request.scope[GROUPS]),
            json_response=True,
            stateless=True,
            max_request_body_size=desk.settings.max_request_bytes,
        )
        self._loop = asyncio.new_event_loop()
        self._serves = Event()
        Thread(target=self._loop.run_until_complete, args=(self._run(),), daemon=True).start()
        self._serves.wait()

    def reply_to(self, headers: Headers, body: bytes, groups: Groups | None) -> Reply:
        """Waits for what a message is answered with. `groups` are the sender's, None where nobody
        is asked for them."""
        scope = {**_scope(headers), GROUPS: groups}
        return asyncio.run_coroutine_threadsafe(self._handle(scope, body), self._loop).result()

    async def _run(self) -> None:
        async with self._manager.run():
            self._serves.set()
            await asyncio.Event().wait()

    async def _handle(self, scope: dict[str, Any], body: bytes) -> Reply:
        reply, sent = Reply(), [{"type": "http.request", "body": body}]

        async def receive() -> Any:
            if not sent:  # whether the client is still there is not known to WSGI
                await asyncio.Event().wait()
            return sent.pop()

        await self._manager.handle_request(scope, receive, reply.take)
        return reply


def _scope(headers: Headers) -> dict[str, Any]:
    """As the specification of ASGI has it for HTTP."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": TOOLS_PATH,
        "raw_path": TOOLS_PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ],
    }
