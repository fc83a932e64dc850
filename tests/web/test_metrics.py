"""Metrics, health and readiness, and who may see them."""

import json
import logging
import os
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_answer_service import QUESTION, UNANSWERABLE
from prometheus_client.parser import text_string_to_metric_families

from qa_service.config import Settings
from qa_service.errors import NoIndex
from qa_service.web import create_app, watching
from qa_service.web.serving.own_processes import JsonLines
from qa_service.web.serving.service_protocol import Staffing

TOKEN = "a-token-of-the-operator"
DASHBOARD = Path(__file__).parents[2] / "docs" / "grafana-dashboard.json"


@pytest.fixture
def settings(tmp_path):
    return Settings(index_dir=tmp_path, operator_token=TOKEN, allowed_hosts="qa.example.org")


@pytest.fixture
def client_with(service, settings):
    """A client of an app with settings of its own."""
    return lambda **own: create_app(replace(settings, **own), service).test_client()


@pytest.fixture
def counted(client):
    """The value of a metric with these labels."""

    def look(name, **labels):
        families = text_string_to_metric_families(client.get("/metrics").text)
        samples = [sample for family in families for sample in family.samples]
        found = [s.value for s in samples if s.name == name and labels.items() <= s.labels.items()]
        return sum(found) if found else None

    return look


def test_questions_are_counted_by_kind_and_outcome(ask, counted):
    for question in (QUESTION, QUESTION, UNANSWERABLE):
        ask(question)
    assert counted("qa_questions_total", kind="quotes", outcome="answered") == 2
    assert counted("qa_questions_total", kind="declined", outcome="no_evidence") == 1
    assert counted("qa_answer_seconds_count") == 3


def test_a_question_of_the_page_counts_too(client, counted):
    client.get("/", query_string={"q": QUESTION})
    assert counted("qa_questions_total", outcome="answered") == 1


def test_a_question_that_fails_is_counted_as_failed(ask, service, counted):
    service.failure = RuntimeError("broken")
    ask(QUESTION)
    service.failure = None
    assert counted("qa_questions_total", outcome="failed") == 1
    assert counted("qa_requests_total", status="500") == 1


def test_the_memory_of_every_process_is_told(service, counted):
    service.staffing = Staffing(2, 1, (os.getpid(),))
    assert counted("qa_memory_bytes", process="answering-1") > 1_000_000
    assert counted("qa_memory_bytes", process="serving") > 1_000_000
    assert counted("qa_processes_answering") == 1


def test_so_is_that_of_the_process_that_started_it(counted, monkeypatch):
    started_by = SimpleNamespace(pid=os.getppid())
    monkeypatch.setattr(watching.multiprocessing, "parent_process", lambda: started_by)
    assert counted("qa_memory_bytes", process="main") > 0


def test_metrics_are_there_before_the_first_build(service, counted):
    service.failure = NoIndex("none")
    assert counted("qa_questions_waiting") == 0
    assert counted("qa_documents") is None


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"X-Forwarded-For": "192.0.2.1"}, "127.0.0.1"),
        ({"Host": "qa.example.org"}, "127.0.0.1"),
        ({}, "192.0.2.1"),
    ],
)
def test_metrics_from_elsewhere_need_the_operators_token(client_with, headers, address):
    client, place = client_with(), {"REMOTE_ADDR": address}
    assert client.get("/metrics", headers=headers, environ_overrides=place).status_code == 401
    told = {**headers, "Authorization": f"Bearer {TOKEN}"}
    assert client.get("/metrics", headers=told, environ_overrides=place).status_code == 200


def test_who_may_read_metrics_is_a_setting(client_with):
    assert client_with(metrics="operator").get("/metrics").status_code == 401
    elsewhere = {"REMOTE_ADDR": "192.0.2.1"}
    everyone = client_with(metrics="everyone")
    assert everyone.get("/metrics", environ_overrides=elsewhere).status_code == 200


def test_no_metric_is_told_under_another_name(client):
    assert client.get("/metrics", headers={"Host": "evil.example"}).status_code == 400


def test_a_server_without_a_build_is_alive_and_not_ready(client, service):
    assert client.get("/readyz").status_code == 200
    service.failure = NoIndex("none")
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_server_in_which_no_process_answers_is_not_ready(client, service):
    service.staffing = Staffing(2, 0)
    assert client.get("/readyz").status_code == 503


def test_the_dashboard_shows_metrics_that_there_are(client, ask):
    ask(QUESTION)
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    shown = {n for p in panels for t in p["targets"] for n in re.findall(r"qa_\w+", t["expr"])}
    told = set(re.findall(r"^(?:# TYPE )?(qa_\w+)", client.get("/metrics").text, re.M))
    of_a_manifest = {"qa_documents_not_read", "qa_build_age_seconds"}
    assert shown - told == of_a_manifest


def test_a_request_has_an_id_that_its_lines_carry(client, caplog):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(json.loads(JsonLines().format(record)))
    logging.getLogger("qa_service").addHandler(handler)
    with caplog.at_level(logging.INFO, "qa_service.web"):
        given = client.get(f"/api/search?q={QUESTION}", headers={"X-Request-ID": "abc-1"})
        made = client.get("/healthz", headers={"X-Request-ID": "a b\tc"})
    logging.getLogger("qa_service").removeHandler(handler)
    assert given.headers["X-Request-ID"] == "abc-1"
    assert re.fullmatch("[0-9a-f]{32}", made.headers["X-Request-ID"])
    ours = lines[0]
    assert (ours["request_id"], ours["status"], ours["path"]) == ("abc-1", 200, "/api/search")
    assert "inspectors" not in json.dumps(lines)
