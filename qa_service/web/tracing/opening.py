"""Opens what tells a collector of questions, where the settings name one."""

from __future__ import annotations

from multiprocessing.util import Finalize
from typing import cast

from flask import Flask

from qa_service.config import Settings
from qa_service.errors import MissingPackage
from qa_service.web.counters import Counters


def register(app: Flask, settings: Settings) -> None:
    """Have every question told. Raises MissingPackage."""
    if not settings.traces:
        return
    try:
        from qa_service.web.tracing import spans
    except ModuleNotFoundError as error:
        raise MissingPackage(
            f"traces need {error.name}; run: pip install 'qa-service[tracing]'"
        ) from error
    tracer = spans.open_tracer(settings.traces)
    Finalize(None, tracer.close, exitpriority=0)
    app.before_request(spans.remember_parent)
    cast(Counters, app.extensions["counters"]).tell(tracer.trace)
