"""Questions as traces, told to an exporter that keeps them in memory."""

from dataclasses import replace

import pytest
from fake_answer_service import QUESTION
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from qa_service.config import Settings
from qa_service.errors import NotAnswering
from qa_service.nouns.questions import Question
from qa_service.web import create_app
from qa_service.web.tracing import spans as told
from qa_service.web.tracing.spans import Tracer

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def exporter():
    return InMemorySpanExporter()


@pytest.fixture
def tracer(exporter, monkeypatch):
    """What the app opens in place of one that sends anything."""
    made = Tracer(exporter)
    monkeypatch.setattr(told, "open_tracer", lambda _: made)
    return made


@pytest.fixture
def client(service, tmp_path, tracer):  # noqa: ARG001
    settings = Settings(index_dir=tmp_path, traces="http://127.0.0.1:4318/v1/traces")
    return create_app(settings, service).test_client()


@pytest.fixture
def spans(tracer, exporter):
    """All that were told, the whole question last."""

    def read():
        tracer.close()
        return exporter.get_finished_spans()

    return read


def test_a_question_is_a_span_with_its_kind_and_outcome(client, spans):
    client.post("/api/ask", json={"question": QUESTION}, headers={"X-Request-ID": "mine"})
    asked = spans()[-1]
    assert asked.name == "question"
    assert dict(asked.attributes) == {
        "request.id": "mine",
        "answer.kind": "quotes",
        "answer.outcome": "answered",
    }


def test_its_stages_are_spans_within_one_after_another(tracer, service, spans):
    stages = {"encoding": 10.0, "ranking": 5.0, "reading": 80.0}
    tracer.trace(replace(service.ask(Question(QUESTION)), stages=stages), 100.0, 100.1)
    *within, asked = spans()
    assert [span.name for span in within] == list(stages)
    assert {span.parent.span_id for span in within} == {asked.context.span_id}
    assert within[1].start_time == within[0].end_time == asked.start_time + 10_000_000
    assert asked.end_time - asked.start_time == pytest.approx(100_000_000, rel=0.01)


def test_a_question_belongs_to_the_trace_of_the_proxy(client, spans):
    parent = {"traceparent": f"00-{TRACE}-{SPAN}-01"}
    client.post("/api/ask", json={"question": QUESTION}, headers=parent)
    asked = spans()[-1]
    assert f"{asked.context.trace_id:032x}" == TRACE
    assert f"{asked.parent.span_id:016x}" == SPAN


def test_a_question_that_failed_is_an_error(client, service, spans):
    service.failure = NotAnswering("no process answers")
    client.post("/api/ask", json={"question": QUESTION})
    assert spans()[-1].status.status_code is StatusCode.ERROR


def test_no_span_holds_what_was_asked(client, spans):
    client.post("/api/ask", json={"question": QUESTION})
    assert QUESTION not in "".join(span.to_json() for span in spans())
