"""The service seen from outside: `/metrics` for Prometheus, `/healthz`, `/readyz`."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from qa_service.config_checks import is_loopback
from qa_service.errors import IndexingError, NotAnswering
from qa_service.indexing.builds.kept import kept_builds_of
from qa_service.web.operator.operator_token import keep_private, require_operator
from qa_service.web.operator.report import manifest_in_use
from qa_service.web.serving.answer_service import (
    current_counters,
    current_service,
    current_settings,
    current_waiting_room,
)
from qa_service.web.serving.hosts import name_of
from qa_service.web.serving.service_protocol import staffing_of

FORWARDING = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""Headers of a proxy, behind which everybody's address is the proxy's."""

blueprint = Blueprint("watching", __name__)


def register(app: Flask) -> None:
    """Add the routes, and count every response."""
    app.register_blueprint(blueprint)
    app.after_request(_count)
    with app.app_context():
        current_counters().registry.register(_Gauges())


@blueprint.get("/metrics")
def metrics() -> Response:
    """What Prometheus reads; who may is said by the setting `metrics`."""
    allowed = current_settings().metrics
    if allowed != "everyone" and not (allowed == "loopback" and _is_from_here()):
        require_operator()
    text = generate_latest(current_counters().registry)
    return keep_private(Response(text, content_type=CONTENT_TYPE_LATEST))


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 while this process serves."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """200 while questions can be answered, else 503 with the reason."""
    service = current_service()
    if not staffing_of(service).answering:
        raise NotAnswering("no process answers for now")
    service.index_info()
    return Response("ready\n", mimetype="text/plain")


def _is_from_here() -> bool:
    """Whether a program of this computer asks, and for itself."""
    return (
        is_loopback(request.remote_addr or "")
        and is_loopback(name_of(request.headers.get("Host", "")))
        and not any(name in request.headers for name in FORWARDING)
    )


def _count(response: Response) -> Response:
    current_counters().count_request(response.status_code)
    return response


class _Gauges(Collector):
    """What is looked at when it is asked for, within a request."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        room = current_waiting_room()
        yield _gauge("qa_questions_waiting", "Questions that wait for their turn.", room.waiting)
        yield _gauge("qa_questions_at_once", "Questions that are being answered.", room.working)
        staffing = staffing_of(current_service())
        yield _gauge("qa_processes", "Processes that should answer.", staffing.processes)
        yield _gauge("qa_processes_answering", "Those of them that do.", staffing.answering)
        yield from _of_the_build()
        memory = GaugeMetricFamily(
            "qa_memory_bytes", "Resident memory of each process.", labels=("process",)
        )
        for name, pid in [*_own(), *_numbered(staffing.pids)]:
            if (held := resident_bytes(pid)) is not None:
                memory.add_metric((name,), held)
        yield memory

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing before a request: no index need be there when the service starts."""
        return []


def _of_the_build() -> Iterator[GaugeMetricFamily]:
    """Nothing where no build can be used."""
    try:
        info = current_service().index_info()
    except IndexingError:
        return
    yield _gauge("qa_documents", "Documents of the build that everybody may read.", info.documents)
    yield _gauge("qa_passages", "Their passages.", info.passages)
    if manifest := manifest_in_use(kept_builds_of(current_settings())):
        age = time.time() - datetime.fromisoformat(manifest.created).timestamp()
        yield _gauge("qa_build_age_seconds", "Since the build in use was made.", age)
        not_read = len(manifest.skipped)
        yield _gauge("qa_documents_not_read", "Files that could not be read.", not_read)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)


def _own() -> list[tuple[str, int]]:
    """The process that serves, and the one that started it, where one did."""
    started_by = multiprocessing.parent_process()
    main = [("main", started_by.pid)] if started_by and started_by.pid else []
    return [*main, ("serving", os.getpid())]


def _numbered(pids: tuple[int, ...]) -> list[tuple[str, int]]:
    return [(f"answering-{number}", pid) for number, pid in enumerate(sorted(pids), start=1)]


def resident_bytes(pid: int) -> int | None:
    """Memory of a process, where the system tells (Linux)."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
