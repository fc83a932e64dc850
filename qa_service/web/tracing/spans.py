"""Each question as a trace of OpenTelemetry: a span for it, and one within for each stage.

Stages are timed where the answer is made, which says how long each took and in which order they
began; here they are laid one after another. No span holds a question or a word of a document.
"""

from __future__ import annotations

from contextvars import ContextVar

from flask import request
from opentelemetry.context import Context
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from qa_service.nouns.answers import Answer
from qa_service.web.serving.own_processes import request_id

PARENT = "traceparent"
"""The header in which a proxy names the trace that a request belongs to (W3C Trace Context)."""
_NANOSECONDS = 1_000_000_000
_parent: ContextVar[str] = ContextVar("trace_parent", default="")


class Tracer:
    """Tells an exporter of every question. For many threads; the provider is no one else's, so
    that nothing but this is ever told."""

    def __init__(self, exporter: SpanExporter) -> None:
        resource = Resource({SERVICE_NAME: "qa-service"})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("qa_service")

    def trace(self, answer: Answer | None, began: float, ended: float) -> None:
        """One question, begun and ended at seconds of time.time; `answer` is None where it
        failed."""
        start, end = int(began * _NANOSECONDS), int(ended * _NANOSECONDS)
        span = self._tracer.start_span("question", _context_of(_parent.get()), start_time=start)
        span.set_attribute("request.id", request_id.get())
        if answer is None:
            span.set_status(Status(StatusCode.ERROR))
        else:
            span.set_attribute("answer.kind", answer.kind)
            span.set_attribute("answer.outcome", answer.reason or "answered")
            self._trace_stages(span, answer, start)
        span.end(end)

    def close(self) -> None:
        """Sends what has not been sent."""
        self._provider.shutdown()

    def _trace_stages(self, question: Span, answer: Answer, start: int) -> None:
        within = set_span_in_context(question)
        for name, milliseconds in answer.stages.items():
            end = start + int(milliseconds * 1_000_000)
            self._tracer.start_span(name, within, start_time=start).end(end)
            start = end


def remember_parent() -> None:
    """To which trace the request at hand belongs."""
    _parent.set(request.headers.get(PARENT, ""))


def _context_of(parent: str) -> Context:
    return TraceContextTextMapPropagator().extract({PARENT: parent}, Context())


def open_tracer(address: str) -> Tracer:
    """Tells a collector at an address, by OTLP over HTTP."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return Tracer(OTLPSpanExporter(endpoint=address))
