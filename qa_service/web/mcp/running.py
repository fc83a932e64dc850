"""Runs the tools' server: over standard input and output, or over streamable HTTP."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import anyio
import anyio.to_thread
import uvicorn
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.requests import Request

from qa_service.config import Settings, require_names
from qa_service.errors import SettingsError
from qa_service.nouns.access import EVERYBODY, Groups
from qa_service.tokens.api_tokens import ApiTokens
from qa_service.web.access.senders import Sender, groups_of_sender
from qa_service.web.access.tokens import TOOLS_PATH
from qa_service.web.mcp.server import GroupsOf, mcp_server
from qa_service.web.serving.answering_pool import AnsweringPool, PooledService
from qa_service.web.serving.hosts import ANY
from qa_service.web.serving.own_processes import log_lines
from qa_service.web.serving.service_protocol import AnswerService, Opener, open_answer_service

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MOST_CONNECTIONS = 512
STOP_SECONDS = 25

logger = logging.getLogger("qa_service.web")


def serve_stdio(
    settings: Settings, groups: Groups | None = None, opener: Opener = open_answer_service
) -> None:
    """Serves the one who started this process, until standard input ends. One process answers.

    With `groups`, it is as if there were no documents but those that they may read.
    """
    _trace_nothing()
    log_lines(settings.log_format)
    anyio.run(_over_stdio, replace(settings, processes=settings.processes or 1), groups, opener)


def serve_http(
    settings: Settings,
    port: int,
    groups: Groups | None = None,
    opener: Opener = open_answer_service,
) -> None:
    """Serves at /mcp of a port, until SIGTERM or Ctrl-C.

    With `groups`, all are served as they are; without, where access is by groups, everyone is
    asked for theirs as on the pages.

    Raises SettingsError where host and port cannot be listened on or need names.
    """
    require_names(settings)
    _trace_nothing()
    log_lines(settings.log_format)
    with _listening(settings.host, port) as listener, _pooled(settings, opener) as service:
        asked = settings.access == "groups" and groups is None
        groups_of = groups_of_calls(settings) if asked else _always(groups)
        app = mcp_server(service, settings, groups_of).streamable_http_app(
            streamable_http_path=TOOLS_PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=settings.max_request_bytes,
            transport_security=allowed(settings),
        )
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        logger.info("Serving tools on http://%s:%d%s", shown, port, TOOLS_PATH)
        uvicorn.Server(_limited(app)).run(sockets=[listener])


def _always(groups: Groups | None) -> GroupsOf:
    return lambda _: groups


def groups_of_calls(settings: Settings) -> GroupsOf:
    """Asks the request of each call; one that is not there is everybody's."""
    tokens = ApiTokens(settings.index_dir)

    def groups_of(request: Request | None) -> Groups:
        if request is None:
            return EVERYBODY
        address = request.client.host if request.client else ""
        return groups_of_sender(settings, tokens, Sender(request.headers, address, TOOLS_PATH))

    return groups_of


def _limited(app: Starlette) -> uvicorn.Config:
    """Streams stay open as long as their clients like: so many, and a stop does not wait."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the sender's own address says whether its groups are believed
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def allowed(settings: Settings) -> TransportSecuritySettings:
    """The names by which the server may be reached: this computer's, and those of the settings."""
    names = settings.allowed_hosts.lower().split()
    hosts = [*LOOPBACK, *names]
    hosts += [f"{name}:*" for name in hosts]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=ANY not in names,
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts],
    )


async def _over_stdio(settings: Settings, groups: Groups | None, opener: Opener) -> None:
    # The processes that answer start once the library has the standard streams for itself: none
    # of them inherits those, and whatever is printed goes to standard error.
    async with stdio_server() as (received, sent):
        pooled = _pooled(settings, opener)
        service = await anyio.to_thread.run_sync(pooled.__enter__)
        try:
            server = mcp_server(service, settings, _always(groups))
            await server.run(received, sent, server.create_initialization_options())
        finally:
            pooled.__exit__(None, None, None)


@contextmanager
def _pooled(settings: Settings, opener: Opener) -> Iterator[AnswerService]:
    """A service whose questions are answered by other processes, which start meanwhile."""
    pool = AnsweringPool(settings, opener)
    try:
        service = PooledService(pool, opener(replace(settings, reader=False, spelling=False)))
    except BaseException:
        pool.close()
        raise
    try:
        yield service
    finally:
        service.close()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens. Raises SettingsError where none can."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"cannot listen on {host}:{port}: {reason}; choose another port after --http, or "
            "another host with --host or QA_HOST"
        ) from error
    with listener:
        yield listener


def _trace_nothing() -> None:
    """No tracing that another program's settings ask for: nothing leaves this machine."""
    os.environ["OTEL_SDK_DISABLED"] = "true"
