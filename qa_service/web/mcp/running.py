"""Runs the tools' server over standard input and output."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import anyio
import anyio.to_thread
from mcp.server.stdio import stdio_server

from qa_service.config import Settings
from qa_service.nouns.access import Groups
from qa_service.web.mcp.desk import Desk
from qa_service.web.mcp.server import mcp_server
from qa_service.web.serving.answering_pool import AnsweringPool, PooledService
from qa_service.web.serving.own_processes import log_lines
from qa_service.web.serving.service_protocol import AnswerService, Opener, open_answer_service


def serve_stdio(
    settings: Settings, groups: Groups | None = None, opener: Opener = open_answer_service
) -> None:
    """Serves the one who started this process, until standard input ends. One process answers.

    With `groups`, it is as if there were no documents but those that they may read.
    """
    _trace_nothing()
    log_lines(settings.log_format)
    anyio.run(_over_stdio, replace(settings, processes=settings.processes or 1), groups, opener)


async def _over_stdio(settings: Settings, groups: Groups | None, opener: Opener) -> None:
    # The processes that answer start once the library has the standard streams for itself: none
    # of them inherits those, and whatever is printed goes to standard error.
    async with stdio_server() as (received, sent):
        pooled = _pooled(settings, opener)
        service = await anyio.to_thread.run_sync(pooled.__enter__)
        try:
            server = mcp_server(Desk(service, settings), lambda _: groups)
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


def _trace_nothing() -> None:
    """No tracing that another program's settings ask for: nothing leaves this machine."""
    os.environ["OTEL_SDK_DISABLED"] = "true"
