"""Runs the app under granian: one process of many threads, no request dropped on stop."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from dataclasses import replace
from functools import partial
from multiprocessing.resource_tracker import ensure_running
from multiprocessing.util import Finalize
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from qa_service.config import Settings
from qa_service.config_checks import require_names
from qa_service.errors import QAServiceError, SettingsError
from qa_service.web import create_app
from qa_service.web.access.groups import access_words
from qa_service.web.serving.answering_pool import AnsweringPool, PooledService
from qa_service.web.serving.own_processes import log_lines, share_arenas, when_parent_ends
from qa_service.web.serving.service_protocol import Opener, open_answer_service
from qa_service.web.serving.waiting_room import MAX_BODIES

if TYPE_CHECKING:
    from flask import Flask

# Threads beyond those that answer, wait or read a body: for pages, look-ups and refusals.
SPARE_THREADS = 64
# More than MAX_BODIES, so that clients who stall leave room for the others.
MAX_CONNECTIONS = 1024
HEADER_TIMEOUT_MILLISECONDS = 10_000
# Less than the 30 seconds that container platforms leave before they kill.
STOP_TIMEOUT_SECONDS = 25
READY_POLL_SECONDS = 0.02
STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM}
NO_REQUEST = b"ready?\r\n\r\n"

logger = logging.getLogger("qa_service.web")


def serve(settings: Settings, opener: Opener = open_answer_service) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish the requests in flight and return.

    One process serves. Those that answer are its own, see AnsweringPool. Raises
    SettingsError where host and port cannot be listened on or need names, QAServiceError where
    the process that serves stops by itself.

    Slow clients: granian closes a connection that takes 10 seconds over its headers or
    between requests. It sets no limit to the time a body takes, and a thread that waits
    for one cannot be woken, so clients that stall there hold a thread each, MAX_BODIES of
    them at most. As long as that many stay connected, questions by POST get 503, while
    pages, searches and health are still answered, and a stop takes STOP_TIMEOUT_SECONDS.
    Only a proxy that reads bodies with a time limit ends such connections.
    """
    require_names(settings.host, settings.allowed_hosts)
    address, port = _free_address(settings)
    questions = settings.answering_processes + settings.max_waiting
    server = Granian(
        __name__,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        blocking_threads=MAX_BODIES + questions + SPARE_THREADS,
        backpressure=MAX_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MILLISECONDS),
        websockets=False,
        workers_kill_timeout=STOP_TIMEOUT_SECONDS,
        log_level=LogLevels.critical,
    )
    loader = partial(_load_app, settings, opener, (address, port))
    try:
        server.serve(target_loader=loader, wrap_loader=False)
    except SystemExit as error:
        if not server.interrupt_signal:
            raise QAServiceError("the server stopped by itself; see the lines above") from error


def _free_address(settings: Settings) -> tuple[str, int]:
    """The numeric address to listen on, tried first: granian would share a port in use."""
    place = f"{settings.host}:{settings.port}"
    try:
        family, _, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.create_server(address[:2], family=family) as probe:
            host, port, *_ = probe.getsockname()
            return str(host), int(port)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]
        raise SettingsError(
            f"cannot listen on {place}: {reason}; "
            "choose another with --port or QA_PORT, --host or QA_HOST"
        ) from error


def _load_app(settings: Settings, opener: Opener, address: tuple[str, int]) -> Flask:
    """Runs in the process that serves: opens the service and makes the app around it."""
    _stop_once()
    when_parent_ends(_stop_alone)
    log_lines(settings.log_format)
    share_arenas()
    try:
        app = _app_of_pool(settings, opener)
    except QAServiceError as error:
        logger.error("%s", error)
        raise SystemExit(1) from None
    told = (*address, access_words(settings))
    threading.Thread(target=_announce_when_ready, args=told, daemon=True).start()
    return app


def _app_of_pool(settings: Settings, opener: Opener) -> Flask:
    """An app whose questions are answered by other processes, which start meanwhile."""
    pool = AnsweringPool(settings, opener)
    Finalize(None, pool.close, exitpriority=0)
    lookups = opener(replace(settings, reader=False, spelling=False))
    Finalize(None, lookups.close, exitpriority=0)
    app = create_app(settings, PooledService(pool, lookups))
    pool.wait_until_open()
    return app


def _stop_once() -> None:
    """Let the worker process heed one SIGTERM, and no Ctrl-C, which is the parent's to heed.

    A terminal or a service manager signals parent and worker alike, and the parent signals
    the worker again: a second signal would leave granian's worker waiting for ever. SIGTERM
    ends the process at once until granian puts its own handler there.
    """
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ensure_running()  # before, as whoever starts what tracks processes gets both unblocked
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    threading.Thread(target=_pass_on_one_sigterm, daemon=True).start()


def _pass_on_one_sigterm() -> None:
    signal.sigwait({signal.SIGTERM})
    handler = signal.getsignal(signal.SIGTERM)
    if callable(handler):
        handler(signal.SIGTERM, None)


def _stop_alone() -> None:
    """The end of the process that serves when its parent was killed and cannot tell it to."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_TIMEOUT_SECONDS)
    os._exit(1)


def _announce_when_ready(host: str, port: int, access: str) -> None:
    """Says where to go as soon as requests are answered there, and who may read what."""
    while not _answers(host, port):
        time.sleep(READY_POLL_SECONDS)
    shown = f"[{host}]" if ":" in host else host
    logger.info("Serving on http://%s:%d", shown, port)
    logger.info("%s", access)


def _answers(host: str, port: int) -> bool:
    """Whether the server refuses what is no request; the app is not bothered with it.

    A connection alone proves nothing: the socket listens before the worker does.
    """
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            connection.sendall(NO_REQUEST)
            return connection.recv(4) == b"HTTP"
    except OSError:
        return False
